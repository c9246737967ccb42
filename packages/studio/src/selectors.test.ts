import { expect, test } from 'vitest';
import { initials } from './selectors.ts';

test.each([
  ['Gina', 'G'],
  ['anna maria del mar', 'AM'],
  ['— Ørsted 2 —', 'Ø2'],
  ['王小明', '王'],
  ['محمد علي', 'م\u200cع'],
  ['🚀✨', '🚀'],
  ['***', '?'],
])('%s is shown as %s where there is no picture', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
