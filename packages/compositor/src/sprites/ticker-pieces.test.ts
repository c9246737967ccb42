import { DEFAULT_BRAND } from '@streamus/studio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StripItem } from '../draw-item.ts';
import { pieceStart, pieceWidth, stripPieces } from './ticker-pieces.ts';

const look = { font: 'system', theme: 'plain', colours: DEFAULT_BRAND.colours } as const;

const strips = fc.record({
  kind: fc.constant('strip' as const),
  ticker: fc.constant({ text: 'News', look, height: 60 }),
  slot: fc.constant('news'),
  box: fc
    .record({ x: fc.integer({ min: -200, max: 200 }), width: fc.integer({ min: 90, max: 3840 }) })
    .map(({ x, width }) => ({ x: 2 * x, y: 0, width: 2 * width, height: 60 })),
  travel: fc.double({ min: 0, max: 300_000, noNaN: true }),
  towards: fc.constantFrom('left' as const, 'right' as const),
});

/** Where the whole text lies. */
function textAt({ box, travel, towards }: StripItem, width: number): number {
  const way = travel % (box.width + width);
  return Math.round(towards === 'left' ? box.x + box.width - way : box.x - width + way);
}

test('pieces fit any texture, and together show every column of the box that the text covers once', () => {
  fc.assert(
    fc.property(strips, fc.integer({ min: 1, max: 100_000 }), (item, width) => {
      const pieces = stripPieces(item, width);
      const start = textAt(item, width);
      const { x, width: across } = item.box;
      const [first, last] = [Math.max(x, start), Math.min(x + across, start + width)];
      if (first >= last) return;
      expect(pieces[0]?.from).toBeLessThanOrEqual(first);
      expect(pieces.at(-1)?.to).toBeGreaterThanOrEqual(last);
      for (const [index, piece] of pieces.entries()) {
        const { sprite, from, to } = piece;
        expect(piece.x).toBe(start + pieceStart(sprite.piece));
        expect([from % 2, to % 2].map(Math.abs)).toEqual([0, 0]);
        expect(from).toBe(pieces[index - 1]?.to ?? from);
        const wide = pieceWidth(sprite.piece, width);
        expect(wide).toBeLessThanOrEqual(2048);
        // What is seen of it is there, and so is the other half of the chroma samples at its ends.
        expect(piece.x).toBeLessThan(from);
        expect(piece.x + wide).toBeGreaterThanOrEqual(Math.min(to, start + width));
      }
    }),
  );
});

test('of a text far wider than the picture, only what is seen now is needed', () => {
  const box = { x: 0, y: 0, width: 1920, height: 67 };
  const item: StripItem = {
    kind: 'strip',
    ticker: { text: 'News', look, height: 67 },
    slot: 'news',
    box,
    travel: 40_000,
    towards: 'left',
  };
  expect(stripPieces(item, 70_000).map(({ sprite }) => sprite.piece)).toEqual([18, 19]);
});
