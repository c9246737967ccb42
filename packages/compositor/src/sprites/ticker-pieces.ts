import type { StripItem } from '../draw-item.ts';
import type { TickerSpec } from './sprite-spec.ts';

/** Every WebGL2 has textures of this size (OpenGL ES 3.0, table 6.28); a canvas of Chrome ends at 65,535 pixels. */
const WIDEST = 2048;
/** Pixels that two neighbours both have: samples of chroma at a seam are the mean of either side. */
const COMMON = 2;
const STEP = WIDEST - 2 * COMMON;

/** Where a piece begins in its text, in pixels. */
export const pieceStart = (piece: number): number => piece * STEP - COMMON;

/** @param width of the whole text */
export const pieceWidth = (piece: number, width: number): number =>
  Math.min(WIDEST, width + COMMON - pieceStart(piece));

/** A piece of a text: its sprite's left edge is at `x`, and it is seen between two even columns. */
export interface Piece {
  readonly sprite: TickerSpec;
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The pieces that are in the box of a strip. Seen together they are what one sprite of the whole text would be.
 * @param width of the whole text; not known yet: none
 * @param around also those so many pixels beside the box
 */
export function stripPieces(
  { ticker, box, travel, towards }: StripItem,
  width: number | undefined,
  around = 0,
): readonly Piece[] {
  if (width === undefined) return [];
  const way = travel % (box.width + width);
  const start = Math.round(towards === 'left' ? box.x + box.width - way : box.x - width + way);
  const last = Math.ceil(width / STEP) - 1;
  const edge = (piece: number): number => 2 * Math.floor((start + piece * STEP) / 2);
  const pieces: Piece[] = [];
  for (let piece = 0; piece <= last; piece += 1) {
    const from = edge(piece);
    const to = piece === last ? 2 * Math.ceil((start + width) / 2) : edge(piece + 1);
    if (to <= box.x - around || from >= box.x + box.width + around) continue;
    pieces.push({
      sprite: { kind: 'ticker', ticker, piece },
      x: start + pieceStart(piece),
      from,
      to,
    });
  }
  return pieces;
}
