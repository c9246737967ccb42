import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import { type BusRecord, parseAvcC, parseSps } from '@streamus/media-formats';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { makeClip, publishClip } from '@streamus/testkit/publisher';
import { expect, onTestFinished, test } from 'vitest';
import { RTCDtlsTransport, RTCIceTransport, RTCPeerConnection } from 'werift';
import { listenForIngest } from '../egress/bus-server.ts';
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
  const folder = await mkdtemp(join(tmpdir(), 'streamus-republish-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const livekit = await startLivekitServer();
  onTestFinished(() => livekit.close());
  const clip = await makeClip({ ...CLIP, seconds: 4, kbps: 300 });

  const times: number[] = [];
  const widths = new Set<number | undefined>();
  let enough = Promise.withResolvers<void>();
  const bus = await listenForIngest(
    join(folder, 'bus.sock'),
    (record: BusRecord) => {
      if (record.kind === 'config') {
        for (const sps of parseAvcC(record.avcC)?.sps ?? []) widths.add(parseSps(sps)?.width);
      }
      if (record.kind !== 'video') return;
      times.push(record.time);
      if (times.length % ENOUGH === 0) enough.resolve();
    },
    () => undefined,
  );
  onTestFinished(() => bus.close());
  const token = (identity: string, canPublish: boolean) =>
    roomToken(livekit, ROOM, identity, { canPublish, canSubscribe: !canPublish, hidden: !canPublish });
  const ingest = new Ingest({
    livekitUrl: livekit.url,
    busPath: join(folder, 'bus.sock'),
    token: async () => token('ingest', false),
    format: { ...CLIP, videoBitrate: 300_000 },
    displaced: () => undefined,
    log: () => undefined,
  });
  onTestFinished(() => ingest.close());

  let heldAtFirst: number[] | undefined;
  for (const epoch of [1, 2, 3, 4]) {
    times.length = 0;
    enough = Promise.withResolvers();
    const publisher = publishClip({ url: livekit.url, token: token(`composer:${epoch}`, true), clip });
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
