import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('B1: the wait doubles up to 15 s and is never below 0.5 s', () => {
  const ceilings = [0, 1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 0.999999));
  expect(ceilings).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  fc.assert(
    fc.property(fc.nat(1000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, random) => {
      const wait = backoffMs(attempt, random);
      expect(wait).toBeGreaterThanOrEqual(500);
      expect(wait).toBeLessThanOrEqual(15_000);
    }),
  );
});

test('B2: the random number decides', () => {
  expect(backoffMs(5, 0.1)).toBe(1500);
  expect(backoffMs(5, 0.9)).toBe(13_500);
});
