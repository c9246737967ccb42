import type { Border, Box, Crop, Rect, SourceId } from '@streamus/studio';
import type { AvatarSpec, SpriteSpec, TickerText } from './sprites/sprite-spec.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An uploaded image as the file it came in, and its size in pixels. */
export interface LoadedImage extends Size {
  readonly file: Blob;
}

/** The newest frame of a source; while there is none, a panel with the avatar (screens: the panel alone). */
export interface PictureItem {
  readonly kind: 'picture';
  readonly source: SourceId;
  readonly box: Rect;
  readonly fit: Box['fit'];
  readonly crop: Crop;
  readonly radius: number;
  /** Along the inside of the box; `width` in programme pixels. */
  readonly border: Border | null;
  readonly avatar: AvatarSpec | null;
}

export interface SpriteItem {
  readonly kind: 'sprite';
  readonly sprite: SpriteSpec;
  /** Whose look it is; while its sprite is being made, the one that this slot showed before stands for it. */
  readonly slot: string;
  /** Which of the sprite's points is at (`x`, `y`): its lower edge's end or middle. */
  readonly anchor: 'left' | 'centre' | 'right';
  readonly x: number;
  readonly y: number;
  /** 0..1 */
  readonly opacity: number;
  /** Share of the sprite's width that is drawn, from its left edge. */
  readonly reveal: number;
  /** To the right, in widths of the sprite. */
  readonly shift: number;
}

/** A line of text that wanders through a box, comes in at one end and leaves at the other. */
export interface StripItem {
  readonly kind: 'strip';
  readonly ticker: TickerText;
  readonly slot: string;
  readonly box: Rect;
  /** Way made since the text began to come in, in pixels. */
  readonly travel: number;
  /** Where to; texts are read against it. */
  readonly towards: 'left' | 'right';
}

/** Everything of `items` as one picture. */
export interface LayerItem {
  readonly kind: 'layer';
  readonly items: readonly DrawItem[];
  readonly opacity: number;
  /** Where its upper left corner is. */
  readonly x: number;
  readonly y: number;
  /** Only this part is drawn, in programme pixels. */
  readonly clip: Rect | null;
}

/** What a surface draws; positions and lengths in programme pixels. */
export type DrawItem =
  | { readonly kind: 'fill'; readonly colour: string }
  | { readonly kind: 'plate'; readonly colour: string; readonly box: Rect; readonly opacity: number }
  | PictureItem
  | SpriteItem
  | StripItem
  | LayerItem;

/** Draw items, lowest first, and when (ms, wall clock) they have to be made anew though nothing else changed. */
export interface DrawList {
  readonly items: readonly DrawItem[];
  /** Null: never; not later than now: at every frame. */
  readonly changesAt: number | null;
  /** What will be drawn then. */
  readonly soon: readonly SpriteSpec[];
}
