import { OPUS_SILENCE_20MS } from '@streamus/media-formats';
import { expect, test } from 'vitest';
import { AudioLine } from './audio-line.ts';
import { OutputQueue } from './output-queue.ts';

const SOUND = Uint8Array.of(0xfc, 1, 2, 3);
const line = (zeroMs = 0) => {
  const written: string[] = [];
  const audio = new AudioLine(zeroMs, (packet) => written.push(packet === OPUS_SILENCE_20MS ? '.' : 'x'));
  return { audio, text: () => written.join('') };
};

test('sound without gaps is passed on as it is', () => {
  const { audio, text } = line();
  for (let n = 0; n < 5; n += 1) audio.packet(n * 20, SOUND);
  expect(text()).toBe('xxxxx');
  expect(audio.samples).toBe(5 * 960);
});

test('a gap becomes silence of the same length, at its place', () => {
  const { audio, text } = line(1_000);
  audio.packet(1_000, SOUND);
  audio.packet(1_220, SOUND);
  expect(text()).toBe('x.........x'.replace('.........', '.'.repeat(9)));
  expect(audio.silentSeconds).toBeCloseTo(0.18, 6);
});

test('a programme that is away is silence up to 0.7 s before now', () => {
  const { audio } = line();
  audio.tick(1_000);
  expect(audio.samples / 48).toBe(300);
});

test('clocks that drift cost one packet at a time, never a jump', () => {
  const slow = line();
  for (let n = 0; n < 500; n += 1) slow.audio.packet(n * 20.1, SOUND);
  expect(slow.text()).toMatch(/^x+\.x+$/);
  const fast = line();
  for (let n = 0; n < 500; n += 1) fast.audio.packet(n * 19.9, SOUND);
  expect(fast.audio.droppedPackets).toBeGreaterThan(0);
  expect(fast.audio.droppedPackets).toBeLessThanOrEqual(3);
});

const item = (kind: 'video' | 'audio', time: number, key = false) => ({
  kind,
  key,
  time,
  tag: new Uint8Array(0),
});

test('an overflowing queue drops pictures up to the next keyframe, keeps sound, and counts', () => {
  const queue = new OutputQueue();
  queue.push(item('video', 0, true), 1_500);
  for (let time = 100; time <= 1_700; time += 100) {
    queue.push(item('video', time), 1_500);
    queue.push(item('audio', time), 1_500);
  }
  queue.push(item('video', 2_000, true), 1_500);
  const left = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) left.push(next);
  const video = left.filter(({ kind }) => kind === 'video');
  expect(video.map(({ time, key }) => [time, key])).toEqual([[2_000, true]]);
  expect(left.filter(({ kind }) => kind === 'audio')).toHaveLength(17);
  expect(queue.droppedUnits).toBe(18);
  expect(queue.droppedSeconds).toBeCloseTo(1.7, 6);
});

test('sound that has been waiting for long does not cost the pictures that come after it', () => {
  const queue = new OutputQueue();
  queue.push(item('video', 0, true), 1_500);
  for (let time = 0; time <= 6_000; time += 100) {
    queue.push(item('audio', time), 1_500);
    queue.push(item('video', time + 1, time % 2_000 === 0), 1_500);
  }
  const left = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) left.push(next);
  expect(left.filter(({ kind }) => kind === 'audio')).toHaveLength(61);
  const pictures = left.filter(({ kind }) => kind === 'video').map(({ time }) => time);
  expect([pictures[0], pictures.at(-1), pictures.length]).toEqual([6_001, 6_001, 1]);
});

test('of headers that nobody saw only the last one is kept', () => {
  const queue = new OutputQueue();
  for (let time = 0; time < 60_000; time += 100) {
    queue.push({ kind: 'header', key: false, time, tag: new Uint8Array(0) }, Number.POSITIVE_INFINITY);
    queue.push(item('video', time, true), 1_500);
  }
  expect(queue.length).toBeLessThan(40);
});

test('a queue that never drains stays bounded', () => {
  const queue = new OutputQueue();
  for (let n = 0; n < 20_000; n += 1) {
    queue.push(item('video', n * 33, n % 60 === 0), 1_500);
    queue.push(item('audio', n * 33), 1_500);
  }
  expect(queue.length).toBeLessThan(1_000);
});
