import type { StreamHappening } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { chaptersOf } from './chapters.ts';

const START = Date.UTC(2026, 0, 1, 12);
const HOUR_MS = 3_600_000;
const hour = [{ fromMs: 0, toMs: HOUR_MS, airedAt: START }];
const event = (second: number, type: 'slate-shown' | 'programme-live' | 'show-began' | 'show-ended') => ({
  at: new Date(START + second * 1000).toISOString(),
  event: { type } satisfies StreamHappening,
});
const chapters = (...events: ReturnType<typeof event>[]) =>
  chaptersOf(events, hour, HOUR_MS).map(({ kind, seconds }) => [kind, seconds]);

test('a show without a break is one chapter', () => {
  expect(chapters()).toEqual([['start', 0]]);
  expect(chapters(event(-3, 'show-began'), event(2, 'programme-live'), event(3_600, 'show-ended'))).toEqual([
    ['start', 0],
  ]);
});

test('breaks and returns are chapters, in order whatever the order of the events', () => {
  expect(
    chapters(event(900, 'programme-live'), event(600, 'slate-shown'), event(1, 'programme-live')),
  ).toEqual([
    ['start', 0],
    ['break', 600],
    ['live', 900],
  ]);
});

test('what lasted less than ten seconds is no chapter', () => {
  expect(
    chapters(
      event(300, 'slate-shown'),
      event(304, 'programme-live'),
      event(600, 'slate-shown'),
      event(700, 'programme-live'),
      event(703, 'slate-shown'),
      event(705, 'programme-live'),
      event(3_595, 'slate-shown'),
    ),
  ).toEqual([
    ['start', 0],
    ['break', 600],
    ['live', 705],
  ]);
});

test('scenes on air are chapters by their name, as long as they are seen', () => {
  const scene = (second: number, name: string) => ({
    at: new Date(START + second * 1000).toISOString(),
    event: { type: 'scene-on-air', name } satisfies StreamHappening,
  });
  const found = chaptersOf(
    [
      scene(60, 'Interview'),
      scene(200, 'Passing by'),
      scene(204, 'Slides'),
      event(400, 'slate-shown'),
      scene(405, 'Not seen'),
      event(500, 'programme-live'),
      scene(700, 'Interview'),
      event(800, 'slate-shown'),
      event(803, 'programme-live'),
      scene(900, 'Interview'),
    ],
    hour,
    HOUR_MS,
  );
  expect(found.map(({ kind, title, seconds }) => [kind, title, seconds])).toEqual([
    ['start', null, 0],
    ['scene', 'Interview', 60],
    ['scene', 'Slides', 204],
    ['break', null, 400],
    ['live', null, 500],
    ['scene', 'Interview', 700],
  ]);
});

test('a programme that comes and goes for hours makes a bounded number of chapters', () => {
  const events = Array.from({ length: 200 }, (_, n) =>
    event(20 + n * 15, n % 2 === 0 ? 'slate-shown' : 'programme-live'),
  );
  expect(chapters(...events)).toHaveLength(100);
});

test('chapters follow the take, not the clock on the wall', () => {
  const stretches = [
    { fromMs: 0, toMs: 100_000, airedAt: START },
    { fromMs: 100_000, toMs: 300_000, airedAt: START + 500_000 },
  ];
  expect(chaptersOf([event(520, 'slate-shown')], stretches, 300_000)).toEqual([
    { kind: 'start', title: null, seconds: 0 },
    { kind: 'break', title: null, seconds: 120 },
  ]);
});
