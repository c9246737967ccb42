import { expect, test } from 'vitest';
import { clock, dayAndTime, fileSize } from './times.ts';

test.each([
  [-5, '0:00'],
  [7_900, '0:07'],
  [754_000, '12:34'],
  [3_723_000, '1:02:03'],
])('%i ms reads %s', (ms, text) => {
  expect(clock(ms)).toBe(text);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [48_000_000, '48 MB'],
  [3_200_000_000, '3.2 GB'],
])('%i bytes read %s', (bytes, text) => {
  expect(fileSize(bytes)).toBe(text);
});

test('a day names its year when that is not the current one', () => {
  const now = new Date(2026, 5, 1);
  expect(dayAndTime(new Date(2026, 10, 3, 20).toISOString(), now)).not.toContain('2026');
  expect(dayAndTime(new Date(2031, 4, 4, 19, 30).toISOString(), now)).toContain('2031');
});
