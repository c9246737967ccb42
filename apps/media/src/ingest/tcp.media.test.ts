import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { makeClip, publishClip } from '@streamus/testkit/publisher';
import { expect, onTestFinished, test } from 'vitest';
import { listenForIngest } from '../egress/bus-server.ts';
import { Ingest } from './ingest.ts';

const ROOM = 'room-behind-a-firewall';
const CLIP = { width: 320, height: 180, fps: 15 };
/** Three seconds. */
const ENOUGH = 45;

test('where no UDP passes, the programme comes over TCP', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-tcp-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const livekit = await startLivekitServer({ tcpOnly: true });
  onTestFinished(() => livekit.close());
  const clip = await makeClip({ ...CLIP, seconds: 2, kbps: 300 });
  let [pictures, packets] = [0, 0];
  const enough = Promise.withResolvers<void>();
  const bus = await listenForIngest(
    join(folder, 'bus.sock'),
    (record) => {
      if (record.kind === 'opus') packets += 1;
      if (record.kind === 'video') pictures += 1;
      if (pictures >= ENOUGH && packets >= ENOUGH) enough.resolve();
    },
    () => undefined,
  );
  onTestFinished(() => bus.close());
  const token = (identity: string, canPublish: boolean) =>
    roomToken(livekit, ROOM, identity, { canPublish, canSubscribe: !canPublish, hidden: !canPublish });
  const ingest = new Ingest({
    livekitUrl: livekit.url,
    busPath: join(folder, 'bus.sock'),
    format: { ...CLIP, videoBitrate: 300_000 },
    token: async () => token('ingest', false),
    displaced: () => undefined,
    log: () => undefined,
  });
  onTestFinished(() => ingest.close());
  const publisher = publishClip({ url: livekit.url, token: token('composer:1', true), clip });
  onTestFinished(() => publisher.close());
  await publisher.started;
  await enough.promise;
  expect(ingest.stats.damagedGops).toBe(0);
});
