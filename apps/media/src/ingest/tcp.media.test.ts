import { expect, onTestFinished, test } from 'vitest';
import { startRoomIngest } from '../testing/room-ingest.ts';

/** Three seconds. */
const ENOUGH = 45;

test('where no UDP passes, the programme comes over TCP', async () => {
  let [pictures, packets] = [0, 0];
  const enough = Promise.withResolvers<void>();
  const { ingest, publish } = await startRoomIngest({
    clip: { width: 320, height: 180, fps: 15, seconds: 2, kbps: 300 },
    tcpOnly: true,
    hear: (record) => {
      if (record.kind === 'opus') packets += 1;
      if (record.kind === 'video') pictures += 1;
      if (pictures >= ENOUGH && packets >= ENOUGH) enough.resolve();
    },
  });
  const publisher = publish(1);
  onTestFinished(() => publisher.close());
  await publisher.started;
  await enough.promise;
  expect(ingest.stats.damagedGops).toBe(0);
});
