import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startPacer, takeFrame, waitMs } from './pacer.ts';

describe('pacer', () => {
  test('keeps its rate however late single ticks are, and never drifts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(15, 24, 30, 60),
        fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 300, maxLength: 300 }),
        (fps, delays) => {
          let state = startPacer(fps, 1000);
          let now = 1000;
          let taken = 0;
          for (const delay of delays) {
            now += waitMs(state, now) + delay;
            const frame = takeFrame(state, now);
            if (frame === null) continue;
            state = frame.state;
            taken += 1;
          }
          expect(taken + state.lateFrames).toBe(Math.floor(((now + 0.5 - 1000) * fps) / 1000) + 1);
          expect(taken).toBe(300);
        },
      ),
    );
  });

  test('skips what it missed instead of a burst, and counts it', () => {
    const state = startPacer(30, 0);
    const first = takeFrame(state, 0);
    const late = takeFrame(first?.state ?? state, 500);
    expect(late).toMatchObject({ frame: 15, dueMs: 500, state: { lateFrames: 14, nextFrame: 16 } });
    expect(takeFrame(late?.state ?? state, 501)).toBeNull();
  });

  test('deadlines rise strictly and lie on the frame grid', () => {
    let state = startPacer(30, 0);
    let before = -1;
    for (let now = 0; now < 5000; now += 7) {
      const taken = takeFrame(state, now);
      if (taken === null) continue;
      state = taken.state;
      expect(taken.dueMs).toBeGreaterThan(before);
      expect(Math.abs((taken.dueMs * 30) / 1000 - taken.frame)).toBeLessThan(1e-3);
      before = taken.dueMs;
    }
  });

  test('a clock clamped to whole milliseconds still gives every frame', () => {
    let state = startPacer(30, 0);
    let taken = 0;
    for (let step = 0; step < 300; step += 1) {
      const now = Math.floor((step * 1000) / 30);
      const frame = takeFrame(state, now);
      if (frame !== null) {
        state = frame.state;
        taken += 1;
      }
    }
    expect(taken + state.lateFrames).toBeGreaterThanOrEqual(299);
  });
});
