import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort } from '../free-port.ts';

export interface LivekitServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Kills it without a farewell. */
  kill(): Promise<void>;
  /** Starts it again on the same ports. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const READY_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

export interface LivekitOptions {
  /** Behind a firewall that lets no UDP through. */
  readonly tcpOnly?: boolean;
}

/** A real livekit-server on loopback only (settings measured in media research 1.8). */
export async function startLivekitServer(options: LivekitOptions = {}): Promise<LivekitServer> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-livekit-'));
  const [port, tcpPort, udpPort] = [await freePort(), await freePort(), await freePort()];
  const apiKey = 'testkey';
  const apiSecret = 'a-test-secret-that-is-long-enough-for-hs256';
  const config = join(folder, 'livekit.yaml');
  await writeFile(
    config,
    configuration({ port, tcpPort, udpPort, apiKey, apiSecret, tcpOnly: options.tcpOnly ?? false }),
  );
  let child: ChildProcess | undefined;
  const url = `http://127.0.0.1:${port}`;
  const server: LivekitServer = {
    url,
    apiKey,
    apiSecret,
    async start() {
      child = spawn(findBinary(), ['--config', config], { stdio: 'ignore' });
      await untilReady(url, child);
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
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

const CODECS = ['audio/opus', 'audio/red', 'video/vp8', 'video/h264', 'video/rtx'];

function configuration(settings: {
  readonly port: number;
  readonly tcpPort: number;
  readonly udpPort: number;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly tcpOnly: boolean;
}): string {
  return [
    `port: ${settings.port}`,
    'bind_addresses: [127.0.0.1]',
    'rtc:',
    `  tcp_port: ${settings.tcpPort}`,
    `  udp_port: ${settings.udpPort}`,
    `  force_tcp: ${settings.tcpOnly}`,
    '  node_ip: 127.0.0.1',
    '  use_external_ip: false',
    // As in apps/launcher/src/livekit-config.ts.
    '  use_ice_lite: true',
    '  enable_loopback_candidate: true',
    '  stun_servers: []',
    '  interfaces: { includes: [lo] }',
    `keys: { ${settings.apiKey}: ${settings.apiSecret} }`,
    // As in apps/launcher/src/livekit-config.ts.
    `room: { enabled_codecs: ${JSON.stringify(CODECS.map((mime) => ({ mime })))} }`,
    'logging: { level: warn }',
    '',
  ].join('\n');
}

/** PATH first, then the per-user cache that start-up fills. */
function findBinary(): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'streamus');
  const folders = [...(process.env.PATH ?? '').split(delimiter), join(cache, 'livekit-1.13.5')];
  const found = folders.map((folder) => join(folder, 'livekit-server')).find((path) => existsSync(path));
  if (found === undefined) throw new Error('livekit-server is missing; `npm start` installs it');
  return found;
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`livekit-server exited with ${child.exitCode}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error('livekit-server did not get ready');
}
