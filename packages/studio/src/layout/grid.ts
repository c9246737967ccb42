import type { Rect } from './rect.ts';
import { rowSizes } from './row-sizes.ts';

const IDEAL_ASPECT = 16 / 9;
/** A head and shoulders still fit; narrower tiles would cut shoulders off. */
const NARROWEST_ASPECT = 3 / 4;

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
}

/**
 * `count` tiles of one size that use `area` well: rows differ by one tile at most, longer rows on top, each
 * row and the whole block in the middle. Returns them in reading order. SPEC L6.
 */
export function gridRects(area: Rect, count: number, gap: number): Rect[] {
  const shape = bestShape(area, count, gap);
  const blockHeight = shape.rows * shape.tileHeight + (shape.rows - 1) * gap;
  const top = area.y + (area.height - blockHeight) / 2;
  return rowSizes(count, shape.rows).flatMap((size, row) => {
    const rowWidth = size * shape.tileWidth + (size - 1) * gap;
    const left = area.x + (area.width - rowWidth) / 2;
    return Array.from({ length: size }, (_, column) => ({
      x: left + column * (shape.tileWidth + gap),
      y: top + row * (shape.tileHeight + gap),
      width: shape.tileWidth,
      height: shape.tileHeight,
    }));
  });
}

function bestShape(area: Rect, count: number, gap: number): Shape {
  let best = shapeOf(area, count, 1, gap);
  for (let columns = 2; columns <= count; columns += 1) {
    const shape = shapeOf(area, count, columns, gap);
    if (worth(shape) > worth(best)) best = shape;
  }
  return best;
}

function shapeOf(area: Rect, count: number, columns: number, gap: number): Shape {
  const rows = Math.ceil(count / columns);
  const cellWidth = (area.width - (columns - 1) * gap) / columns;
  const cellHeight = (area.height - (rows - 1) * gap) / rows;
  const tileWidth = Math.min(cellWidth, cellHeight * IDEAL_ASPECT);
  const tileHeight = Math.min(cellHeight, tileWidth / NARROWEST_ASPECT);
  return { rows, columns, tileWidth, tileHeight };
}

/** Picture area per tile, less what a tile that is not 16:9 cuts off its picture (weighed by half). */
function worth({ tileWidth, tileHeight }: Shape): number {
  return tileWidth * tileHeight * Math.sqrt(Math.min(1, tileWidth / tileHeight / IDEAL_ASPECT));
}
