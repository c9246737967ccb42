import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GopCache } from './gop-cache.ts';
import { ShowClock, TrackClock } from './show-clock.ts';

test('the first packet is now, later ones follow the sender’s clock across its wrap', () => {
  const clock = new TrackClock(90_000);
  const start = 0xffffffff - 45_000;
  expect(clock.map(start, 1_000)).toBe(1_000);
  expect(clock.map((start + 90_000) % 2 ** 32, 2_010)).toBeCloseTo(2_000, 6);
});

test('never backwards, whatever comes', () => {
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

test('a jump of the sender’s time stamps starts anew at now', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  expect(clock.map(90_000 * 3_600, 40)).toBe(40);
  expect(clock.map(90_000 * 3_600 + 90_000, 1_040)).toBeCloseTo(1_040, 6);
});

test('what had queued for seconds keeps its own times, and what follows is in step again', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  // Four seconds come in one go.
  for (let ms = 40; ms < 4_000; ms += 40) expect(clock.map(ms * 90, 4_000)).toBeCloseTo(ms, 6);
  expect(clock.map(4_040 * 90, 4_040)).toBeCloseTo(4_040, 6);
});

test('time stamps that stay behind for longer than a queue lasts start anew at now', () => {
  const clock = new TrackClock(48_000);
  clock.map(0, 0);
  // The sender paused for 10 s, and its stamps with it.
  const shown = [0, 2_000, 4_999, 5_000].map((ms) => clock.map((20 + ms) * 48, 10_020 + ms));
  expect(shown).toEqual([20, 2_020, 5_019, 15_020]);
  expect(clock.map(5_020 * 48 + 48 * 1_000, 16_020)).toBeCloseTo(16_020, 6);
});

test('a jump back of the sender’s time stamps starts anew at once', () => {
  const clock = new TrackClock(90_000);
  clock.map(90_000 * 100, 0);
  expect(clock.map(0, 40)).toBe(40);
});

test('corrections slew by 5 ms a second at most', () => {
  const clock = new TrackClock(90_000);
  clock.map(0, 0);
  clock.correct(50, false);
  expect(clock.map(90_000, 1_000)).toBeCloseTo(1_005, 6);
  expect(clock.map(20 * 90_000, 20_000)).toBeCloseTo(20_050, 6);
});

test('a rebase is to now, not to zero', () => {
  const clock = new ShowClock();
  clock.video(0, 1_000);
  clock.rebaseVideo(9_000);
  expect(clock.video(77, 9_005)).toBe(9_005);
});

test('a rebase never shows a time again that was shown already', () => {
  const clock = new ShowClock();
  clock.audio(0, 1_000);
  const last = clock.audio(48_000, 2_000);
  clock.rebaseAudio(1_500);
  expect(clock.audio(5, 1_510)).toBeGreaterThanOrEqual(last);
});

test('reports move a settled track by 5 ms a second at most, however absurd they are', () => {
  const report = fc.record({ wallMs: fc.double({ noNaN: true }), rtpTimestamp: fc.nat(0xffffffff) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), report), { maxLength: 60 }), (reports) => {
      const clock = new ShowClock();
      const at = (ms: number) => {
        clock.video((0xffff0000 + ms * 90) >>> 0, ms);
        return clock.audio((0xffff0000 + ms * 48) >>> 0, ms);
      };
      for (const ms of [0, 1_000, 2_000, 3_000]) {
        at(ms);
        clock.videoReport({ wallMs: ms, rtpTimestamp: (0xffff0000 + ms * 90) >>> 0 });
        clock.audioReport({ wallMs: ms, rtpTimestamp: (0xffff0000 + ms * 48) >>> 0 });
      }
      let last = at(3_000);
      reports.forEach(([picture, value], index) => {
        if (picture) clock.videoReport(value);
        else clock.audioReport(value);
        const shown = at(3_000 + (index + 1) * 100);
        expect(Math.abs(shown - last - 100)).toBeLessThanOrEqual(0.5 + 1e-6);
        last = shown;
      });
    }),
  );
});

const wall = (ms: number) => 1e12 + ms;

test('sound is put where the sender’s reports say, once two reports agree', () => {
  const clock = new ShowClock();
  clock.video(0, 100);
  clock.audio(0, 180);
  for (const ms of [1_000, 2_000]) {
    clock.video(ms * 90, 100 + ms);
    clock.audio(ms * 48, 180 + ms);
    clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
    clock.audioReport({ wallMs: wall(ms), rtpTimestamp: ms * 48 });
  }
  expect(clock.audio(3_000 * 48, 3_180)).toBeCloseTo(3_180 - 80, 6);
});

test('reports whose clock jumps are not believed', () => {
  const clock = new ShowClock();
  clock.video(0, 0);
  clock.audio(0, 0);
  for (const [ms, error] of [
    [1_000, 0],
    [2_000, 400],
    [3_000, -300],
    [4_000, 700],
  ] as const) {
    clock.video(ms * 90, ms);
    clock.audio(ms * 48, ms);
    clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
    clock.audioReport({ wallMs: wall(ms + error), rtpTimestamp: ms * 48 });
  }
  expect(clock.audio(5_000 * 48, 5_000)).toBeCloseTo(5_000, 6);
});

test('a sender’s clock that runs away is followed', () => {
  const clock = new ShowClock();
  let shown = 0;
  const ticksPerMs = 90 * 1.002;
  for (let ms = 0; ms <= 120_000; ms += 100) shown = clock.video(Math.round(ms * ticksPerMs), ms);
  expect(Math.abs(shown - 120_000)).toBeLessThan(100);
});

test('GOP cache: begins with a keyframe and is bounded', () => {
  const cache = new GopCache<{ kind: 'video' | 'audio'; key: boolean; n: number }>(4);
  const push = (kind: 'video' | 'audio', key: boolean, n: number) => cache.push({ kind, key, n });
  push('video', false, 0);
  expect(cache.items()).toEqual([]);
  push('video', true, 1);
  push('audio', false, 2);
  push('video', true, 3);
  push('video', false, 4);
  expect(cache.items().map(({ n }) => n)).toEqual([3, 4]);
  for (let n = 5; n < 20; n += 1) push('audio', false, n);
  expect(cache.items()).toEqual([]);
});
