import fc from 'fast-check';
import type { DrawItem } from '../../../draw-item.ts';
import { planesAt } from '../planes.ts';
import { drawItems, frames, pixelsOf, SOURCES, startPainter } from './fakes.ts';

/** What memory holds before anything is written to it. */
const MARKS = [0xa5, 0x3c] as const;
const BLACK: DrawItem = { kind: 'fill', colour: '#000000' };

/**
 * Paints anything on anything. Throws where a guard is written over, where something is not given back, and where the
 * picture depends on what was in the memory before: then something was read that nobody wrote.
 */
export async function fuzzPainting(runs: number, size: { width: number; height: number }): Promise<void> {
  const [one, two] = SOURCES;
  const painting = fc.record({
    items: drawItems(size),
    first: frames(90),
    second: frames(90),
    bitmap: fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 50 }),
      alpha: fc.constantFrom(0, 200, 255),
    }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(painting, { minLength: 1, maxLength: 3 }), async (paintings) => {
      const pictures: Uint8Array[] = [];
      for (const mark of MARKS) {
        const { painter, guarded, bytes } = await startPainter(size, undefined, mark);
        await painter.paint([BLACK], pixelsOf(new Map(), { width: 1, height: 1, alpha: 0 }));
        for (const { items, first, second, bitmap } of paintings) {
          const shown = new Map([
            [one, first],
            [two, second],
          ]);
          await painter.paint(items, pixelsOf(shown, bitmap));
          painter.forgetUnused();
          guarded.check();
        }
        pictures.push(bytes());
        painter.close();
        if (guarded.taken !== 0) throw new Error(`${guarded.taken} bytes were not given back`);
      }
      const [seen, again] = pictures;
      const differs = seen?.findIndex((byte, n) => byte !== again?.[n] && isPixel(n, size));
      if (differs !== -1) throw new Error(`byte ${differs} comes from memory that nobody wrote`);
    }),
    { numRuns: runs },
  );
}

/** Rows end before their stride does. */
function isPixel(offset: number, size: { width: number; height: number }): boolean {
  const { y, u, v } = planesAt(0, size);
  const plane = [v, u, y].find(({ at }) => at <= offset) ?? y;
  return (offset - plane.at) % plane.stride < plane.width;
}
