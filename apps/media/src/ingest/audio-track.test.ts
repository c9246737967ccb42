import { type BusRecord, type RtpPacket, ShowClock } from '@streamus/media-formats';
import { expect, onTestFinished, test, vi } from 'vitest';
import { passTime } from '../testing/pass-time.ts';
import { AudioTrack } from './audio-track.ts';
import { emptyIngestStats } from './ingest-stats.ts';
import type { IncomingTrack } from './webrtc.ts';

/** Samples of a packet of 20 ms. */
const SAMPLES = 960;

/** A sound track whose packets come from the test; each packet's content is its number. */
function openTrack() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const asked: number[] = [];
  const heard: { readonly packet: number; readonly time: number }[] = [];
  const stats = emptyIngestStats();
  let receive: (packet: RtpPacket) => void = () => undefined;
  const incoming: IncomingTrack = {
    kind: 'audio',
    id: 'TR_a',
    codecOf: () => 'opus',
    onPacket: (listener) => {
      receive = listener;
    },
    onReport: () => undefined,
    requestKeyframe: () => undefined,
    demandKeyframe: () => undefined,
    requestAgain: (_ssrc, sequences) => asked.push(...sequences),
  };
  const emit = (record: BusRecord): void => {
    if (record.kind === 'opus') heard.push({ packet: record.packet[0] ?? -1, time: record.time });
  };
  const track = new AudioTrack(incoming, new ShowClock(), stats, emit);
  /** Packet `n` of a line of numbers that wraps soon. */
  const send = (n: number, payload: Uint8Array = Uint8Array.of(n)): void =>
    receive({
      payloadType: 111,
      marker: false,
      sequence: (65_534 + n) & 0xffff,
      timestamp: (0xffffff00 + n * SAMPLES) >>> 0,
      ssrc: 1,
      payload,
    });
  return { track, stats, asked, heard, send, packets: () => heard.map(({ packet }) => packet) };
}

test('a lost packet is asked for again, across the wrap of the numbers, and takes its place', () => {
  const { track, stats, asked, send, packets } = openTrack();
  for (const n of [0, 1, 3, 4]) send(n);
  expect(packets()).toEqual([0, 1]);
  passTime(track, 50);
  expect(new Set(asked)).toEqual(new Set([0]));
  expect(stats.nacks).toBeGreaterThan(0);
  send(2);
  expect(packets()).toEqual([0, 1, 2, 3, 4]);
  expect(stats.lostPackets).toBe(0);
});

test('sound waits 600 ms for what is lost, and goes on at its own times after that', () => {
  const { track, stats, heard, send, packets } = openTrack();
  for (const n of [0, 1, 3, 4]) send(n);
  passTime(track, 550);
  expect(packets()).toEqual([0, 1]);
  passTime(track, 60);
  expect(packets()).toEqual([0, 1, 3, 4]);
  expect(stats.lostPackets).toBe(1);
  const [first, , behind] = heard;
  expect((behind?.time ?? 0) - (first?.time ?? 0)).toBeCloseTo(60, 0);
});

test('packets that come twice or without sound are not heard', () => {
  const { send, packets } = openTrack();
  send(0);
  send(1);
  send(1);
  send(0);
  send(2, new Uint8Array());
  send(3);
  expect(packets()).toEqual([0, 1, 3]);
});
