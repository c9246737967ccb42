import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('B1: the wait doubles up to 8 s and is never below 0.5 s', () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 0.999999));
  expect(ceilings).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const wait = backoffMs(attempt, random);
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(8_000);
    }),
  );
});

test('B2: the random number decides, and spreads what failed together over the whole wait', () => {
  expect(backoffMs(4, 0.1)).toBe(800);
  expect(backoffMs(4, 0.9)).toBe(7_200);
  fc.assert(
    fc.property(
      fc.nat(20),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, one, other) => {
        const [first, second] = [backoffMs(attempt, one), backoffMs(attempt, other)];
        if (one < other) expect(first).toBeLessThanOrEqual(second);
        // More failures never mean a shorter wait for the same share.
        expect(backoffMs(attempt + 1, one)).toBeGreaterThanOrEqual(first);
      },
    ),
  );
});
