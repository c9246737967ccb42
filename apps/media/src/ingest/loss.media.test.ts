import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLV_HEADER, FlvReader, type FlvTag, type RtpPacket } from '@streamus/media-formats';
import { startLivekitServer } from '@streamus/testkit/livekit-server';
import { roomToken } from '@streamus/testkit/livekit-token';
import { makeClip, publishClip } from '@streamus/testkit/publisher';
import { expect, onTestFinished, test } from 'vitest';
import { listenForIngest } from '../egress/bus-server.ts';
import { videoItem } from '../egress/show-item.ts';
import { clipPictures } from '../testing/clip-pictures.ts';
import { Ingest } from './ingest.ts';
import type { IncomingTrack } from './webrtc.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

const ROOM = 'room-behind-a-bad-line';
const CLIP = { width: 320, height: 180, fps: 15 };
/** Every 50th packet: 2 %. */
const LOST_ONE_OF = 50;
const LOSSES = 12;
const WAIT_MS = 60_000;

/** The track over a line that loses packets, each the first time it is sent. */
function overBadLine(track: IncomingTrack, lost: () => void): IncomingTrack {
  const dropped = new Set<number>();
  return {
    ...track,
    onPacket(listener) {
      track.onPacket((packet: RtpPacket) => {
        const { sequence } = packet;
        if (track.kind === 'audio' || sequence % LOST_ONE_OF !== 0 || dropped.has(sequence)) {
          listener(packet);
          return;
        }
        dropped.add(sequence);
        lost();
      });
    },
  };
}

test(
  'packets lost on the way from LiveKit are asked for again, and no picture is missing',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'streamus-loss-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const livekit = await startLivekitServer();
    onTestFinished(() => livekit.close());
    const clip = await makeClip({ ...CLIP, seconds: 4, kbps: 450 });

    const tags: FlvTag[] = [];
    let losses = 0;
    let picturesAfter = 0;
    const enough = Promise.withResolvers<void>();
    const bus = await listenForIngest(
      join(folder, 'bus.sock'),
      (record) => {
        if (record.kind !== 'video') return;
        const { tag } = videoItem(Math.round(record.time), record.unit, record.key);
        tags.push(...new FlvReader().push(Buffer.concat([FLV_HEADER, tag])));
        if (losses >= LOSSES) picturesAfter += 1;
        if (picturesAfter >= clip.fps * 2) enough.resolve();
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
      format: { ...CLIP, videoBitrate: 450_000 },
      displaced: () => undefined,
      log: () => undefined,
      createReceiver: (iceServers, addresses, events) =>
        createWeriftReceiver(iceServers, addresses, {
          ...events,
          track: (track) =>
            events.track(
              overBadLine(track, () => {
                losses += 1;
              }),
            ),
        }),
    });
    onTestFinished(() => ingest.close());
    const publisher = publishClip({ url: livekit.url, token: token('composer:1', true), clip });
    onTestFinished(() => publisher.close());
    await enough.promise;

    expect(ingest.stats.nacks).toBeGreaterThanOrEqual(LOSSES);
    // Two tries fit into the time a packet is waited for; a machine that stands still for longer may lose one.
    expect(ingest.stats.lostPackets).toBeLessThanOrEqual(LOSSES / 3);
    expect(clipPictures(clip).jumps(tags)).toBeLessThanOrEqual(ingest.stats.damagedGops);
  },
  WAIT_MS,
);
