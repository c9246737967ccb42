import { expect, test } from 'vitest';
import { runDriftingComposer } from './simulation/drifting-composer.ts';

const HOUR = {
  seed: 1,
  minutes: 60,
  loss: 0.01,
  roundTripMs: 60,
  reloadsAt: [12, 27, 44],
  firstPictureLateMs: 120,
  losses: [],
  detour: null,
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
  expect(most(skews.map(({ ms }) => ms))).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  expect(backwards).toBe(0);
  // The show clock stays with the machine's, whatever the composer's does.
  expect(most(lags.map(({ ms }) => ms))).toBeLessThanOrEqual(300);
});

const MINUTES = { ...HOUR, minutes: 4, reloadsAt: [], ppm: 50, soundPpm: 0 };

test('C4: a mix that loses half a second at once and a whole one slowly is in step again once reports tell', () => {
  const losses = [
    { fromMs: 60_000, toMs: 60_450, msPerSecond: 1_000 },
    { fromMs: 120_000, toMs: 140_000, msPerSecond: 50 },
  ];
  const { skews, backwards } = runDriftingComposer({ ...MINUTES, losses });
  const within = (fromMs: number, toMs: number) =>
    most(skews.filter(({ instant }) => instant >= fromMs && instant < toMs).map(({ ms }) => ms));
  expect(within(0, 60_000)).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  expect(within(73_000, 120_000)).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  // While it goes on, sound is behind by what was lost since the newest true report.
  expect(within(120_000, 153_000)).toBeLessThanOrEqual(SKEW_LIMIT_MS + 12 * 50);
  expect(within(153_000, 240_000)).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  expect(backwards).toBe(0);
});

test.each([600, 900])(
  'C3: a page that loses %i ms of sound as the show begins is in step with the second true report, and stays',
  (lostMs) => {
    const losses = [{ fromMs: 500, toMs: 3_500, msPerSecond: lostMs / 3 }];
    const { skews, backwards } = runDriftingComposer({ ...MINUTES, losses });
    const afterwards = skews.filter(({ instant }) => instant >= 16_000);
    expect(most(afterwards.map(({ ms }) => ms))).toBeLessThanOrEqual(SKEW_LIMIT_MS);
    expect(backwards).toBe(0);
  },
);

test.each(Array.from({ length: 24 }, (_, index) => 3_000 + index * 500))(
  'C3: sound of which most of a second was lost %i ms after the show began is in step after three, and stays',
  (fromMs) => {
    for (const lostMs of [600, 750, 870, 950]) {
      const losses = [{ fromMs, toMs: fromMs + 1_000, msPerSecond: lostMs }];
      const show = { ...MINUTES, minutes: 1, firstPictureLateMs: 0, losses };
      const { skews, backwards } = runDriftingComposer(show);
      const afterwards = skews.filter(({ instant }) => instant >= fromMs + 4_000);
      expect(most(afterwards.map(({ ms }) => ms)), `${lostMs} ms`).toBeLessThanOrEqual(SKEW_LIMIT_MS);
      expect(backwards).toBe(0);
    }
  },
);

test('C5: a way that is 800 ms longer from one moment on is followed within seconds, in step', () => {
  const detour = { fromMs: 60_000, laterMs: 800 };
  const { skews, lags, backwards } = runDriftingComposer({ ...MINUTES, detour });
  // Of the instants that are on their way at the step, picture and sound may be on either side of it.
  const elsewhere = ({ instant }: { instant: number }) => instant < detour.fromMs || instant >= 64_000;
  expect(most(skews.filter(elsewhere).map(({ ms }) => ms))).toBeLessThanOrEqual(SKEW_LIMIT_MS);
  expect(most(lags.filter(elsewhere).map(({ ms }) => ms))).toBeLessThanOrEqual(300);
  expect(backwards).toBe(0);
});
