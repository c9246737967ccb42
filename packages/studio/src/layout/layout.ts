import type { LayoutKind, StudioDocument } from '../document.ts';
import { type SourceId, sourceKind } from '../ids.ts';
import { personOfSource } from '../selectors.ts';
import type { Box, SourceFacts, SourceFactsMap } from './box.ts';
import { gridRects } from './grid.ts';
import { aspectOf, even, fitInside, inset, type Rect } from './rect.ts';

/** Below this share of its picture left in the box, a camera is shown whole instead of cut. SPEC L4. */
const LEAST_VISIBLE = 0.45;
const WIDE = 16 / 9;

interface Seen {
  readonly source: SourceId;
  readonly facts: SourceFacts;
}

interface Placed extends Seen {
  readonly rect: Rect;
  /** The box is the whole programme: square corners. */
  readonly full: boolean;
}

interface Stage {
  /** Everything that can be seen, in stage order. */
  readonly all: readonly Seen[];
  readonly cameras: readonly Seen[];
  readonly screens: readonly Seen[];
  /** The whole programme. */
  readonly frame: Rect;
  /** The programme less its margin. */
  readonly area: Rect;
  readonly gap: number;
  readonly pictureCorner: 'left' | 'right';
}

/**
 * Where the sources on stage are drawn, lowest first. Pure: preview, programme, thumbnails and tests all call
 * this. A person without video gets a box (the painter draws an avatar); an absent source gets none. SPEC L.
 */
export function layoutBoxes(input: { document: StudioDocument; sources: SourceFactsMap }): Box[] {
  const stage = readStage(input.document, input.sources);
  const placed = arrange(input.document.layout, stage);
  const radius = 2 * Math.round(stage.gap / 2);
  return placed.map((item, z) => toBox(item, input.document, radius, z));
}

function readStage(document: StudioDocument, sources: SourceFactsMap): Stage {
  const all = document.stage.flatMap((source) => {
    const facts = sources.get(source);
    if (facts === undefined) return [];
    if (sourceKind(source) === 'screen' && !facts.hasVideo) return [];
    return [{ source, facts }];
  });
  const { width, height } = document.programme;
  const frame = { x: 0, y: 0, width, height };
  const gap = 0.02 * Math.min(width, height);
  return {
    all,
    cameras: all.filter((seen) => sourceKind(seen.source) === 'camera'),
    screens: all.filter((seen) => sourceKind(seen.source) === 'screen'),
    frame,
    area: inset(frame, gap),
    gap,
    pictureCorner: document.logo?.corner === 'bottom-right' ? 'left' : 'right',
  };
}

function arrange(layout: LayoutKind, stage: Stage): Placed[] {
  const [first] = stage.all;
  if (first === undefined) return [];
  if (stage.all.length === 1) return [whole(stage, first)];
  switch (layout) {
    case 'solo':
      return [whole(stage, first)];
    case 'grid':
      return grid(stage.all, stage.area, stage.gap);
    case 'side-by-side':
      return sideBySide(stage);
    case 'leader':
      return leader(stage);
    case 'picture-in-picture':
      return pictureInPicture(stage);
    case 'screen-people':
      return screenPeople(stage);
    case 'screen-only':
      return screenOnly(stage);
  }
}

function whole(stage: Stage, seen: Seen): Placed {
  return { ...seen, rect: stage.frame, full: true };
}

function zip(seen: readonly Seen[], rects: readonly Rect[]): Placed[] {
  return seen.flatMap((one, index) => {
    const rect = rects[index];
    return rect === undefined ? [] : [{ ...one, rect, full: false }];
  });
}

function grid(seen: readonly Seen[], area: Rect, gap: number): Placed[] {
  return zip(seen, gridRects(area, seen.length, gap));
}

function sideBySide({ all, area, gap }: Stage): Placed[] {
  const upright = area.height > area.width;
  const size = upright
    ? fitInside({ ...area, height: (area.height - gap) / 2 }, WIDE)
    : fitInside({ ...area, width: (area.width - gap) / 2 }, WIDE);
  const first = upright
    ? { ...size, y: area.y + area.height / 2 - gap / 2 - size.height }
    : { ...size, x: area.x + area.width / 2 - gap / 2 - size.width };
  const second = upright
    ? { ...size, y: area.y + area.height / 2 + gap / 2 }
    : { ...size, x: area.x + area.width / 2 + gap / 2 };
  return zip(all.slice(0, 2), [first, second]);
}

function leader({ all, area, gap }: Stage): Placed[] {
  const others = all.slice(1);
  const rowHeight = 0.22 * area.height;
  const big = fitInside({ ...area, height: area.height - rowHeight - gap }, WIDE);
  const top = { ...big, y: area.y };
  const rowTop = top.y + top.height + gap;
  const row = { ...area, y: rowTop, height: area.y + area.height - rowTop };
  const cell = (row.width - (others.length - 1) * gap) / others.length;
  const tile = { width: Math.min(cell, rowHeight * WIDE), height: rowHeight };
  const left = row.x + (row.width - others.length * tile.width - (others.length - 1) * gap) / 2;
  const rects = others.map((_, index) => ({ ...tile, x: left + index * (tile.width + gap), y: rowTop }));
  return zip(all, [top, ...rects]);
}

function pictureInPicture(stage: Stage): Placed[] {
  const base = stage.screens[0] ?? stage.all[0];
  const small = stage.all.find((seen) => seen !== base && sourceKind(seen.source) === 'camera');
  const over = small ?? stage.all.find((seen) => seen !== base);
  if (base === undefined || over === undefined) return [];
  const { area, pictureCorner } = stage;
  const width = 0.28 * Math.max(area.width, area.height * 0.75);
  const height = width / WIDE;
  const x = pictureCorner === 'left' ? area.x : area.x + area.width - width;
  return [
    whole(stage, base),
    { ...over, rect: { x, y: area.y + area.height - height, width, height }, full: false },
  ];
}

function screenPeople(stage: Stage): Placed[] {
  const { area, gap, cameras } = stage;
  const [screen] = stage.screens;
  if (screen === undefined || cameras.length === 0) return grid(stage.all, area, gap);
  const upright = area.height > area.width;
  const share = upright ? 0.5 : cameras.length <= 4 ? 0.22 : 0.32;
  const along = upright ? area.height : area.width;
  const forPeople = share * along;
  const forScreen = along - forPeople - gap;
  const screenArea = upright ? { ...area, height: forScreen } : { ...area, width: forScreen };
  const peopleArea = upright
    ? { ...area, y: area.y + forScreen + gap, height: forPeople }
    : { ...area, x: area.x + forScreen + gap, width: forPeople };
  return [...zip([screen], [screenArea]), ...grid(cameras, peopleArea, gap)];
}

function screenOnly(stage: Stage): Placed[] {
  const [screen] = stage.screens;
  return screen === undefined ? grid(stage.all, stage.area, stage.gap) : [whole(stage, screen)];
}

function toBox(item: Placed, document: StudioDocument, radius: number, z: number): Box {
  const { rect, fit } = fitPicture(item);
  const person = sourceKind(item.source) === 'camera' ? personOfSource(document, item.source) : null;
  return {
    ...even(rect),
    source: item.source,
    fit,
    radius: item.full ? 0 : radius,
    nameTag: document.nameTags ? (person?.name ?? null) : null,
    z,
  };
}

function fitPicture({ source, facts, rect }: Placed): { rect: Rect; fit: Box['fit'] } {
  const aspect = facts.hasVideo ? facts.aspect : undefined;
  if (sourceKind(source) === 'camera') {
    if (aspect === undefined || visibleShare(aspect, aspectOf(rect)) >= LEAST_VISIBLE) {
      return { rect, fit: 'cover' };
    }
  }
  return { rect: aspect === undefined ? rect : fitInside(rect, aspect), fit: 'contain' };
}

/** How much of a picture of one shape is left when it fills a box of another. */
function visibleShare(picture: number, box: number): number {
  return Math.min(picture / box, box / picture);
}
