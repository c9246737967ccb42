import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrackClock } from './track-clock.ts';

test('C1: the first packet is now, later ones follow the sender’s clock across its wrap', () => {
  const clock = new TrackClock(90_000);
  const start = 0xffffffff - 45_000;
  expect(clock.map(start, 1_000)).toBe(1_000);
  expect(clock.map((start + 90_000) % 2 ** 32, 2_010)).toBeCloseTo(2_000, 6);
});

test('C1: never backwards, whatever comes', () => {
  const input = fc.array(fc.tuple(fc.nat(0xffffffff), fc.nat(100_000)), { maxLength: 100 });
  fc.assert(
    fc.property(input, (packets) => {
      const clock = new TrackClock(48_000, 0);
      let last = 0;
      for (const [timestamp, arrival] of packets) {
        const shown = clock.map(timestamp, arrival);
        expect(shown).toBeGreaterThanOrEqual(last);
        last = shown;
      }
    }),
  );
});

test('C1: a jump of the sender’s time stamps starts anew at now', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  expect(clock.map(90_000 * 3_600, 40)).toBe(40);
  expect(clock.map(90_000 * 3_600 + 90_000, 1_040)).toBeCloseTo(1_040, 6);
});

test('C1: what had queued for seconds keeps its own times, and what follows is in step again', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  // Four seconds come in one go.
  for (let ms = 40; ms < 4_000; ms += 40) expect(clock.map(ms * 90, 4_000)).toBeCloseTo(ms, 6);
  expect(clock.map(4_040 * 90, 4_040)).toBeCloseTo(4_040, 6);
});

test('C1: time stamps that stay behind for longer than a queue lasts start anew at now', () => {
  const clock = new TrackClock(48_000);
  clock.map(0, 0);
  // The sender paused for 10 s, and its stamps with it.
  const shown = [0, 2_000, 4_999, 5_000].map((ms) => clock.map((20 + ms) * 48, 10_020 + ms));
  expect(shown).toEqual([20, 2_020, 5_019, 15_020]);
  expect(clock.map(5_020 * 48 + 48 * 1_000, 16_020)).toBeCloseTo(16_020, 6);
});

test('C1: a jump back of the sender’s time stamps starts anew at once', () => {
  const clock = new TrackClock(90_000);
  clock.map(90_000 * 100, 0);
  expect(clock.map(0, 40)).toBe(40);
});

test('C2: corrections slew by 5 ms a second at most', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  clock.correct(50, false);
  expect(clock.map(90_000, 1_000)).toBeCloseTo(1_005, 6);
  expect(clock.map(20 * 90_000, 20_000)).toBeCloseTo(20_050, 6);
});
