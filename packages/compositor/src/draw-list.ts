import {
  type AssetId,
  avatarColour,
  type Box,
  type Composition,
  type Corner,
  initials,
  personOfSource,
  sourceKind,
} from '@streamus/studio';
import type { DrawItem, DrawList, Size } from './draw-item.ts';
import { imageItem } from './image-item.ts';
import { MARGIN, overlayItems, type Shown, STILL, tickerTop } from './overlays/overlay-items.ts';
import { placePicture, wholeOf } from './place-picture.ts';
import type { AvatarSpec, NameTagSpec } from './sprites/sprite-spec.ts';

/** Behind whole pictures and avatars; darker than any background a text could stand on. */
export const PANEL_COLOUR = '#1a2030';

/**
 * What the programme shows, lowest first, in programme pixels. Pure; changes only with what it is given, never with
 * frames. `assets` holds the sizes of the images that are loaded; `shown` the overlays, in drawing order.
 */
export function drawList(input: {
  readonly composition: Composition;
  readonly boxes: readonly Box[];
  readonly assets: ReadonlyMap<AssetId, Size>;
  readonly shown: readonly Shown[];
  /** This machine's clock, ms. */
  readonly nowMs: number;
  /** How far the clock that countdowns and clocks go by is ahead of it. */
  readonly clockAheadMs: number;
}): DrawList {
  const { composition, boxes, assets, shown, nowMs, clockAheadMs } = input;
  const overlays = overlayItems(composition, shown, assets, { nowMs, clockAheadMs });
  const lowest = tickerTop(composition.programme, shown);
  return {
    items: [
      ...background(composition, assets),
      ...[...boxes].sort((a, b) => a.z - b.z).flatMap((box) => boxItems(composition, box, lowest)),
      ...overlays.items,
      ...logo(composition, assets),
    ],
    changesAt: overlays.changesAt,
    soon: overlays.soon,
  };
}

function background({ programme, air }: Composition, assets: ReadonlyMap<AssetId, Size>): DrawItem[] {
  if (air.background.kind === 'colour') return [{ kind: 'fill', colour: air.background.colour }];
  const { asset } = air.background;
  const size = assets.get(asset);
  if (size === undefined) return [{ kind: 'fill', colour: '#000000' }];
  const { width, height } = programme;
  const placed = placePicture('cover', { x: 0, y: 0, width, height }, size);
  return [{ kind: 'fill', colour: '#000000' }, imageItem('background', asset, placed, 1)];
}

/** @param lowest where a name tag may end: a ticker would run through it */
function boxItems(composition: Composition, box: Box, lowest: number): DrawItem[] {
  const picture: DrawItem = {
    kind: 'picture',
    source: box.source,
    box: { x: box.x, y: box.y, width: box.width, height: box.height },
    fit: box.fit,
    crop: box.crop,
    radius: box.radius,
    border: box.border,
    avatar: avatar(composition, box),
  };
  if (box.nameTag === null) return [picture];
  const { font, theme, colours, nameTags } = composition.air.brand;
  const height = tagHeight(composition, box);
  const margin = Math.round(height * 0.35);
  const tag: NameTagSpec = {
    kind: 'name-tag',
    style: nameTags.style,
    text: box.nameTag,
    look: { font, theme, colours },
    height,
    maxWidth: box.width - 2 * margin,
  };
  const bottom = Math.min(box.y + box.height, lowest);
  const place = { anchor: 'left', x: box.x + margin, y: bottom - margin } as const;
  return [picture, { kind: 'sprite', sprite: tag, slot: `tag ${box.source}`, ...place, ...STILL }];
}

/** Legible on a phone (3.6 % of the programme's height) without covering a small tile's face. */
function tagHeight({ programme }: Composition, box: Box): number {
  const side = Math.min(programme.width, programme.height);
  return Math.round(Math.min(0.06 * side, Math.max(0.044 * side, 0.1 * box.height)));
}

function avatar(composition: Composition, box: Box): AvatarSpec | null {
  if (sourceKind(box.source) === 'screen') return null;
  const name = personOfSource(composition, box.source)?.name ?? '';
  return {
    kind: 'avatar',
    initials: initials(name),
    colour: avatarColour(name),
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
  const to = { ...cornerOf(shown.corner, drawn, programme), ...drawn };
  return [imageItem('logo', shown.asset, { from: wholeOf(size), to }, 1)];
}

function cornerOf(corner: Corner, size: Size, programme: Size): { x: number; y: number } {
  const margin = Math.round(MARGIN * Math.min(programme.width, programme.height));
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
