import {
  type AssetId,
  type Box,
  type Composition,
  type Corner,
  initials,
  personOfSource,
  type Rect,
  type SourceId,
  sourceKind,
} from '@streamus/studio';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A person without a picture: their initials on a disc. `size` in programme pixels. */
export interface AvatarSpec {
  readonly kind: 'avatar';
  readonly initials: string;
  readonly colour: string;
  readonly size: number;
}

/** A name on a plate with a bar in the accent colour. Lengths in programme pixels. */
export interface NameTagSpec {
  readonly kind: 'name-tag';
  readonly text: string;
  readonly accent: string;
  readonly height: number;
  readonly maxWidth: number;
}

/** Something rasterised once and drawn until its spec changes. */
export type SpriteSpec = AvatarSpec | NameTagSpec;

export type DrawItem =
  | { readonly kind: 'fill'; readonly colour: string }
  /** The part `from` of a loaded image, scaled into `to`. */
  | { readonly kind: 'image'; readonly asset: AssetId; readonly from: Rect; readonly to: Rect }
  /** The newest frame of a source; while there is none, a panel with the avatar (screens: the panel alone). */
  | {
      readonly kind: 'picture';
      readonly source: SourceId;
      readonly box: Rect;
      readonly fit: Box['fit'];
      readonly radius: number;
      readonly avatar: AvatarSpec | null;
    }
  /** A sprite whose lower left corner is at (`left`, `bottom`). */
  | { readonly kind: 'sprite'; readonly sprite: SpriteSpec; readonly left: number; readonly bottom: number };

/** Behind whole pictures and avatars; darker than any background a text could stand on. */
export const PANEL_COLOUR = '#1a2030';
/** Discs of avatars: seven hues of one lightness, white text on each has a contrast above 4.5:1. */
const AVATAR_COLOURS = ['#3f5bd9', '#7a4bd0', '#b03a86', '#b8443c', '#8a6410', '#2f7d4f', '#1f7390'] as const;

/**
 * What the programme shows, lowest first, in programme pixels. Pure; changes only with the composition, the boxes
 * or the loaded images, never with frames. `assets` holds the sizes of the images that are loaded.
 */
export function drawList(
  composition: Composition,
  boxes: readonly Box[],
  assets: ReadonlyMap<AssetId, Size>,
): DrawItem[] {
  return [
    ...background(composition, assets),
    ...[...boxes].sort((a, b) => a.z - b.z).flatMap((box) => boxItems(composition, box)),
    ...logo(composition, assets),
  ];
}

function background({ programme, air }: Composition, assets: ReadonlyMap<AssetId, Size>): DrawItem[] {
  if (air.background.kind === 'colour') return [{ kind: 'fill', colour: air.background.colour }];
  const { asset } = air.background;
  const size = assets.get(asset);
  if (size === undefined) return [{ kind: 'fill', colour: '#000000' }];
  const { width, height } = programme;
  const { from, to } = placePicture('cover', { x: 0, y: 0, width, height }, size);
  return [
    { kind: 'fill', colour: '#000000' },
    { kind: 'image', asset, from, to },
  ];
}

function boxItems(composition: Composition, box: Box): DrawItem[] {
  const picture: DrawItem = {
    kind: 'picture',
    source: box.source,
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    fit: box.fit,
    radius: box.radius,
    avatar: avatar(composition, box),
  };
  if (box.nameTag === null) return [picture];
  const height = tagHeight(composition, box);
  const margin = Math.round(height * 0.35);
  const sprite: NameTagSpec = {
    kind: 'name-tag',
    text: box.nameTag,
    accent: composition.air.brand.colours.accent,
    height,
    maxWidth: box.width - 2 * margin,
  };
  return [picture, { kind: 'sprite', sprite, left: box.x + margin, bottom: box.y + box.height - margin }];
}

/** Legible on a phone (3.6 % of the programme's height) without covering a small tile's face. */
function tagHeight({ programme }: Composition, box: Box): number {
  const side = Math.min(programme.width, programme.height);
  return Math.round(Math.min(0.06 * side, Math.max(0.044 * side, 0.1 * box.height)));
}

function avatar(composition: Composition, box: Box): AvatarSpec | null {
  if (sourceKind(box.source) === 'screen') return null;
  const person = personOfSource(composition, box.source);
  const seed = [...box.source].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7);
  return {
    kind: 'avatar',
    initials: initials(person?.name ?? ''),
    colour: AVATAR_COLOURS[seed % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0],
    size: 2 * Math.round(0.21 * Math.min(box.width, box.height)),
  };
}

/** Room for a medium logo: 16 % of the programme's width and 12 % of its height. */
const LOGO_SCALE = { small: 0.65, medium: 1, large: 1.5 } as const;

function logo({ programme, air }: Composition, assets: ReadonlyMap<AssetId, Size>): DrawItem[] {
  const { logo: shown } = air.brand;
  if (shown === null) return [];
  const size = assets.get(shown.asset);
  if (size === undefined) return [];
  const room = LOGO_SCALE[shown.size];
  const area = { width: 0.16 * room * programme.width, height: 0.12 * room * programme.height };
  const scale = Math.min(area.width / size.width, area.height / size.height);
  const drawn = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  return [
    {
      kind: 'image',
      asset: shown.asset,
      from: wholeOf(size),
      to: { ...cornerOf(shown.corner, drawn, programme), ...drawn },
    },
  ];
}

function cornerOf(corner: Corner, size: Size, programme: Size): { x: number; y: number } {
  const margin = Math.round(0.035 * Math.min(programme.width, programme.height));
  const right = programme.width - size.width - margin;
  const bottom = programme.height - size.height - margin;
  switch (corner) {
    case 'top-left':
      return { x: margin, y: margin };
    case 'top-right':
      return { x: right, y: margin };
    case 'bottom-left':
      return { x: margin, y: bottom };
    case 'bottom-right':
      return { x: right, y: bottom };
  }
}

/** An ImageBitmap's sizes are no properties of its own: a spread would lose them. */
function wholeOf({ width, height }: Size): Rect {
  return { x: 0, y: 0, width, height };
}

/** Which part of a picture of `size` goes where in `box`: cut to fill it, or whole in its middle. */
export function placePicture(fit: Box['fit'], box: Rect, size: Size): { from: Rect; to: Rect } {
  if (fit === 'cover') {
    const scale = Math.max(box.width / size.width, box.height / size.height);
    const width = Math.min(size.width, box.width / scale);
    const height = Math.min(size.height, box.height / scale);
    return {
      from: { x: (size.width - width) / 2, y: (size.height - height) / 2, width, height },
      to: box,
    };
  }
  const scale = Math.min(box.width / size.width, box.height / size.height);
  const width = Math.min(box.width, size.width * scale);
  const height = Math.min(box.height, size.height * scale);
  return {
    from: wholeOf(size),
    to: { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height },
  };
}
