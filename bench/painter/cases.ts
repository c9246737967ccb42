import type { SurfaceKind } from '@streamus/compositor/surfaces/surface';

export interface PainterCase {
  readonly tiles: 1 | 4 | 10;
  readonly source: { readonly width: number; readonly height: number };
  readonly programme: { readonly width: number; readonly height: number };
  /** As cameras send them, to be converted to the programme's BT.709; or as the programme has them. */
  readonly colours: 'bt601' | 'bt709';
  /** Rounded corners, borders and a bitmap on each tile. */
  readonly dressed: boolean;
}

/** Surfaces to measure: those that the browser cannot have are left out. */
export const SURFACES: readonly SurfaceKind[] = ['canvas', 'i420', 'webgl2'];
/** FFmpeg does on the processor what this surface does; only there the colours of the sources make a difference. */
const COMPARED: SurfaceKind = 'i420';

export const surfacesFor = ({ colours }: PainterCase): readonly SurfaceKind[] =>
  colours === 'bt601' ? SURFACES : [COMPARED];

/** Columns of the grid; every tile has the programme's shape. */
export const columnsOf = (tiles: PainterCase['tiles']): number => ({ 1: 1, 4: 2, 10: 4 })[tiles];

export function tileOf({ tiles, programme }: Pick<PainterCase, 'tiles' | 'programme'>) {
  const columns = columnsOf(tiles);
  const even = (length: number): number => 2 * Math.floor(length / columns / 2);
  return { width: even(programme.width), height: even(programme.height) };
}

const P720 = { width: 1280, height: 720 };
const P1080 = { width: 1920, height: 1080 };

/** Of the tile's own size, and cameras as they come. */
function sourcesFor(tiles: PainterCase['tiles'], programme: PainterCase['programme']) {
  const own = tileOf({ tiles, programme });
  return own.width === P720.width ? [P720] : [own, P720];
}

export const CASES: readonly PainterCase[] = [P720, P1080].flatMap((programme) =>
  ([1, 4, 10] as const).flatMap((tiles) =>
    sourcesFor(tiles, programme).flatMap((source) =>
      (['bt601', 'bt709'] as const).map((colours) => ({ tiles, programme, source, colours, dressed: false })),
    ),
  ),
);

/** What a show looks like, and what it costs the encoder besides. */
export const DRESSED: PainterCase = {
  tiles: 10,
  programme: P1080,
  source: P720,
  colours: 'bt601',
  dressed: true,
};
export const CHAIN: PainterCase = {
  tiles: 10,
  programme: P1080,
  source: tileOf({ tiles: 10, programme: P1080 }),
  colours: 'bt601',
  dressed: true,
};
