import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShowClock } from './show-clock.ts';

test('C1: a rebase is to now, not to zero', () => {
  const clock = new ShowClock();
  clock.video(0, 1_000);
  clock.rebaseVideo(9_000);
  expect(clock.video(77, 9_005)).toBe(9_005);
});

test('C1: a rebase never shows a time again that was shown already', () => {
  const clock = new ShowClock();
  clock.audio(0, 1_000);
  const last = clock.audio(48_000, 2_000);
  clock.rebaseAudio(1_500);
  expect(clock.audio(5, 1_510)).toBeGreaterThanOrEqual(last);
});

test('C2: reports move a settled track by 5 ms a second at most, however absurd they are', () => {
  const report = fc.record({ wallMs: fc.double({ noNaN: true }), rtpTimestamp: fc.nat(0xffffffff) });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), report), { maxLength: 60 }), (reports) => {
      const clock = new ShowClock();
      const at = (ms: number) => {
        clock.video((0xffff0000 + ms * 90) >>> 0, ms);
        return clock.audio((0xffff0000 + ms * 48) >>> 0, ms);
      };
      for (const ms of [0, 1_000, 2_000, 3_000, 4_000]) {
        at(ms);
        clock.videoReport({ wallMs: ms, rtpTimestamp: (0xffff0000 + ms * 90) >>> 0 });
        clock.audioReport({ wallMs: ms, rtpTimestamp: (0xffff0000 + ms * 48) >>> 0 });
      }
      let last = at(4_000);
      reports.forEach(([picture, value], index) => {
        if (picture) clock.videoReport(value);
        else clock.audioReport(value);
        const shown = at(4_000 + (index + 1) * 100);
        expect(Math.abs(shown - last - 100)).toBeLessThanOrEqual(0.5 + 1e-6);
        last = shown;
      });
    }),
  );
});

const wall = (ms: number) => 1e12 + ms;

test('C3: sound is put where the sender’s reports say, once two reports agree', () => {
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

test('C3: first reports from before a loss do not take away the sound that is heard', () => {
  const clock = new ShowClock();
  const lostMs = 900;
  let sound = 0;
  // Lost in the first second; C5 has put sound in step when the first report can be believed.
  for (let ms = 1_000; ms <= 9_020; ms += 20) {
    clock.video(ms * 90, ms + 40);
    sound = clock.audio((ms === 1_000 ? ms : ms - lostMs) * 48, ms + 20);
    if (ms % 3_000 !== 0) continue;
    clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
    clock.audioReport({ wallMs: wall(ms), rtpTimestamp: ms * 48 });
  }
  expect(sound).toBeGreaterThan(9_020 - 100);
});

test.each([
  ['was believed before', true],
  ['was not', false],
] as const)(
  'C3: sound that C5 has put in step is moved by no report from before its loss, where one %s',
  (_, settled) => {
    const clock = new ShowClock();
    // All but the very first comes so late; 501 ms are past what is heard.
    const wayMs = 20;
    const lostMs = 501 - wayMs;
    const at = (ms: number, lost: number) => {
      const arrival = ms === 0 ? 0 : ms + wayMs;
      const picture = clock.video(ms * 90, arrival);
      return clock.audio((ms - lost) * 48, arrival) - picture;
    };
    const report = (ms: number, lost: number) => {
      clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
      clock.audioReport({ wallMs: wall(ms), rtpTimestamp: (ms - lost) * 48 });
    };
    for (let ms = 0; ms <= 4_000; ms += 20) {
      at(ms, 0);
      if (settled && ms % 2_000 === 0) report(ms, 0);
    }
    for (let ms = 4_020; ms <= 8_000; ms += 20) {
      at(ms, lostMs);
      if (ms >= 7_000 && ms % 1_000 === 0) report(ms, 0);
    }
    // Followed slowly (C2).
    expect(Math.abs(at(8_020, lostMs))).toBeLessThan(1);
  },
);

test('C3: reports whose clock jumps are not believed', () => {
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

test('C2: a sender’s clock that runs away is followed', () => {
  const clock = new ShowClock();
  let shown = 0;
  const ticksPerMs = 90 * 1.002;
  for (let ms = 0; ms <= 120_000; ms += 100) shown = clock.video(Math.round(ms * ticksPerMs), ms);
  expect(Math.abs(shown - 120_000)).toBeLessThan(100);
});

/** Picture and sound in step for 13 s; after that the mix has lost so much, and reports come every 3 s. */
function afterLostSound(lostMs: number, wallJumpMs = 0): ShowClock {
  const clock = new ShowClock();
  const at = (ms: number, lost: number, jump: number) => {
    clock.video(ms * 90, ms + 40);
    clock.audio((ms - lost) * 48, ms + 20);
    if (ms % 3_000 !== 0) return;
    clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
    clock.audioReport({ wallMs: wall(ms + jump), rtpTimestamp: (ms - lost) * 48 });
  };
  for (let ms = 0; ms <= 13_000; ms += 20) at(ms, 0, 0);
  for (let ms = 13_020; ms <= 21_000; ms += 20) at(ms, lostMs, wallJumpMs);
  return clock;
}

test.each([60, 600, 2_000])('C4: a mix that lost %i ms is back in step with the second report', (lostMs) => {
  const clock = afterLostSound(lostMs);
  const now = 21_020;
  expect(clock.audio((now - lostMs) * 48, now + 20) - clock.video(now * 90, now + 40)).toBeCloseTo(0, 3);
});

test('C4: sound that is back before its time, as after a stall made up for, is put back too', () => {
  const clock = afterLostSound(-300);
  const now = 21_020;
  // Never backwards: what is the past by now waits for the show to reach it.
  expect(clock.audio((now + 300) * 48, now + 20)).toBeLessThanOrEqual(now + 300 + 40);
  expect(clock.audio((now + 700) * 48, now + 420)).toBeCloseTo(now + 440, 3);
});

test('C4: a report that the packets do not bear out moves nothing at once', () => {
  const clock = afterLostSound(0, 300);
  const now = 21_020;
  const skew = clock.audio(now * 48, now + 20) - clock.video(now * 90, now + 40);
  expect(Math.abs(skew)).toBeLessThanOrEqual(9 * 5);
});

test('C5: pictures that are late for good are followed after two seconds, and sound with them', () => {
  const clock = new ShowClock();
  const at = (ms: number, later: number) => ({
    video: clock.video(ms * 90, ms + later),
    audio: clock.audio(ms * 48, ms + later),
  });
  for (let ms = 0; ms <= 5_000; ms += 20) at(ms, 0);
  for (let ms = 5_020; ms <= 7_000; ms += 20) expect(at(ms, 800).video).toBe(ms);
  for (let ms = 7_020; ms <= 7_040; ms += 20) at(ms, 800);
  expect(at(7_060, 800)).toEqual({ video: 7_860, audio: 7_860 });
});

test('C5: sound that is late alone, and so not heard, is put in step without a report', () => {
  const clock = new ShowClock();
  const at = (ms: number, lost: number) => {
    clock.video(ms * 90, ms + 40);
    return clock.audio((ms - lost) * 48, ms + 20);
  };
  for (let ms = 0; ms <= 5_000; ms += 20) {
    at(ms, 0);
    if (ms % 1_000 !== 0) continue;
    clock.videoReport({ wallMs: wall(ms), rtpTimestamp: ms * 90 });
    clock.audioReport({ wallMs: wall(ms), rtpTimestamp: ms * 48 });
  }
  // 900 ms pass without a sound.
  for (let ms = 5_920; ms <= 8_000; ms += 20) at(ms, 900);
  expect(clock.audio((8_020 - 900) * 48, 8_040) - clock.video(8_020 * 90, 8_060)).toBeCloseTo(0, 3);
});

test('C5: one queue that is late altogether is not followed', () => {
  const clock = new ShowClock();
  for (let ms = 0; ms < 1_000; ms += 20) clock.video(ms * 90, ms);
  for (let ms = 1_000; ms < 4_000; ms += 20) clock.video(ms * 90, 4_000);
  for (let ms = 4_000; ms < 8_000; ms += 20) expect(clock.video(ms * 90, ms)).toBeCloseTo(ms, 6);
});
