import type { SourceId } from '@streamus/studio';
import type { DrawItem, Size } from '../draw-item.ts';
import type { Sprite } from '../sprites/sprite.ts';
import type { SpriteSpec, TickerText } from '../sprites/sprite-spec.ts';

/** Canvas2D; a GPU through WebGL2; the encoder's own format in WebAssembly on the processor. */
export type SurfaceKind = 'canvas' | 'webgl2' | 'i420';

/**
 * What a surface needs beside the draw list: pixels. A sprite is the same object for as long as it looks the
 * same, so that a surface may keep a copy of its own by it; it is open while it is given out and may be closed later.
 */
export interface Pixels {
  frame(source: SourceId): VideoFrame | undefined;
  /** What is not there is left out of the picture. */
  sprite(spec: SpriteSpec): Sprite | undefined;
  /** Of a whole text, in pixels; its sprites are pieces of it. */
  tickerWidth(ticker: TickerText): number | undefined;
}

/** Paints draw lists on a picture of the programme's size and hands it out. */
export interface Surface {
  readonly kind: SurfaceKind;
  /**
   * Paints over everything. The same list again: nothing but frames has changed since it was painted. Asynchronous where the pixels of frames are. Not called again before it is done; frames
   * stay open until then. Throws or rejects when the surface cannot go on.
   */
  paint(items: readonly DrawItem[], pixels: Pixels): void | Promise<void>;
  /** The painted picture as a frame the caller must close. */
  snapshot(timestampUs: number, durationUs: number): VideoFrame | Promise<VideoFrame>;
  /** The draw list has changed: copies of bitmaps it does not use any more may go. */
  forgetUnused(): void;
  close(): void;
}

/** Rejects with the reason when this browser or machine cannot have the surface. */
export type CreateSurface = (size: Size) => Promise<Surface>;
