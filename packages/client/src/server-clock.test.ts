import { expect, test } from 'vitest';
import { type ClockBounds, clockAhead, learnClock } from './server-clock.ts';

/** An answer of a server whose clock is `ahead`, with so long a way there and back. */
const answer = (ahead: number, sentMs: number, thereMs: number, backMs: number) => ({
  askedMs: sentMs,
  serverMs: Math.floor(sentMs + thereMs + ahead),
  answeredMs: sentMs + thereMs + backMs,
});

test('a clock that is 30 s slow is known to half the shortest way there and back', () => {
  const first = learnClock(null, answer(30_000, 1000, 400, 20));
  expect(Math.abs(clockAhead(first) - 30_000)).toBeLessThanOrEqual(210);
  const second = learnClock(first, answer(30_000, 5000, 6, 4));
  expect(Math.abs(clockAhead(second) - 30_000)).toBeLessThanOrEqual(5);
  const slower = learnClock(second, answer(30_000, 9000, 20, 900));
  expect(Math.abs(clockAhead(slower) - 30_000)).toBeLessThanOrEqual(5);
});

test('a clock that was set, or drifts, is followed; nothing known means that both agree', () => {
  const known = learnClock(null, answer(30_000, 0, 5, 5));
  expect(Math.abs(clockAhead(learnClock(known, answer(0, 10_000, 40, 40))))).toBeLessThanOrEqual(1);
  let drifting: ClockBounds | null = null;
  for (let n = 0; n < 1000; n += 1) drifting = learnClock(drifting, answer(n, n * 10_000, 10, 10));
  expect(Math.abs(clockAhead(drifting) - 999)).toBeLessThanOrEqual(11);
  expect(clockAhead(null)).toBe(0);
});
