import type { SurfaceKind } from '../src/surfaces/surface.ts';

/** The surfaces that golden pictures are painted on. */
export const KINDS = ['canvas', 'i420'] as const satisfies readonly SurfaceKind[];
export type GoldenKind = (typeof KINDS)[number];
