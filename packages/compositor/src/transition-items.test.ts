import type { Transition } from '@streamus/studio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrawItem } from './draw-item.ts';
import { eased, transitionItems } from './transition-items.ts';

const before: DrawItem[] = [{ kind: 'fill', colour: '#000000' }];
const after: DrawItem[] = [{ kind: 'fill', colour: '#ffffff' }];
const SIZE = { width: 200, height: 100 };

function transition(change: Partial<Transition>): Transition {
  return { kind: 'fade', direction: 'left', durationMs: 300, easing: 'linear', ...change };
}

test('transitions begin with the old picture alone and end with the new one alone', () => {
  const kinds = fc.constantFrom('fade' as const, 'slide' as const, 'wipe' as const);
  const easings = fc.constantFrom(
    'linear' as const,
    'ease-in' as const,
    'ease-out' as const,
    'ease-in-out' as const,
  );
  const directions = fc.constantFrom('left' as const, 'right' as const, 'up' as const, 'down' as const);
  fc.assert(
    fc.property(kinds, easings, directions, (kind, easing, direction) => {
      const given = transition({ kind, easing, direction });
      expect(transitionItems(before, after, given, 0, SIZE)).toBe(before);
      expect(transitionItems(before, after, given, 1, SIZE)).toBe(after);
    }),
  );
});

test('easing rises from 0 to 1', () => {
  for (const easing of ['linear', 'ease-in', 'ease-out', 'ease-in-out'] as const) {
    const steps = Array.from({ length: 101 }, (_, index) => eased(easing, index / 100));
    expect([steps[0], steps[100]]).toEqual([0, 1]);
    expect(steps.every((value, index) => value >= (steps[index - 1] ?? 0))).toBe(true);
  }
});

test('a cut is the new picture at once', () => {
  expect(transitionItems(before, after, transition({ kind: 'cut' }), 0.1, SIZE)).toBe(after);
});

test('a fade mixes the new picture as one over the old', () => {
  expect(transitionItems(before, after, transition({}), 0.25, SIZE)).toEqual([
    ...before,
    { kind: 'layer', items: after, opacity: 0.25, x: 0, y: 0, clip: null },
  ]);
});

test.each([
  ['left', [-50, 0], [150, 0]],
  ['right', [50, 0], [-150, 0]],
  ['up', [0, -24], [0, 76]],
  ['down', [0, 26], [0, -74]],
] as const)('a slide to the %s pushes the old picture out', (direction, old, fresh) => {
  const layers = transitionItems(before, after, transition({ kind: 'slide', direction }), 0.25, SIZE);
  expect(layers.map((item) => (item.kind === 'layer' ? [item.x, item.y] : null))).toEqual([old, fresh]);
});

test.each([
  ['left', { x: 150, y: 0, width: 50, height: 100 }],
  ['right', { x: 0, y: 0, width: 50, height: 100 }],
  ['up', { x: 0, y: 74, width: 200, height: 26 }],
  ['down', { x: 0, y: 0, width: 200, height: 26 }],
] as const)('a wipe to the %s uncovers the new picture from the other side', (direction, clip) => {
  const items = transitionItems(before, after, transition({ kind: 'wipe', direction }), 0.25, SIZE);
  expect(items.at(-1)).toMatchObject({ kind: 'layer', clip, opacity: 1 });
});
