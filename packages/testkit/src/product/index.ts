import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
/** Everything was built before; this only starts. */
const READY_LIMIT_MS = 90_000;

export interface Product {
  readonly url: string;
  readonly dataFolder: string;
  /** Of the launcher; everything else is below it. */
  readonly pid: number;
  /** WebSocket address of its LiveKit. */
  readonly livekitUrl: string;
  /** From the start of the process to its "Open" line, ms. */
  readonly readyMs: number;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
  /** Removes its data. */
  forget(): Promise<void>;
}

/** A folder for a product's data that PostgreSQL's own account can reach. */
export async function newDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-product-'));
  await chmod(folder, 0o755);
  return folder;
}

/** Front door, backend, pages, PostgreSQL, and LiveKit's signalling, TCP and UDP. */
export type ProductPorts = readonly [number, number, number, number, number, number, number];

export async function newPorts(): Promise<ProductPorts> {
  return [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
}

/**
 * Starts the product as `npm start` does, on free ports unless told which; RTMP servers on this machine are allowed as
 * targets.
 */
export async function startProduct(
  dataFolder: string,
  ports?: ProductPorts,
  environment: Readonly<Record<string, string>> = {},
): Promise<Product> {
  const [door, backend, pages, postgres, livekit, livekitTcp, livekitUdp] = ports ?? (await newPorts());
  const started = performance.now();
  const launcher = spawn(process.execPath, [join(root, 'apps', 'launcher', 'src', 'main.ts'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataFolder,
      PORT: String(door),
      BACKEND_PORT: String(backend),
      PAGES_PORT: String(pages),
      POSTGRES_PORT: String(postgres),
      LIVEKIT_PORT: String(livekit),
      LIVEKIT_TCP_PORT: String(livekitTcp),
      LIVEKIT_UDP_PORT: String(livekitUdp),
      METRICS_PORT: '0',
      ALLOW_PRIVATE_TARGETS: '1',
      ...environment,
    },
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The product ${why}:\n${output}`));
    const timer = setTimeout(() => {
      launcher.kill('SIGTERM');
      fail('was not ready in time');
    }, READY_LIMIT_MS);
    launcher.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const ready = /Open (http\S+)/.exec(output)?.[1];
        if (ready === undefined) return;
        clearTimeout(timer);
        resolve(ready);
      });
    }
  });
  return {
    url,
    dataFolder,
    pid: launcher.pid ?? 0,
    livekitUrl: `ws://127.0.0.1:${livekit}`,
    readyMs: performance.now() - started,
    stop: () =>
      new Promise((resolve) => {
        if (launcher.exitCode !== null || launcher.signalCode !== null) return resolve();
        launcher.once('exit', () => resolve());
        launcher.kill('SIGINT');
      }),
    forget: () => rm(dataFolder, { recursive: true, force: true }),
  };
}
