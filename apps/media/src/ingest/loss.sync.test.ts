import { FLV_HEADER, FlvReader, type FlvTag } from '@streamus/media-formats';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { expect, onTestFinished, test } from 'vitest';
import { videoItem } from '../egress/show-item.ts';
import { clipPictures } from '../testing/clip-pictures.ts';
import { startRoomIngest } from '../testing/room-ingest.ts';
import type { IncomingTrack } from './webrtc.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

/** Some 280 packets a second. */
const CLIP = { width: 320, height: 180, fps: 15, seconds: 4, kbps: 2_500 };
const LOSS = 0.02;
const ONE_WAY_MS = 30;
const LATE_MS = 15;
const LOSSES = 40;
const WAIT_MS = 60_000;

interface Line {
  readonly random: () => number;
  lost: number;
  /** Packets of sound that were sent, by number. */
  readonly sound: Map<number, string>;
}

const hex = (packet: Uint8Array): string => Buffer.from(packet).toString('hex');

/**
 * The track over a line of 60 ms round trip that loses packets, requests and repairs alike, and delivers some late, so that they are
 * overtaken, or twice.
 */
function overBadLine(track: IncomingTrack, line: Line): IncomingTrack {
  const { random } = line;
  const carry = (deliver: () => void): void => {
    if (random() < LOSS) {
      line.lost += 1;
      return;
    }
    const late = random() < LOSS ? random() * LATE_MS : 0;
    for (let copies = random() < LOSS ? 2 : 1; copies > 0; copies -= 1)
      setTimeout(deliver, ONE_WAY_MS + late);
  };
  return {
    ...track,
    onPacket(listener) {
      track.onPacket((packet) => {
        if (track.kind === 'audio') line.sound.set(packet.sequence, hex(packet.payload));
        carry(() => listener(packet));
      });
    },
    requestAgain: (ssrc, sequences) => carry(() => track.requestAgain(ssrc, sequences)),
  };
}

test(
  '2 % loss, overtaking and doubles at 60 ms round trip from LiveKit: no picture and no sound is missing',
  async () => {
    const tags: FlvTag[] = [];
    const heard: string[] = [];
    const line: Line = { random: seededRandom(7), lost: 0, sound: new Map() };
    let picturesAfter = 0;
    const enough = Promise.withResolvers<void>();
    const { ingest, clip, publish } = await startRoomIngest({
      clip: CLIP,
      hear: (record) => {
        if (record.kind === 'opus') heard.push(hex(record.packet));
        if (record.kind !== 'video') return;
        const { tag } = videoItem(Math.round(record.time), record.unit, record.key);
        tags.push(...new FlvReader().push(Buffer.concat([FLV_HEADER, tag])));
        if (line.lost >= LOSSES) picturesAfter += 1;
        if (picturesAfter >= CLIP.fps * 2) enough.resolve();
      },
      createReceiver: (iceServers, addresses, events) =>
        createWeriftReceiver(iceServers, addresses, {
          ...events,
          track: (track) => events.track(overBadLine(track, line)),
        }),
    });
    const publisher = publish(1);
    onTestFinished(() => publisher.close());
    await enough.promise;

    expect(ingest.stats.nacks).toBeGreaterThanOrEqual(LOSSES / 2);
    expect(ingest.stats.damagedGops).toBe(0);
    expect(clipPictures(clip).jumps(tags)).toBe(0);
    expect(heard.length).toBeGreaterThan(100);
    const sent = [...line.sound].toSorted(([a], [b]) => a - b).map(([, packet]) => packet);
    expect(sent.join(' ').includes(heard.join(' ')), 'of sound every packet, in its order').toBe(true);
  },
  WAIT_MS,
);
