import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { parseEnv } from 'node:util';
import { Secret } from '@streamus/platform';
import { readS3Settings } from '@streamus/platform/objects';
import { LaunchError } from './launch-error.ts';

/** Root of the checkout. */
export const root = join(import.meta.dirname, '..', '..', '..');
/** Things that are the same for every checkout of this user: Node, pnpm, LiveKit. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'streamus');

export interface Ports {
  /** The one address people use. */
  readonly frontDoor: number;
  readonly backend: number;
  /** Pages; only the front door talks to it. */
  readonly pages: number;
  readonly postgres: number;
  readonly livekit: number;
  readonly livekitTcp: number;
  readonly livekitUdp: number;
  /** Metrics of the backend; those of the media engine and of the front door are on the next two. 0: none. */
  readonly metrics: number;
}

export interface Secrets {
  readonly postgresPassword: Secret;
  readonly jwt: Secret;
  readonly encryption: Secret;
  readonly livekitKey: string;
  readonly livekitSecret: Secret;
}

export interface Settings {
  readonly dataFolder: string;
  readonly ports: Ports;
  /** Without a trailing slash; null: people come by localhost only. */
  readonly publicUrl: URL | null;
  readonly tls: 'off' | 'self-signed' | { readonly certFile: string; readonly keyFile: string };
  readonly databaseUrl: string | null;
  readonly livekitUrl: string | null;
  /** Address LiveKit tells browsers to send media to. */
  readonly nodeIp: string;
  readonly secrets: Secrets;
  readonly verbose: boolean;
  /** What the apps' own settings come from. */
  readonly environment: Environment;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment, completed by what `.env` says where it is silent. */
export function readEnvironment(): Environment {
  const envFile = join(root, '.env');
  return existsSync(envFile) ? { ...parseEnv(readFileSync(envFile, 'utf8')), ...process.env } : process.env;
}

/** Reads the environment and the command line, and makes the secrets at the first start. */
export function readSettings(args: readonly string[], env: Environment): Settings {
  const dataFolder = env.DATA_DIR || defaultDataFolder();
  mkdirSync(dataFolder, { recursive: true, mode: 0o755 });
  checkObjectStorage(env);
  const publicUrl = env.PUBLIC_URL ? readUrl('PUBLIC_URL', env.PUBLIC_URL) : null;
  const port = (name: string, fallback: number) => readPort(name, env[name], fallback);
  return {
    dataFolder,
    ports: {
      frontDoor: port('PORT', 3001),
      backend: port('BACKEND_PORT', 3000),
      pages: port('PAGES_PORT', 3002),
      postgres: port('POSTGRES_PORT', 5433),
      livekit: port('LIVEKIT_PORT', 7880),
      livekitTcp: port('LIVEKIT_TCP_PORT', 7881),
      livekitUdp: port('LIVEKIT_UDP_PORT', 7882),
      metrics: env.METRICS_PORT === '0' ? 0 : port('METRICS_PORT', 9464),
    },
    publicUrl,
    tls: readTls(args, env),
    databaseUrl: env.DATABASE_URL || null,
    livekitUrl: env.LIVEKIT_URL || null,
    nodeIp: env.LIVEKIT_NODE_IP || nodeIpOf(publicUrl),
    secrets: loadSecrets(dataFolder, env),
    verbose: args.includes('--verbose'),
    environment: env,
  };
}

/** True when only browsers on this machine can come in. */
export function isLocal(settings: Settings): boolean {
  return (
    settings.publicUrl === null || ['localhost', '127.0.0.1', '[::1]'].includes(settings.publicUrl.hostname)
  );
}

/**
 * `.data` in the checkout; for root a system folder, because PostgreSQL runs under an account of its own
 * that cannot look into root's home.
 */
function defaultDataFolder(): string {
  if (process.getuid?.() !== 0) return join(root, '.data');
  const id = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return join('/var/lib/streamus', `${basename(root)}-${id}`);
}

function readPort(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new LaunchError(`${name} must be a port number between 1 and 65535, not "${text}".`);
}

function readUrl(name: string, text: string): URL {
  try {
    const url = new URL(text);
    if (url.protocol === 'http:' || url.protocol === 'https:') return url;
  } catch {
    // Told below together with a wrong scheme.
  }
  throw new LaunchError(`${name} must be an http:// or https:// address, not "${text}".`);
}

function readTls(args: readonly string[], env: Environment): Settings['tls'] {
  const certFile = env.TLS_CERT_FILE;
  const keyFile = env.TLS_KEY_FILE;
  if (certFile && keyFile) return { certFile, keyFile };
  if (certFile || keyFile)
    throw new LaunchError('TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or none.');
  return args.includes('--tls') ? 'self-signed' : 'off';
}

/** The apps read these settings themselves; said here, what is wrong with them is seen at once. */
function checkObjectStorage(env: Environment): void {
  try {
    readS3Settings(env);
  } catch (error) {
    throw new LaunchError(error instanceof Error ? error.message : String(error));
  }
}

function nodeIpOf(publicUrl: URL | null): string {
  if (publicUrl === null || publicUrl.hostname === 'localhost') return '127.0.0.1';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(publicUrl.hostname)) return publicUrl.hostname;
  throw new LaunchError(
    `PUBLIC_URL names a host (${publicUrl.hostname}). Set LIVEKIT_NODE_IP to the address browsers reach this machine at, so that sound and pictures find it.`,
  );
}

/** Secrets of this installation, made once and readable by this user alone. */
function loadSecrets(dataFolder: string, env: Environment): Secrets {
  const path = join(dataFolder, 'secrets.json');
  if (!existsSync(path)) {
    const fresh = {
      postgresPassword: randomBytes(24).toString('base64url'),
      jwt: randomBytes(48).toString('base64url'),
      encryption: randomBytes(32).toString('base64'),
      livekitKey: `key${randomBytes(6).toString('hex')}`,
      livekitSecret: randomBytes(36).toString('base64url'),
    };
    writeFileSync(path, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  const stored: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
  const read = (name: string, override: string | undefined): string => {
    const value = override || stored[name];
    if (typeof value === 'string' && value !== '') return value;
    throw new LaunchError(
      `${path} lacks "${name}". Restore it from a backup; without it stored stream keys cannot be opened.`,
    );
  };
  return {
    postgresPassword: new Secret(read('postgresPassword', undefined)),
    jwt: new Secret(read('jwt', env.JWT_SECRET)),
    encryption: new Secret(read('encryption', env.ENCRYPTION_KEY)),
    livekitKey: read('livekitKey', env.LIVEKIT_API_KEY),
    livekitSecret: new Secret(read('livekitSecret', env.LIVEKIT_API_SECRET)),
  };
}
