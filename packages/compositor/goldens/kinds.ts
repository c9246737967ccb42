import type { SurfaceKind } from '../src/surfaces/surface.ts';

/** The surfaces that golden pictures are painted on. */
export const KINDS = ['canvas', 'i420', 'webgl2'] as const satisfies readonly SurfaceKind[];
export type GoldenKind = (typeof KINDS)[number];

/** What a surface must not do: a comparison that lets it pass is worth nothing. */
export const MISTAKES = ['half a pixel', 'a wrong matrix', 'a wrong range'] as const;
export type Mistake = (typeof MISTAKES)[number];

export interface PaintOptions {
  readonly mistake?: Mistake | null;
  /** Frames in RGB instead of what the scene says: for the golden picture. */
  readonly exact?: boolean;
}
