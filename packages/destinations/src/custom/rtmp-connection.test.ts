import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { RTMP_HANDSHAKE_BYTES } from '@streamus/media-formats';
import { expect, type TestContext, test, vi } from 'vitest';
import { openRtmp } from './rtmp-connection.ts';

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

test('a server that shakes hands and says nothing more is given up after five seconds', async ({
  onTestFinished,
}) => {
  const { port, asked } = await startMuteServer(onTestFinished);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const ended = vi.fn();
  const nothing = () => undefined;
  openRtmp(
    {
      target: { tls: false, host: '127.0.0.1', port, application: 'live' },
      addresses: ['127.0.0.1'],
      secureContext: undefined,
      key: 'key',
    },
    { created: nothing, publishing: nothing, acknowledged: nothing, ponged: nothing, ended },
  );
  await asked;
  vi.advanceTimersByTime(4_999);
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledExactlyOnceWith('target_timeout', null);
});
