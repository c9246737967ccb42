import type { SourceId } from '../ids.ts';
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
  /** Radius of the corners in programme pixels; 0 for a box as large as the programme. */
  readonly radius: number;
  readonly nameTag: string | null;
  /** Boxes are drawn from low to high. */
  readonly z: number;
}
