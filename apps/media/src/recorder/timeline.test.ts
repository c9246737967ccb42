import { expect, test } from 'vitest';
import type { SegmentFacts } from './take.ts';
import { placeOf, timelineOf } from './timeline.ts';

const segment = (index: number, time: number, durationMs = 2_000): SegmentFacts => ({
  index,
  time,
  durationMs,
  sets: '00000000',
  sha256: '',
});
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));
const part = (startedSecond: number, startedTime: number, segments: SegmentFacts[]) => ({
  facts: { startedAt: at(startedSecond).toISOString(), startedTime },
  segments,
});

test('a take begins at zero, and every life of egress is put behind the one before', () => {
  const { placed, durationMs } = timelineOf([
    part(0, 500, [segment(0, 500), segment(1, 2_500)]),
    part(9, 0, [segment(0, 0), segment(1, 2_000, 1_500)]),
  ]);
  expect(placed.map(({ segment: { time }, offsetMs }) => time + offsetMs)).toEqual([0, 2_000, 4_000, 6_000]);
  expect(durationMs).toBe(7_500);
});

test('a hole is cut out, small differences stay as they are', () => {
  const { placed, stretches, durationMs } = timelineOf([
    part(0, 0, [segment(0, 0), segment(1, 2_040), segment(9, 60_000)]),
  ]);
  expect(placed.map(({ segment: { time }, offsetMs }) => time + offsetMs)).toEqual([0, 2_040, 4_040]);
  expect(durationMs).toBe(6_040);
  expect(stretches.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [0, 4_040],
    [4_040, 6_040],
  ]);
});

test('a moment on air is found in the take, one in a hole where the take goes on', () => {
  const { stretches } = timelineOf([
    part(0, 0, [segment(0, 0), segment(1, 2_000)]),
    part(30, 0, [segment(0, 0)]),
  ]);
  const place = (second: number) => placeOf(stretches, at(second).getTime());
  expect([place(-5), place(0), place(3), place(10), place(31), place(33)]).toEqual([
    0,
    0,
    3_000,
    4_000,
    5_000,
    undefined,
  ]);
});

test('a part whose facts are lost still takes its place', () => {
  const { stretches, durationMs } = timelineOf([
    { facts: undefined, segments: [segment(0, 7_000)] },
    part(30, 0, [segment(0, 0)]),
  ]);
  expect(durationMs).toBe(4_000);
  expect(placeOf(stretches, at(31).getTime())).toBe(3_000);
});

test('a clock that is stepped back within a part is a hole, too', () => {
  const { placed } = timelineOf([part(0, 0, [segment(0, 90_000), segment(1, 100)])]);
  expect(placed.map(({ segment: { time }, offsetMs }) => time + offsetMs)).toEqual([0, 2_000]);
});
