import type { SourceId } from '../ids.ts';
import type { Border, Crop } from './own-layout.ts';
import type { Rect } from './rect.ts';

export type { Rect } from './rect.ts';

/** What is known at this moment about a source that somebody in the room offers. */
export interface SourceFacts {
  readonly present: true;
  readonly hasVideo: boolean;
  /** Width / height of its picture, once known. */
  readonly aspect?: number;
}

export type SourceFactsMap = ReadonlyMap<SourceId, SourceFacts>;

/** Where one source is drawn: programme pixels, even, inside the programme. */
export interface Box extends Rect {
  readonly source: SourceId;
  /** cover: the picture fills the box and is cut; contain: the whole picture is seen. */
  readonly fit: 'cover' | 'contain';
  /** What is cut off the picture before it is fitted, in ten-thousandths of it. */
  readonly crop: Crop;
  /** Radius of the corners in programme pixels; 0 for a box as large as the programme. */
  readonly radius: number;
  /** A line along the inside of the box; `width` in programme pixels. */
  readonly border: Border | null;
  readonly nameTag: string | null;
  /** Boxes are drawn from low to high. */
  readonly z: number;
}
