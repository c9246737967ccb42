import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@streamus/testkit/free-port';

const root = join(import.meta.dirname, '..', '..');
/** A cold machine builds nothing here any more (the test command did), it only starts. */
const READY_LIMIT_MS = 90_000;

/**
 * Starts the product as `npm start` does, on free ports and with a fresh data folder. Tests find it by
 * PRODUCT_URL and PRODUCT_DATA.
 */
export default async function startProduct(): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'streamus-e2e-'));
  await chmod(dataFolder, 0o755);
  const ports = await Promise.all(Array.from({ length: 7 }, () => freePort()));
  const [door, backend, pages, postgres, livekit, livekitTcp, livekitUdp] = ports.map(String);
  const launcher = spawn(process.execPath, [join(root, 'apps', 'launcher', 'src', 'main.ts'), 'start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataFolder,
      PORT: door,
      BACKEND_PORT: backend,
      PAGES_PORT: pages,
      POSTGRES_PORT: postgres,
      LIVEKIT_PORT: livekit,
      LIVEKIT_TCP_PORT: livekitTcp,
      LIVEKIT_UDP_PORT: livekitUdp,
      // The tests' RTMP servers are on this machine.
      ALLOW_PRIVATE_TARGETS: '1',
    },
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The product was not ready in time:\n${output}`)),
      READY_LIMIT_MS,
    );
    launcher.once('exit', (code) => reject(new Error(`The product ended with code ${code}:\n${output}`)));
    for (const stream of [launcher.stdout, launcher.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        const ready = /Open (http\S+)/.exec(output);
        if (ready?.[1] === undefined) return;
        clearTimeout(timer);
        resolve(ready[1]);
      });
    }
  });
  process.env.PRODUCT_URL = url;
  process.env.PRODUCT_DATA = dataFolder;
  process.env.PRODUCT_PID = String(launcher.pid);
  return async () => {
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    launcher.kill('SIGINT');
    await ended;
    if (process.env.KEEP_PRODUCT_DATA === '1') process.stdout.write(`Product data kept in ${dataFolder}\n`);
    else await rm(dataFolder, { recursive: true, force: true });
  };
}
