import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STAMP_TOLERANCE_MS, type StampState, stampFrame, startStamps } from './frame-stamps.ts';

/** Stamps of pictures due every `frameMs`, each ready so long after its deadline. */
function stampsOf(frameMs: number, lateness: readonly number[]): { stamp: number; ready: number }[] {
  let state: StampState = startStamps();
  return lateness.map((late, index) => {
    const ready = 1000 + index * frameMs + late;
    const next = stampFrame(state, 1000 + index * frameMs, ready);
    state = next.state;
    return { stamp: next.stampMs, ready };
  });
}

describe('stamps of frames', () => {
  test('are even while painting takes about the same time', () => {
    const stamps = stampsOf(40, [12, 9, 20, 5, 14, 26, 8]).map(({ stamp }) => stamp);
    expect(stamps).toEqual([1012, 1052, 1092, 1132, 1172, 1212, 1252]);
  });

  test('follow at once when painting becomes slow, and when it becomes fast again', () => {
    const stamps = stampsOf(100, [5, 95, 95, 95, 5, 5]).map(({ stamp }) => stamp);
    expect(stamps).toEqual([1005, 1195, 1295, 1395, 1405, 1505]);
  });

  test('rise strictly and stay near the moment their picture was ready, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1000 / 60, 1000 / 30, 40, 1000 / 15),
        fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 2, maxLength: 200 }),
        (frameMs, delays) => {
          // One picture after the other: none is ready before the one before it.
          const lateness = delays.map(() => 0);
          let ready = 0;
          delays.forEach((delay, index) => {
            ready = Math.max(ready + 1, index * frameMs + delay);
            lateness[index] = ready - index * frameMs;
          });
          const stamps = stampsOf(frameMs, lateness);
          stamps.forEach(({ stamp, ready: at }, index) => {
            const before = stamps[index - 1];
            if (before !== undefined) expect(stamp).toBeGreaterThanOrEqual(before.stamp + 1 - 1e-6);
            expect(Math.abs(stamp - at)).toBeLessThanOrEqual(STAMP_TOLERANCE_MS + 1e-6);
          });
        },
      ),
    );
  });
});
