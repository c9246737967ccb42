import { describe, expect, test } from 'vitest';
import { COMMAND_MAX_BYTES, createCommandPace, messageWeight } from './index.ts';

describe('the pace of commands', () => {
  test('a burst goes at once, then as many as come in a second', () => {
    const pace = createCommandPace(3, 2, 0);
    expect([1, 2, 3, 4].map(() => pace.take(0, 1))).toEqual([true, true, true, false]);
    expect(pace.waitMs(0, 1)).toBe(500);
    expect(pace.take(499, 1)).toBe(false);
    expect(pace.take(500, 1)).toBe(true);
    expect(pace.waitMs(60_000, 3)).toBe(0);
    expect(pace.take(60_000, 4)).toBe(false);
  });

  test('a clock that is set back takes nothing away', () => {
    const pace = createCommandPace(3, 2, 1_000_000);
    expect(pace.take(0, 2)).toBe(true);
    expect(pace.take(0, 1)).toBe(true);
    expect(pace.waitMs(500, 1)).toBe(0);
  });

  test('a long message counts for several, the longest for less than a burst', () => {
    expect([1, 64 * 1024, 64 * 1024 + 1].map(messageWeight)).toEqual([1, 1, 2]);
    expect(messageWeight(COMMAND_MAX_BYTES)).toBeLessThanOrEqual(20);
  });
});
