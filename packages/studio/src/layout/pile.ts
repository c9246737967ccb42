import { aspectOf, type Rect } from './rect.ts';
import { rowSizes } from './row-sizes.ts';

const CAMERA = 16 / 9;
/** Of a 16:9 camera a tile narrower than this shows less than a head and its shoulders. */
const NARROWEST = 9 / 16;
/** Of a 16:9 camera a tile flatter than this shows too little of the height: heads are cut. */
const FLATTEST = 3.2;

/**
 * `count` tiles that fill `area` but for the gaps: rows as wide as the area, of one height, those with fewer (and so
 * larger) tiles first. Of all such piles the one that shows most of everybody's picture. SPEC L16.
 */
export function pileRects(area: Rect, count: number, gap: number): Rect[] {
  let best = rowsOf(area, count, 1, gap);
  for (let rows = 2; rows <= count; rows += 1) {
    const pile = rowsOf(area, count, rows, gap);
    if (worth(pile) > worth(best)) best = pile;
  }
  return best;
}

function rowsOf(area: Rect, count: number, rows: number, gap: number): Rect[] {
  const height = (area.height - (rows - 1) * gap) / rows;
  return rowSizes(count, rows)
    .reverse()
    .flatMap((size, row) => {
      const width = (area.width - (size - 1) * gap) / size;
      return Array.from({ length: size }, (_, column) => ({
        x: area.x + column * (width + gap),
        y: area.y + row * (height + gap),
        width,
        height,
      }));
    });
}

/** The harmonic mean of what the tiles are worth: one that is too small counts more than one that is large. */
function worth(tiles: readonly Rect[]): number {
  return tiles.length / tiles.reduce((sum, tile) => sum + 1 / worthOf(tile), 0);
}

/** Area, less what is cut off: sides are cut off rather than heads. */
function worthOf(tile: Rect): number {
  const aspect = aspectOf(tile);
  const area = tile.width * tile.height;
  const bearable = aspect < NARROWEST || aspect > FLATTEST ? 0.25 : 1;
  return bearable * area * (aspect > CAMERA ? CAMERA / aspect : Math.sqrt(aspect / CAMERA));
}
