import { expect, test } from 'vitest';
import { runDriftingComposer } from './simulation/drifting-composer.ts';

const HOUR = {
  seed: 1,
  minutes: 60,
  loss: 0.01,
  roundTripMs: 60,
  reloadsAt: [12, 27, 44],
  firstPictureLateMs: 120,
};
const SKEW_LIMIT_MS = 80;

const most = (numbers: readonly number[]): number => numbers.reduce((a, n) => Math.max(a, Math.abs(n)), 0);

test.each([
  { ppm: 0, soundPpm: 0 },
  { ppm: 100, soundPpm: 0 },
  { ppm: -100, soundPpm: 50 },
  { ppm: 50, soundPpm: -100 },
])('an hour at $ppm ppm, sound $soundPpm ppm, 1 % loss and three reloads: in step within 80 ms', (drift) => {
  const { skews, lags, backwards } = runDriftingComposer({ ...HOUR, ...drift });
  expect(skews.length).toBeGreaterThan(3_500);
  expect(most(skews)).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  expect(backwards).toBe(0);
  // The show clock stays with the machine's, whatever the composer's does.
  expect(most(lags)).toBeLessThanOrEqual(300);
});
