import { type OwnLayout, ownLayoutSchema, personIdSchema, sourceId } from '@streamus/studio';
import { expect, test } from 'vitest';
import { missingLayouts, takenOver } from './other-layouts.ts';

const uuid = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;

const [ada, bob] = [personIdSchema.parse(uuid(7)), personIdSchema.parse(uuid(8))];

function layoutOf(n: number, holds: readonly OwnLayout['slots'][number]['holds'][] = []): OwnLayout {
  return ownLayoutSchema.parse({
    id: uuid(n),
    name: `Layout ${n}`,
    slots: holds.map((one, index) => ({
      id: uuid(100 + index),
      box: { x: 0, y: 0, width: 5000, height: 5000 },
      holds: one,
      fit: 'cover',
      crop: { left: 0, top: 0, right: 0, bottom: 0 },
      radius: 0,
      border: null,
    })),
  });
}

test('each layout that is not here is offered once', () => {
  const studios = [
    { name: 'Morning', layouts: [layoutOf(1), layoutOf(2)] },
    { name: 'Evening', layouts: [layoutOf(2), layoutOf(3)] },
  ];
  expect(missingLayouts(studios, { [uuid(1)]: {} })).toEqual([
    { layout: layoutOf(2), studioName: 'Morning' },
    { layout: layoutOf(3), studioName: 'Evening' },
  ]);
});

test('a slot that names somebody of the other studio takes the next in turn', () => {
  const layout = layoutOf(1, [
    { kind: 'source', source: sourceId('camera', ada) },
    { kind: 'person', index: 1 },
    { kind: 'source', source: sourceId('screen', ada) },
    { kind: 'source', source: sourceId('camera', bob) },
  ]);
  expect(takenOver(layout).slots.map(({ holds }) => holds)).toEqual([
    { kind: 'person', index: 2 },
    { kind: 'person', index: 1 },
    { kind: 'screen', index: 0 },
    { kind: 'person', index: 3 },
  ]);
  expect(ownLayoutSchema.safeParse(takenOver(layout)).success).toBe(true);
});
