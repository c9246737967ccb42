/** A part of the programme's picture, in programme pixels from its top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The nearest rectangle inside `rect` whose edges are even: chroma of 4:2:0 video has half the resolution, and
 * an odd edge would bleed colour or be refused by frame copies (media.md 4.5). SPEC L2.
 */
export function even(rect: Rect): Rect {
  // A thousandth of a pixel forgives the rounding of the divisions before.
  const x = Math.max(0, 2 * Math.ceil((rect.x - 1e-3) / 2));
  const y = Math.max(0, 2 * Math.ceil((rect.y - 1e-3) / 2));
  const right = 2 * Math.floor((rect.x + rect.width + 1e-3) / 2);
  const bottom = 2 * Math.floor((rect.y + rect.height + 1e-3) / 2);
  return { x, y, width: Math.max(2, right - x), height: Math.max(2, bottom - y) };
}

export function inset(rect: Rect, by: number): Rect {
  return { x: rect.x + by, y: rect.y + by, width: rect.width - 2 * by, height: rect.height - 2 * by };
}

/** The largest rectangle of shape `aspect` (width / height) in the middle of `rect`. */
export function fitInside(rect: Rect, aspect: number): Rect {
  const width = Math.min(rect.width, rect.height * aspect);
  const height = Math.min(rect.height, rect.width / aspect);
  return { x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width, height };
}

export function aspectOf(rect: Rect): number {
  return rect.width / rect.height;
}
