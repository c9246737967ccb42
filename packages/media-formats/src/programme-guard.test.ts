import { expect, test } from 'vitest';
import { ProgrammeGuard } from './programme-guard.ts';

const FORMAT = { width: 1280, height: 720, fps: 30 };

/** Pictures from `from` to `to` (ms) at `fps`, a keyframe every `keyMs`. */
function show(guard: ProgrammeGuard, from: number, to: number, fps: number, keyMs = 2_000): void {
  const pictureMs = 1_000 / fps;
  for (let at = from, nextKey = from; at < to; at += pictureMs) {
    const key = at >= nextKey;
    if (key) nextKey += keyMs;
    guard.picture(at, key);
  }
}

test('a programme as it should be breaks nothing', () => {
  const guard = new ProgrammeGuard(FORMAT);
  guard.codec('h264');
  guard.size(FORMAT);
  show(guard, 0, 120_000, 29);
  expect(guard.breach).toBeUndefined();
});

test('G1: another codec', () => {
  const guard = new ProgrammeGuard(FORMAT);
  guard.codec('vp8');
  expect(guard.breach).toBe('programme_not_h264');
});

test('G2: another size', () => {
  const guard = new ProgrammeGuard(FORMAT);
  guard.size({ width: 960, height: 540 });
  expect(guard.breach).toBe('programme_size_changed');
});

test('G3: parameter sets that keep changing', () => {
  const [often, seldom] = [new ProgrammeGuard(FORMAT), new ProgrammeGuard(FORMAT)];
  for (const n of [0, 1, 2, 3]) {
    often.parametersChanged(n * 10_000);
    seldom.parametersChanged(n * 30_000);
  }
  expect(often.breach).toBe('programme_size_changed');
  expect(seldom.breach).toBeUndefined();
});

test('G4: fewer than half the pictures over 10 s', () => {
  const [slow, enough] = [new ProgrammeGuard(FORMAT), new ProgrammeGuard(FORMAT)];
  show(slow, 0, 9_000, 14);
  expect(slow.breach).toBeUndefined();
  show(slow, 9_000, 10_500, 14);
  expect(slow.breach).toBe('programme_low_frame_rate');
  show(enough, 0, 30_000, 16);
  expect(enough.breach).toBeUndefined();
});

test('G5: a programme that stopped is not slow', () => {
  const guard = new ProgrammeGuard(FORMAT);
  for (let start = 0; start < 60_000; start += 9_000) show(guard, start, start + 4_000, 30);
  expect(guard.breach).toBeUndefined();
});

test('G6: keyframes too far apart, twice in a row', () => {
  const [far, once] = [new ProgrammeGuard(FORMAT), new ProgrammeGuard(FORMAT)];
  show(far, 0, 10_100, 30, 5_000);
  expect(far.breach).toBe('programme_keyframes_missing');
  show(once, 0, 5_000, 30, 5_000);
  show(once, 5_000, 20_000, 30, 2_000);
  expect(once.breach).toBeUndefined();
});

test('G7: damaged GOPs minute after minute', () => {
  const [bad, burst, rare] = [FORMAT, FORMAT, FORMAT].map((format) => new ProgrammeGuard(format));
  for (let at = 0; at <= 160_000; at += 20_000) bad?.damagedGop(at);
  expect(bad?.breach).toBe('programme_damaged');
  for (let at = 0; at < 20_000; at += 1_000) burst?.damagedGop(at);
  expect(burst?.breach).toBeUndefined();
  for (let at = 0; at < 1_200_000; at += 61_000) rare?.damagedGop(at);
  expect(rare?.breach).toBeUndefined();
});

test('G8: the first breach stays', () => {
  const guard = new ProgrammeGuard(FORMAT, 'programme_damaged');
  guard.codec('vp8');
  guard.restart();
  expect(guard.breach).toBe('programme_damaged');
});

test('G9: a low rate is forgiven and found again; nothing else is', () => {
  const guard = new ProgrammeGuard(FORMAT);
  show(guard, 0, 10_500, 14);
  guard.forgiveRate();
  show(guard, 10_500, 20_000, 14);
  expect(guard.breach).toBeUndefined();
  show(guard, 20_000, 21_500, 14);
  expect(guard.breach).toBe('programme_low_frame_rate');
  guard.forgiveRate();
  guard.codec('vp8');
  guard.forgiveRate();
  expect(guard.breach).toBe('programme_not_h264');
});
