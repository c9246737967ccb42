import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { expect, onTestFinished, test } from 'vitest';
import { RTCDtlsTransport, RTCIceTransport, RTCPeerConnection } from 'werift';
import { startRoomIngest } from '../testing/room-ingest.ts';
import { Ingest } from './ingest.ts';

const ROOM = 'studio-of-many-composers';
const CLIP = { width: 320, height: 180, fps: 15 };
/** One second at 15 fps. */
const ENOUGH = 15;
/** Those of a WebRTC session that hold its sockets, keys and timers. */
const PARTS = [RTCPeerConnection, RTCDtlsTransport, RTCIceTransport];

/** What the sessions and publishers of this process hold. */
const held = (): number[] => [
  ...PARTS.map((part) => Number(queryObjects(part))),
  process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length,
];

test('every new composer is taken, however many there were before, and of the sessions before nothing is left', async () => {
  const times: number[] = [];
  let enough = Promise.withResolvers<void>();
  const { publish } = await startRoomIngest({
    clip: { ...CLIP, seconds: 4, kbps: 300 },
    hear: (record) => {
      if (record.kind !== 'video') return;
      times.push(record.time);
      if (times.length % ENOUGH === 0) enough.resolve();
    },
  });

  let heldAtFirst: number[] | undefined;
  for (const epoch of [1, 2, 3, 4]) {
    times.length = 0;
    enough = Promise.withResolvers();
    const publisher = publish(epoch);
    await enough.promise;
    await publisher.close();
    heldAtFirst ??= held();
    expect(
      times.every((time, index) => time > (times[index - 1] ?? 0)),
      `epoch ${epoch}`,
    ).toBe(true);
  }
  held().forEach((count, index) => {
    expect(count, `part ${index}`).toBeLessThanOrEqual(heldAtFirst?.[index] ?? 0);
  });
});

test('an ingest whose place is taken by another says so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-displaced-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const livekit = await startLivekitServer();
  onTestFinished(() => livekit.close());
  const displaced = Promise.withResolvers<void>();
  const joined = Promise.withResolvers<void>();
  let tokens = 0;
  const openIngest = (events: { joined: () => void; displaced: () => void }): Ingest => {
    const ingest = new Ingest({
      livekitUrl: livekit.url,
      busPath: join(folder, 'nobody-listens.sock'),
      format: { ...CLIP, videoBitrate: 300_000 },
      token: async () => {
        tokens += 1;
        return roomToken(livekit, ROOM, 'ingest', { canPublish: false, canSubscribe: true, hidden: true });
      },
      displaced: () => events.displaced(),
      log: (message) => {
        if (message === 'joined the room') events.joined();
      },
    });
    onTestFinished(() => ingest.close());
    return ingest;
  };
  const first = openIngest({ joined: () => joined.resolve(), displaced: () => displaced.resolve() });
  await joined.promise;
  const taken = Promise.withResolvers<void>();
  openIngest({ joined: () => taken.resolve(), displaced: () => undefined });
  await Promise.all([displaced.promise, taken.promise]);
  first.close();
  expect(tokens).toBeGreaterThanOrEqual(2);
});
