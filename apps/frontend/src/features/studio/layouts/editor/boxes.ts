import { type Area, WHOLE } from '@streamus/studio';

/** Smaller ones nobody could grasp: 4 % of the programme. */
const LEAST = 400;

const within = (value: number, least: number, most: number) =>
  Math.round(Math.min(Math.max(value, least), most));

/** The box moved, as far as it stays inside the programme. */
export function moved(box: Area, dx: number, dy: number): Area {
  return {
    ...box,
    x: within(box.x + dx, 0, WHOLE - box.width),
    y: within(box.y + dy, 0, WHOLE - box.height),
  };
}

/** Which edges a handle pulls: −1 left or top, 1 right or bottom, 0 neither. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

/** The box with the edges of a handle moved; the opposite ones stay. */
export function resized(box: Area, handle: Handle, dx: number, dy: number): Area {
  const [x, width] = pulled(box.x, box.width, handle.x, dx);
  const [y, height] = pulled(box.y, box.height, handle.y, dy);
  return { x, y, width, height };
}

function pulled(start: number, size: number, edge: -1 | 0 | 1, by: number): readonly [number, number] {
  const end = start + size;
  if (edge === 1) return [start, within(end + by, start + LEAST, WHOLE) - start];
  if (edge === 0) return [start, size];
  const moves = within(start + by, 0, end - LEAST);
  return [moves, end - moves];
}

/** The box larger or smaller by `by` at every side, as far as there is room. */
export function grown(box: Area, by: number): Area {
  return resized(resized(box, { x: -1, y: -1 }, -by, -by), { x: 1, y: 1 }, by, by);
}

/** Lines at which an edge or a middle has caught, in parts of the programme. */
export interface SnapLines {
  readonly x: number | null;
  readonly y: number | null;
}

export const NO_LINES: SnapLines = { x: null, y: null };

function linesOf(others: readonly Area[], side: 'x' | 'y'): number[] {
  const size = side === 'x' ? 'width' : 'height';
  return [
    0,
    WHOLE / 2,
    WHOLE,
    ...others.flatMap((other) => [other[side], other[side] + other[size] / 2, other[side] + other[size]]),
  ];
}

interface Catch {
  readonly line: number;
  readonly by: number;
}

/** The nearest line that one of `points` is close to. */
function nearest(points: readonly number[], lines: readonly number[], reach: number): Catch | null {
  let best: Catch | null = null;
  for (const point of points) {
    for (const line of lines) {
      const by = line - point;
      if (Math.abs(by) <= reach && (best === null || Math.abs(by) < Math.abs(best.by))) best = { line, by };
    }
  }
  return best;
}

/**
 * The box drawn to lines nearby: edges and middles of the programme and of the other boxes. `handle`: only the edges
 * it pulls are drawn; null: the box moves as a whole. `reach` is the distance that catches, by direction.
 */
export function snapped(
  box: Area,
  others: readonly Area[],
  handle: Handle | null,
  reach: { readonly x: number; readonly y: number },
): { readonly box: Area; readonly lines: SnapLines } {
  const points = (start: number, size: number, edge: -1 | 0 | 1 | null) => {
    if (edge === null) return [start, start + size / 2, start + size];
    if (edge === 0) return [];
    return [edge === -1 ? start : start + size];
  };
  const x = nearest(points(box.x, box.width, handle?.x ?? null), linesOf(others, 'x'), reach.x);
  const y = nearest(points(box.y, box.height, handle?.y ?? null), linesOf(others, 'y'), reach.y);
  const [dx, dy] = [x?.by ?? 0, y?.by ?? 0];
  return {
    box: handle === null ? moved(box, dx, dy) : resized(box, handle, dx, dy),
    lines: { x: x?.line ?? null, y: y?.line ?? null },
  };
}
