import { once } from 'node:events';
import { createServer } from 'node:http';
import { Secret } from '@streamus/platform';
import { expect, onTestFinished, test } from 'vitest';
import { livekitTrouble } from './check-livekit.ts';

const keys = { apiKey: 'key', apiSecret: new Secret('a secret that is long enough for a signature') };

/** Answers every call like this; its address. */
async function startRoomServer(status: number, body: object): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return `ws://127.0.0.1:${address.port}`;
}

test('a LiveKit that answers is no trouble', async () => {
  expect(await livekitTrouble(await startRoomServer(200, { rooms: [] }), keys)).toBeNull();
});

test('one that is not there, or refuses the key, is told with the settings to look at', async () => {
  const refusing = await startRoomServer(401, { code: 'unauthenticated', msg: 'invalid key' });
  for (const url of ['ws://127.0.0.1:9', refusing]) {
    const told = await livekitTrouble(url, keys);
    expect(told).toContain(url);
    expect(told).toContain('LIVEKIT_API_KEY');
  }
});
