import { expect, test } from 'vitest';
import type { Action } from './action.ts';
import { searchActions } from './search-actions.ts';

const action = (name: string, over: Partial<Action> = {}): Action => ({
  id: name,
  group: 'show',
  name,
  run: () => {},
  ...over,
});
const names = (query: string) => searchActions(ALL, query).map(({ name }) => name);
const ALL = [
  action('Layout: Grid'),
  action('Scène: Café'),
  action('Grid off'),
  action('Talk', { held: true }),
];

test('all words must be there, in any order and without their accents', () => {
  expect(names('grid layout')).toEqual(['Layout: Grid']);
  expect(names('CAFE')).toEqual(['Scène: Café']);
  expect(names('grid moon')).toEqual([]);
});

test('what begins with the words comes first; what is done by holding a key is not found', () => {
  expect(names('grid')).toEqual(['Grid off', 'Layout: Grid']);
  expect(names('')).toHaveLength(3);
});
