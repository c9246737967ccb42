import { ShowClock } from '@streamus/media-formats';
import { expect, onTestFinished, test, vi } from 'vitest';
import { passTime } from '../testing/pass-time.ts';
import { emptyIngestStats } from './ingest-stats.ts';
import type { Picture } from './picture.ts';
import { VideoTrack } from './video-track.ts';
import type { IncomingTrack, MediaCodec } from './webrtc.ts';

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
/** x264, 1280 × 720, and the head of one of its keyframes. */
const SPS = hex('6742c01fda014016ec0440000003004000000f03c60ca8');
const PPS = hex('68ce0f2c80');
const IDR = hex('65888404bffe28a00045f6');
const SLICE = hex('419a0204bffe28a00045f6');

/** A track whose packets come from the test. */
function openTrack(codec: MediaCodec = 'h264') {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const shown: Picture[] = [];
  const asked: string[] = [];
  let damaged = 0;
  let receive: Parameters<IncomingTrack['onPacket']>[0] = () => undefined;
  const stats = emptyIngestStats();
  const track = new VideoTrack(
    {
      kind: 'video',
      id: 'TR_v',
      codecOf: () => codec,
      onPacket: (listener) => {
        receive = listener;
      },
      onReport: () => undefined,
      requestKeyframe: () => asked.push('indication'),
      demandKeyframe: () => asked.push('demand'),
      requestAgain: (_ssrc, sequences) => asked.push(`again ${sequences.join(' ')}`),
    },
    new ShowClock(),
    stats,
    {
      arrived: () => undefined,
      damagedGop: () => {
        damaged += 1;
      },
      show: (picture) => shown.push(picture),
    },
  );
  let sequence = 65_530;
  let timestamp = 0xffffff00;
  const send = (nals: readonly Uint8Array[], ssrc = 1): void => {
    timestamp = (timestamp + 3_000) >>> 0;
    nals.forEach((payload, index) => {
      const marker = index === nals.length - 1;
      receive({ payloadType: 125, marker, sequence: sequence & 0xffff, timestamp, ssrc, payload });
      sequence += 1;
    });
  };
  const lose = (): void => {
    sequence += 1;
  };
  return { track, shown, asked, stats, send, lose, damaged: () => damaged };
}

test('nothing is shown before the first keyframe; then everything, across the wraps of number and time', () => {
  const { shown, send } = openTrack();
  send([SLICE]);
  send([SPS, PPS, IDR]);
  for (let n = 0; n < 20; n += 1) send([SLICE]);
  expect(shown.map(({ key }) => key)).toEqual([true, ...Array(20).fill(false)]);
  const times = shown.map(({ time }) => time);
  expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
});

test('a gap that is not repaired withholds the rest of its GOP, asks for a keyframe at once, and counts it', () => {
  const { track, shown, asked, stats, send, lose, damaged } = openTrack();
  send([SPS, PPS, IDR]);
  lose();
  send([SLICE]);
  passTime(track, 20);
  expect(asked).toContain('again 65533');
  asked.length = 0;
  passTime(track, 2_000);
  expect(asked).toContain('indication');
  send([SLICE]);
  expect(shown).toHaveLength(1);
  send([IDR]);
  send([SLICE]);
  expect(shown.map(({ key }) => key)).toEqual([true, true, false]);
  expect(stats).toMatchObject({ damagedGops: 1, lostPackets: 1 });
  expect(damaged()).toBe(1);
});

test('a gap is not given up while LiveKit repairs nothing, which is from a keyframe request to the next keyframe', () => {
  const { track, shown, asked, stats, send, lose, damaged } = openTrack();
  send([SPS, PPS, IDR]);
  passTime(track, 1_950);
  expect(asked).toEqual(['indication']);
  lose();
  send([SLICE]);
  // Without the request it is given up after 608.
  passTime(track, 650);
  expect(stats.lostPackets).toBe(0);
  send([SPS, PPS, IDR]);
  passTime(track, 500);
  expect(stats.lostPackets).toBe(0);
  passTime(track, 150);
  expect(stats.lostPackets).toBe(1);
  expect(damaged()).toBe(1);
  expect(shown.map(({ key }) => key)).toEqual([true, true]);
});

test('a keyframe that waits behind a gap is not asked for a second time', () => {
  const { track, shown, asked, send, lose } = openTrack();
  send([SPS, PPS, IDR]);
  lose();
  send([SPS, PPS, IDR]);
  passTime(track, 800);
  expect(shown).toHaveLength(2);
  expect(asked).not.toContain('indication');
});

test('a new SSRC waits for its own keyframe and never goes back in time', () => {
  const { shown, send } = openTrack();
  send([SPS, PPS, IDR]);
  send([SLICE], 2);
  expect(shown).toHaveLength(1);
  send([IDR], 2);
  expect(shown).toHaveLength(2);
  expect(shown[1]?.time).toBeGreaterThanOrEqual(shown[0]?.time ?? Number.NaN);
});

test('empty packets, LiveKit’s farewell and parameter sets without end are no pictures, and hold nothing', () => {
  const { shown, stats, send } = openTrack();
  send([SPS, PPS, IDR]);
  for (let n = 0; n < 50; n += 1) send([new Uint8Array(0)]);
  // 4 × 4 pixels.
  send([hex('6742000a8c680f3ad8'), PPS, IDR]);
  const before = shown.length;
  const sets = Array.from({ length: 40 }, (_, id) => Uint8Array.of(0x68, ...ppsIdBits(id)));
  send([...sets, IDR]);
  expect(shown).toHaveLength(before);
  send([SPS, PPS, IDR]);
  expect(shown.length).toBeGreaterThan(before);
  expect(stats.droppedUnits).toBeGreaterThan(0);
});

/** ue(id), ue(0) and a stop bit. */
function ppsIdBits(id: number): number[] {
  const code = (id + 1).toString(2);
  const bits = `${'0'.repeat(code.length - 1)}${code}11`.padEnd(24, '0');
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
}

test('VP8 pictures are shown with their size', () => {
  const { shown, send } = openTrack('vp8');
  send([hex('1030020000000000')]);
  send([hex('109080809d012a4001b4000000')]);
  send([hex('1031020000000000')]);
  expect(shown).toMatchObject([
    { codec: 'vp8', key: true, size: { width: 320, height: 180 } },
    { key: false },
  ]);
});
