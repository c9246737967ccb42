import type { Size } from '../draw-item.ts';
import type { OverlayBytes } from '../surfaces/i420/overlay-planes.ts';

/** A sprite in the forms that surfaces draw. */
export interface Sprite extends Size {
  /** For canvases and graphics cards. */
  readonly bitmap: ImageBitmap | OffscreenCanvas;
  /** For the processor's kernels; null: they make it of the bitmap. */
  readonly overlay: OverlayBytes | null;
  /** Of a ticker's piece, how wide the whole text is; of anything else, its own width. */
  readonly wholeWidth: number;
}

export function closeSprite({ bitmap }: Sprite): void {
  if ('close' in bitmap) bitmap.close();
}
