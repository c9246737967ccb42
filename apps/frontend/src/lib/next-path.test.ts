import { expect, test } from 'vitest';
import { safeNextPath } from './next-path.ts';

test('a path of this site is kept', () => {
  expect(safeNextPath('/studio/1?x=2')).toBe('/studio/1?x=2');
});

test.each([
  null,
  '',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  'dashboard',
])('anything else leads to the dashboard: %s', (next) => {
  expect(safeNextPath(next)).toBe('/dashboard');
});
