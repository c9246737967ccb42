import { expect, test } from 'vitest';
import { planesAt, planesBytes } from './planes.ts';
import { rgbaOfPlanes } from './rgba-of-planes.ts';

test('white, black and full colours come back as they were, at the edges of an odd picture too', () => {
  const size = { width: 3, height: 3 };
  const memory = new Uint8Array(16 + planesBytes(size));
  const { y, u, v } = planesAt(16, size);
  const set = (column: number, row: number, [luma, blue, red]: readonly [number, number, number]) => {
    memory[y.at + row * y.stride + column] = luma;
    memory[u.at + (row >> 1) * u.stride + (column >> 1)] = blue;
    memory[v.at + (row >> 1) * v.stride + (column >> 1)] = red;
  };
  // ITU-R BT.709 limited: white, black, red, green.
  set(0, 0, [235, 128, 128]);
  set(1, 1, [16, 128, 128]);
  set(2, 0, [63, 102, 240]);
  set(2, 2, [173, 42, 26]);
  const pixels = rgbaOfPlanes(memory, planesAt(16, size), size);
  const at = (column: number, row: number) => [
    ...pixels.slice(4 * (3 * row + column), 4 * (3 * row + column) + 4),
  ];
  expect(at(0, 0)).toEqual([255, 255, 255, 255]);
  expect(at(1, 1)).toEqual([0, 0, 0, 255]);
  const red = at(2, 0).map((value, channel) => Math.abs(value - ([255, 0, 0, 255][channel] ?? 0)));
  const green = at(2, 2).map((value, channel) => Math.abs(value - ([0, 255, 0, 255][channel] ?? 0)));
  expect(Math.max(...red, ...green)).toBeLessThanOrEqual(2);
});
