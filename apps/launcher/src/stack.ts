import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { migrate } from '@streamus/db';
import { createMetrics, type Metrics, offerMetrics } from '@streamus/platform';
import { livekitTrouble } from './check-livekit.ts';
import { checkPorts, type PortUse } from './check-ports.ts';
import { type Child, startChild } from './child.ts';
import { sayWarning, step } from './console.ts';
import { findLiveKit } from './find-livekit.ts';
import { type FrontDoor, openFrontDoor } from './front-door.ts';
import { keepDatabase } from './keep-database.ts';
import { LaunchError } from './launch-error.ts';
import { livekitConfig } from './livekit-config.ts';
import { ownAddresses } from './own-addresses.ts';
import { isLocal, type Ports, root, type Settings } from './settings.ts';
import { loadCertificate } from './tls.ts';
import { waitUntilUp as waitFor } from './wait-until-up.ts';

/** How the pages are served. */
export interface PagesProgram {
  readonly args: readonly string[];
  readonly mode: 'production' | 'development';
}

export interface Stack {
  /** The one address to open. */
  readonly url: string;
  stop(): Promise<void>;
}

const UP_LIMIT_MS = 60_000;

type WaitUntilUp = (name: string, url: string, logFile: string) => Promise<void>;

/** Things that were started, in order; stopped in the opposite order, each once. */
class Started {
  readonly #stops: { readonly name: string; readonly stop: () => Promise<void> }[] = [];

  #stopping = false;

  /** What comes up while everything stops is stopped at once. */
  async add(name: string, stop: () => Promise<void>): Promise<void> {
    this.#stops.push({ name, stop });
    if (this.#stopping) await this.stopAll();
  }

  async stopAll(): Promise<void> {
    this.#stopping = true;
    for (let entry = this.#stops.pop(); entry !== undefined; entry = this.#stops.pop()) {
      try {
        await entry.stop();
      } catch (error) {
        sayWarning(
          `${entry.name} did not stop cleanly: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
  }
}

/**
 * Brings up everything StreamUs is made of; when a part fails or `aborted` is raised, what was started is stopped
 * again.
 */
export async function startStack(
  settings: Settings,
  pages: PagesProgram,
  aborted: AbortSignal,
): Promise<Stack> {
  const started = new Started();
  const waitUntilUp: WaitUntilUp = (name, url, logFile) => waitFor(name, url, logFile, UP_LIMIT_MS, aborted);
  try {
    await checkPorts(portUses(settings));
    const [databaseUrl, livekitUrl] = await Promise.all([
      startDatabase(settings, started),
      startLiveKit(settings, started, waitUntilUp),
    ]);
    await startApps(settings, pages, { databaseUrl, livekitUrl }, started, waitUntilUp);
    aborted.throwIfAborted();
    const metrics = createMetrics('front-door');
    const door = await openDoor(settings, livekitUrl, metrics);
    await started.add('front door', () => door.close());
    const environment = { ...settings.environment, METRICS_PORT: metricsPort(settings.ports, 2) };
    const metricsServer = await offerMetrics(metrics, environment, sayWarning);
    if (metricsServer !== null) await started.add('metrics', () => metricsServer.close());
    return { url: publicAddress(settings), stop: () => started.stopAll() };
  } catch (error) {
    await started.stopAll();
    throw error;
  }
}

function portUses(settings: Settings): PortUse[] {
  const { ports } = settings;
  const tcp = (port: number, purpose: string, setting: string): PortUse => ({
    port,
    purpose,
    setting,
    protocol: 'tcp',
  });
  return [
    tcp(ports.frontDoor, 'the address people open', 'PORT'),
    tcp(ports.backend, 'API', 'BACKEND_PORT'),
    tcp(ports.pages, 'pages', 'PAGES_PORT'),
    ...(settings.databaseUrl === null ? [tcp(ports.postgres, 'PostgreSQL', 'POSTGRES_PORT')] : []),
    ...(settings.livekitUrl === null
      ? [
          tcp(ports.livekit, 'LiveKit', 'LIVEKIT_PORT'),
          tcp(ports.livekitTcp, 'LiveKit media over TCP', 'LIVEKIT_TCP_PORT'),
          {
            port: ports.livekitUdp,
            purpose: 'LiveKit media',
            setting: 'LIVEKIT_UDP_PORT',
            protocol: 'udp',
          } as const,
        ]
      : []),
  ];
}

async function startDatabase(settings: Settings, started: Started): Promise<string> {
  if (settings.databaseUrl !== null) {
    const url = settings.databaseUrl;
    await step('Database ready', () => migrateOrExplain(url));
    return url;
  }
  return step('PostgreSQL ready', async () => {
    const server = await keepDatabase({
      dataFolder: join(settings.dataFolder, 'postgres'),
      port: settings.ports.postgres,
      password: settings.secrets.postgresPassword.reveal(),
      settings: {},
    });
    await started.add('PostgreSQL', () => server.stop());
    await migrate(server.url);
    return server.url;
  });
}

async function migrateOrExplain(url: string): Promise<void> {
  try {
    await migrate(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error) : String(error);
    throw new LaunchError(`The database of DATABASE_URL cannot be used: ${reason}`);
  }
}

async function startLiveKit(settings: Settings, started: Started, waitUntilUp: WaitUntilUp): Promise<string> {
  if (settings.livekitUrl !== null) {
    const { livekitKey, livekitSecret } = settings.secrets;
    const trouble = await livekitTrouble(settings.livekitUrl, {
      apiKey: livekitKey,
      apiSecret: livekitSecret,
    });
    if (trouble !== null) sayWarning(trouble);
    return settings.livekitUrl;
  }
  const program = await findLiveKit();
  return step('LiveKit ready', async () => {
    const configFile = join(settings.dataFolder, 'livekit.json');
    writeFileSync(configFile, JSON.stringify(livekitConfig(settings, ownAddresses()), null, 2), {
      mode: 0o600,
    });
    const logFile = logOf(settings, 'livekit');
    const child = startChild({
      name: 'LiveKit',
      program,
      args: ['--config', configFile],
      cwd: settings.dataFolder,
      env: settings.environment,
      logFile,
      verbose: settings.verbose,
      isNode: false,
    });
    await started.add('LiveKit', () => child.stop());
    await waitUntilUp('LiveKit', `http://127.0.0.1:${settings.ports.livekit}/`, logFile);
    return `ws://127.0.0.1:${settings.ports.livekit}`;
  });
}

async function startApps(
  settings: Settings,
  pages: PagesProgram,
  urls: { readonly databaseUrl: string; readonly livekitUrl: string },
  started: Started,
  waitUntilUp: WaitUntilUp,
): Promise<void> {
  const { ports, secrets } = settings;
  const shared = {
    ...settings.environment,
    NODE_ENV: pages.mode,
    DATABASE_URL: urls.databaseUrl,
    LIVEKIT_URL: urls.livekitUrl,
    LIVEKIT_API_KEY: secrets.livekitKey,
    LIVEKIT_API_SECRET: secrets.livekitSecret.reveal(),
    ENCRYPTION_KEY: secrets.encryption.reveal(),
    JWT_SECRET: secrets.jwt.reveal(),
    DATA_DIR: settings.dataFolder,
    ...(settings.publicUrl === null ? {} : { PUBLIC_URL: settings.publicUrl.origin }),
  };
  mkdirSync(join(settings.dataFolder, 'objects'), { recursive: true });
  const node = (
    name: string,
    folder: string,
    args: readonly string[],
    env: Record<string, string>,
  ): Child => {
    const child = startChild({
      name,
      program: process.execPath,
      args,
      cwd: join(root, 'apps', folder),
      env: { ...shared, ...env },
      logFile: logOf(settings, folder),
      verbose: settings.verbose,
      isNode: true,
    });
    void started.add(name, () => child.stop());
    return child;
  };
  const tsx = createRequire(join(root, 'apps', 'backend', 'package.json')).resolve('tsx');
  const watch = pages.mode === 'development' ? ['--watch', '--watch-preserve-output'] : [];
  await step('Backend, media engine and pages ready', async () => {
    node('the backend', 'backend', [...watch, '--import', tsx, 'src/main.ts'], {
      PORT: String(ports.backend),
      METRICS_PORT: metricsPort(ports, 0),
    });
    node('the media engine', 'media', [...watch, 'src/main.ts'], { METRICS_PORT: metricsPort(ports, 1) });
    node('the pages', 'frontend', pages.args, { PORT: String(ports.pages), NEXT_TELEMETRY_DISABLED: '1' });
    await Promise.all([
      waitUntilUp(
        'The backend',
        `http://127.0.0.1:${ports.backend}/api/v1/health`,
        logOf(settings, 'backend'),
      ),
      waitUntilUp('The pages', `http://127.0.0.1:${ports.pages}/login`, logOf(settings, 'frontend')),
    ]);
  });
}

/** Port of the nth process that serves metrics, as text; "0": none. */
function metricsPort({ metrics }: Ports, nth: number): string {
  return metrics === 0 ? '0' : String(metrics + nth);
}

async function openDoor(settings: Settings, livekitUrl: string, metrics: Metrics): Promise<FrontDoor> {
  const count = metrics.counter(
    'streamus_front_door_requests_total',
    'Requests and socket upgrades, by where they went.',
    ['to'],
  );
  return openFrontDoor({
    onRequest: (to) => count({ to }),
    host: isLocal(settings) ? '127.0.0.1' : '0.0.0.0',
    port: settings.ports.frontDoor,
    certificate: await loadCertificate(settings),
    backend: `http://127.0.0.1:${settings.ports.backend}`,
    pages: `http://127.0.0.1:${settings.ports.pages}`,
    livekit: livekitUrl.replace(/^ws/, 'http'),
  });
}

function publicAddress(settings: Settings): string {
  if (settings.publicUrl !== null) return settings.publicUrl.origin;
  return `${settings.tls === 'off' ? 'http' : 'https'}://localhost:${settings.ports.frontDoor}`;
}

const logOf = (settings: Settings, name: string): string => join(settings.dataFolder, 'logs', `${name}.log`);
