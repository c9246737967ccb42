import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DrawItem } from '../../draw-item.ts';
import { planesAt } from './planes.ts';
import {
  frames as anyFrame,
  drawItems,
  type FakeFrame,
  fakeFrame,
  picture,
  pixelsOf,
  SOURCES,
  startPainter,
} from './testing/fakes.ts';

const SIZE = { width: 64, height: 36 };
const BITMAP = { width: 21, height: 13, alpha: 200 };
const [ONE, TWO] = SOURCES;

test('a list that is painted again, with other frames, gives the picture of one that is painted whole', async () => {
  const { width, height } = SIZE;
  const anything = drawItems(SIZE);
  const side = fc.integer({ min: 1, max: 30 });
  /** Two pictures beside one another or over one another, with anything else over them. */
  const two: fc.Arbitrary<readonly DrawItem[]> = fc
    .record({
      left: side,
      meets: fc.constantFrom(0, 0, 7, 16),
      radius: fc.constantFrom(0, 0, 9),
      fit: fc.constantFrom('cover' as const, 'contain' as const),
      layer: fc.constantFrom(null, null, null, 1, 0.5),
      over: anything.map((items) => items.filter(({ kind }) => kind !== 'picture' && kind !== 'layer')),
    })
    .map(({ left, meets, radius, fit, layer, over }) => {
      const items = [
        picture({ x: 0, y: 0, width: left + meets, height }, { radius, fit }),
        picture({ x: left, y: 3, width: width - left, height: height - 3 }, { source: TWO, radius, fit }),
        ...over,
      ];
      return layer === null ? items : [{ kind: 'layer', items, opacity: layer, x: 0, y: 0, clip: null }];
    });
  const ground = fc.constantFrom<readonly DrawItem[]>([{ kind: 'fill', colour: '#204060' }], []);
  const shown = fc.array(fc.constantFrom(0, 1, 2, 3), { minLength: 2, maxLength: 2 });
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(ground, fc.oneof(anything, two)).map((parts) => parts.flat()),
      fc.array(anyFrame(40), { minLength: 3, maxLength: 3 }),
      fc.array(shown, { minLength: 2, maxLength: 5 }),
      async (items, given, turns) => {
        const [again, whole] = [await startPainter(SIZE), await startPainter(SIZE)];
        for (const turn of turns) {
          const pairs = SOURCES.flatMap((source, n) => {
            const frame = given[turn[n] ?? 3];
            return frame === undefined ? [] : [[source, frame] as const];
          });
          const pixels = pixelsOf(new Map(pairs), BITMAP);
          await again.painter.paint(items, pixels);
          await whole.painter.paint([...items], pixels);
          again.guarded.check();
          expect(pixelsIn(again.bytes())).toEqual(pixelsIn(whole.bytes()));
        }
      },
    ),
    { numRuns: 250 },
  );
});

test('a picture that lies over one with another frame is drawn as a whole', async () => {
  const items: readonly DrawItem[] = [
    { kind: 'fill', colour: '#204060' },
    picture({ x: 0, y: 0, width: 36, height: 36 }),
    picture({ x: 20, y: 4, width: 44, height: 30 }, { source: TWO }),
  ];
  const small = (seed: number) =>
    fakeFrame({ format: 'I420', size: { width: 17, height: 11 }, sample: (_, x, y) => (seed * x * y) % 200 });
  const [again, whole] = [await startPainter(SIZE), await startPainter(SIZE)];
  const above = small(7);
  for (const below of [small(3), small(5)]) {
    const pixels = pixelsOf(
      new Map([
        [ONE, below],
        [TWO, above],
      ]),
      BITMAP,
    );
    await again.painter.paint(items, pixels);
    await whole.painter.paint([...items], pixels);
    expect(pixelsIn(again.bytes())).toEqual(pixelsIn(whole.bytes()));
  }
});

/** Rows end before their stride does. */
function pixelsIn(bytes: Uint8Array): readonly number[] {
  const { y, u, v } = planesAt(0, SIZE);
  return [y, u, v].flatMap(({ at, stride, width, height }) =>
    Array.from({ length: height }, (_, row) => [
      ...bytes.slice(at + row * stride, at + row * stride + width),
    ]).flat(),
  );
}

test('of a list that is painted again, only what has another frame is copied', async () => {
  const { painter, read } = await startPainter(SIZE);
  const frame = (level: number) =>
    fakeFrame({ format: 'I420', size: { width: 32, height: 18 }, sample: () => level });
  const [standing, first, second] = [frame(60), frame(100), frame(140)];
  const items: readonly DrawItem[] = [
    { kind: 'fill', colour: '#000000' },
    picture({ x: 0, y: 0, width: 32, height: 18 }),
    picture({ x: 32, y: 18, width: 32, height: 18 }, { source: TWO }),
  ];
  const paint = (list: readonly DrawItem[], two: typeof first) =>
    painter.paint(
      list,
      pixelsOf(
        new Map([
          [ONE, standing],
          [TWO, two],
        ]),
        BITMAP,
      ),
    );
  await paint(items, first);
  await paint(items, second);
  expect([standing.copies, first.copies, second.copies]).toEqual([1, 1, 1]);
  expect([read('y', 10, 10), read('y', 40, 30)]).toEqual([60, 140]);
  await paint(items, second);
  expect(second.copies).toBe(1);
  await paint([...items], second);
  expect([standing.copies, second.copies]).toEqual([2, 2]);
});

test('what was painted in part, because a frame could not be read, is painted whole the next time', async () => {
  const { painter, read } = await startPainter(SIZE);
  const level = (of: number) =>
    fakeFrame({ format: 'I420', size: { width: 32, height: 18 }, sample: () => of });
  const items: readonly DrawItem[] = [
    { kind: 'fill', colour: '#000000' },
    picture({ x: 0, y: 0, width: 32, height: 18 }),
    picture({ x: 32, y: 18, width: 32, height: 18 }, { source: TWO }),
  ];
  const paint = (one: FakeFrame, two: FakeFrame) =>
    painter.paint(
      items,
      pixelsOf(
        new Map([
          [ONE, one],
          [TWO, two],
        ]),
        BITMAP,
      ),
    );
  const [before, after, broken, two] = [level(60), level(70), level(80), level(140)];
  broken.close();
  await paint(before, two);
  await expect(paint(after, broken)).rejects.toThrow('closed');
  await paint(before, two);
  expect([read('y', 10, 10), read('y', 40, 30)]).toEqual([60, 140]);
});
