import { WHOLE } from '@streamus/studio';
import { expect, test } from 'vitest';
import { grown, moved, resized, snapped } from './boxes.ts';

const box = { x: 1000, y: 2000, width: 3000, height: 3000 };
const REACH = { x: 100, y: 100 };

test('a box moves as far as it stays inside the programme', () => {
  expect(moved(box, 500, -500)).toEqual({ ...box, x: 1500, y: 1500 });
  expect(moved(box, -9000, 9000)).toEqual({ ...box, x: 0, y: 7000 });
});

test('a handle pulls its own edges and no others', () => {
  expect(resized(box, { x: 1, y: 0 }, 500, 500)).toEqual({ ...box, width: 3500 });
  expect(resized(box, { x: -1, y: -1 }, -9000, 500)).toEqual({ x: 0, y: 2500, width: 4000, height: 2500 });
  expect(resized(box, { x: 1, y: 1 }, -9000, 9000)).toEqual({ x: 1000, y: 2000, width: 400, height: 8000 });
  expect(grown(box, 100)).toEqual({ x: 900, y: 1900, width: 3200, height: 3200 });
});

test('edges and middles catch at the programme and at other boxes, the nearest first', () => {
  const free = { ...box, y: 2200 };
  const other = { x: 4090, y: 6000, width: 2000, height: 1000 };
  expect(snapped(free, [other], null, REACH)).toEqual({
    box: { ...free, x: 1090 },
    lines: { x: 4090, y: null },
  });
  expect(snapped({ ...free, x: 40, y: 6960 }, [], null, REACH)).toEqual({
    box: { ...free, x: 0, y: 7000 },
    lines: { x: 0, y: WHOLE },
  });
  expect(snapped({ ...free, width: 3950 }, [], { x: 1, y: 0 }, REACH)).toEqual({
    box: { ...free, width: 4000 },
    lines: { x: 5000, y: null },
  });
  expect(snapped(free, [], null, REACH).lines).toEqual({ x: null, y: null });
});
