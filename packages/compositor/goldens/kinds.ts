import type { Rect } from '@streamus/studio';
import type { SurfaceKind } from '../src/surfaces/surface.ts';

/** The surfaces that golden pictures are painted on. */
export const KINDS = ['canvas', 'i420', 'webgl2'] as const satisfies readonly SurfaceKind[];
export type GoldenKind = (typeof KINDS)[number];

/** What a surface must not do: a comparison that lets it pass is worth nothing. */
export const FRAME_MISTAKES = ['half a pixel', 'a wrong matrix', 'a wrong range'] as const;
export type FrameMistake = (typeof FRAME_MISTAKES)[number];
/** What must not happen to one name, text or image of a picture. */
export const PART_MISTAKES = ['left out', 'one wrong letter', 'two pixels beside its place'] as const;
export type PartMistake = (typeof PART_MISTAKES)[number];

/** Those that can happen in a scene: an image has no letters. */
export const possibleMistakes = (scene: string): readonly PartMistake[] =>
  PART_MISTAKES.filter((mistake) => mistake !== 'one wrong letter' || !/image/.test(scene));

/** Something small in a picture, and where it is: an overlay, a logo, a name tag, an avatar. Whole pixels. */
export interface Part extends Rect {
  readonly what: string;
}

export interface PaintOptions {
  readonly frameMistake?: FrameMistake;
  /** Happens to the uppermost part. */
  readonly partMistake?: PartMistake;
  /** Every brand is drawn in one font. */
  readonly oneFont?: boolean;
  /** Frames in RGB instead of what the scene says: for the golden picture. */
  readonly exact?: boolean;
}

export interface Painted {
  /** PNG in base64. */
  readonly picture: string;
  readonly parts: readonly Part[];
}
