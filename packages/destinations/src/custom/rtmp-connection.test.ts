import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { RTMP_HANDSHAKE_BYTES } from '@streamus/media-formats';
import { expect, onTestFinished, type TestContext, test, vi } from 'vitest';
import { openRtmp, type RtmpConnectionHooks } from './rtmp-connection.ts';

const VERSION = 3;

/** A server that shakes hands (S0, S1, S2 of RTMP 1.0, 5.2) and is silent from then on. */
async function startMuteServer(onTestFinished: TestContext['onTestFinished']) {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = 0;
    socket.on('data', (chunk) => {
      const before = received;
      received += chunk.length;
      const [greeted, answered] = [1 + RTMP_HANDSHAKE_BYTES, 1 + 2 * RTMP_HANDSHAKE_BYTES];
      if (before < greeted && received >= greeted) {
        const answer = Buffer.alloc(1 + 2 * RTMP_HANDSHAKE_BYTES);
        answer[0] = VERSION;
        socket.write(answer);
      }
      // What follows the handshake is the client's first command.
      if (received > answered) resolve();
    });
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { port: address.port, asked };
}

/** Runs in a thread of its own: resets whoever connects, and then sets the flag. */
const RESETTING_SERVER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer((socket) => {
    socket.on('close', () => {
      Atomics.store(workerData, 0, 1);
      Atomics.notify(workerData, 0);
    });
    socket.resetAndDestroy();
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const open = (port: number, tls: boolean, ended: RtmpConnectionHooks['ended']): void => {
  const nothing = () => undefined;
  openRtmp(
    {
      target: { tls, host: '127.0.0.1', port, application: 'live' },
      addresses: ['127.0.0.1'],
      secureContext: undefined,
      key: 'key',
    },
    { created: nothing, publishing: nothing, acknowledged: nothing, ponged: nothing, ended },
  );
};

test('a server that shakes hands and says nothing more is given up after five seconds', async ({
  onTestFinished,
}) => {
  const { port, asked } = await startMuteServer(onTestFinished);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const ended = vi.fn();
  open(port, false, ended);
  await asked;
  vi.advanceTimersByTime(4_999);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledExactlyOnceWith('target_timeout', null);
});

test.each([
  ['rtmp', false, 'target_closed'],
  ['rtmps', true, 'target_tls'],
] as const)(
  'a reset that comes before word of the open connection is none of a closed port: %s',
  async (_, tls, code) => {
    const flag = new Int32Array(new SharedArrayBuffer(4));
    const server = new Worker(RESETTING_SERVER, { eval: true, workerData: flag });
    onTestFinished(async () => void (await server.terminate()));
    const [port]: number[] = await once(server, 'message');
    const { promise: ended, resolve } = Promise.withResolvers<string>();
    open(port ?? 0, tls, resolve);
    // After the connection was begun, which Node does in the tick that follows.
    process.nextTick(() => Atomics.wait(flag, 0, 0, 5_000));
    expect(await ended).toBe(code);
    expect(flag[0], 'the reset came while this thread stood still').toBe(1);
  },
);
