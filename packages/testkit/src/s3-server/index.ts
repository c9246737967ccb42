import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../free-port.ts';

export interface S3Server {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What an app needs in its environment to use the bucket. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of the bucket: every object is a file below it. */
  readonly folder: string;
  /** Kills it without a farewell. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same objects. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const READY_TIMEOUT_MS = 20_000;
const POLL_MS = 50;
const HEALTH_PATH = '/health';

/** A real S3 server (versitygw on a folder of its own) with one empty bucket, on loopback only. */
export async function startS3Server(): Promise<S3Server> {
  const root = await mkdtemp(join(tmpdir(), 'streamus-s3-'));
  const [buckets, sidecar] = [join(root, 'buckets'), join(root, 'metadata')];
  const bucket = 'streamus';
  const folder = join(buckets, bucket);
  await mkdir(folder, { recursive: true });
  await mkdir(sidecar);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const keys = { accessKeyId: 'test-access', secretAccessKey: 'a-test-secret-key' };
  let child: ChildProcess | undefined;
  const server: S3Server = {
    endpoint,
    region: 'us-east-1',
    bucket,
    ...keys,
    environment: {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
    },
    folder,
    async start() {
      // Metadata beside the objects: not every file system has extended attributes.
      const storage = ['posix', '--sidecar', sidecar, buckets];
      child = spawn(
        findBinary(),
        ['--port', `127.0.0.1:${port}`, '--health', HEALTH_PATH, '--quiet', ...storage],
        {
          stdio: 'ignore',
          env: { ROOT_ACCESS_KEY_ID: keys.accessKeyId, ROOT_SECRET_ACCESS_KEY: keys.secretAccessKey },
        },
      );
      await untilReady(endpoint + HEALTH_PATH, child);
    },
    async kill() {
      const running = child;
      child = undefined;
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const exited = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await exited;
    },
    async close() {
      await server.kill();
      await rm(root, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** PATH first, then the per-user cache that `npm test` fills. */
function findBinary(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'streamus');
  const folders = [...(process.env.PATH ?? '').split(delimiter), join(cache, 'versitygw-1.8.0')];
  const found = folders.map((folder) => join(folder, 'versitygw')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('versitygw is missing; `npm test` builds it');
  return found;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`versitygw exited with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('versitygw did not get ready');
}
