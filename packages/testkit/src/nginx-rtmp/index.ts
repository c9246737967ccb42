import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';

export interface NginxRtmp {
  /** Without the key. */
  readonly url: string;
  /** 0 while it is down. */
  readonly pid: number;
  /** Folder where every publication is recorded as `<key>.flv`. */
  readonly recordings: string;
  /** Kills it without a farewell. */
  kill(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const MODULE_PATHS = [
  '/usr/lib/nginx/modules/ngx_rtmp_module.so',
  '/usr/share/nginx/modules/ngx_rtmp_module.so',
  '/usr/lib64/nginx/modules/ngx_rtmp_module.so',
];
const READY_TIMEOUT_MS = 10_000;
const POLL_MS = 25;

/**
 * A real nginx with its RTMP module on a free port of 127.0.0.1. It records what it is sent, or, given addresses to
 * `push` to (with their key), relays it.
 */
export async function startNginxRtmp(
  options: { readonly push: readonly string[] } = { push: [] },
): Promise<NginxRtmp> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-nginx-'));
  const recordings = join(folder, 'recordings');
  await mkdir(recordings);
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  await writeFile(config, configuration(folder, recordings, port, options.push));
  let child: ChildProcess | undefined;
  const nginx: NginxRtmp = {
    url: `rtmp://127.0.0.1:${port}/live`,
    recordings,
    get pid() {
      return child?.pid ?? 0;
    },
    async start() {
      child = spawn('nginx', ['-p', folder, '-c', config, '-e', join(folder, 'error.log')], {
        stdio: 'ignore',
      });
      await untilListening(port, child);
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
      await nginx.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await nginx.start();
  return nginx;
}

/** One process, no daemon: killing it kills everything. Its own access log is in a folder that ordinary users may not write to. */
function configuration(folder: string, recordings: string, port: number, push: readonly string[]): string {
  const module = MODULE_PATHS.find((path) => existsSync(path));
  if (module === undefined) throw new Error('the nginx RTMP module is missing (Debian: libnginx-mod-rtmp)');
  const work =
    push.length === 0
      ? `record all; record_path ${recordings}; record_append on;`
      : push.map((url) => `push ${url};`).join(' ');
  return `load_module ${module};
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 64; }
rtmp {
  access_log off;
  server {
    listen 127.0.0.1:${port};
    chunk_size 4096;
    application live { live on; ${work} }
  }
}
`;
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`nginx exited with ${child.exitCode}`);
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('nginx did not get ready');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
