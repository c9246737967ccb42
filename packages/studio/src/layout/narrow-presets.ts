import { sourceKind } from '../ids.ts';
import type { LayoutKind } from './layout-choice.ts';
import { pileRects } from './pile.ts';
import { aspectOf, type Rect } from './rect.ts';
import { firstTwo, leadBy, type Placed, type Seen, type Stage, whole, zip } from './seen.ts';

const WIDE = 16 / 9;
/** Share of the height that the people below somebody big have, by their rows. */
const SHARE_BELOW = [0, 0.24, 0.36, 0.44] as const;
/** Width by height of a tile that still shows two thirds of a 16:9 picture's height. */
const FLATTEST = 2.7;
/** Screens leave at least this share of the height to people. */
const LEAST_FOR_PEOPLE = 0.3;

/**
 * Layouts of an upright or square programme: whatever is whole goes across, everybody else fills what is left.
 * SPEC L16 to L18.
 */
export function arrangeNarrow(layout: Exclude<LayoutKind, 'solo' | 'screen-only'>, stage: Stage): Placed[] {
  switch (layout) {
    case 'grid':
      return stage.focus === null ? stacked(stage, stage.all) : leader(stage);
    case 'side-by-side':
      return stacked(stage, firstTwo(stage));
    case 'leader':
      return leader(stage);
    case 'picture-in-picture':
      return pictureInPicture(stage);
    case 'screen-people':
      return stacked(stage, leadBy(stage.all, stage.focus));
  }
}

function isScreen({ source }: Seen): boolean {
  return sourceKind(source) === 'screen';
}

/** Screens whole across the top, people in a pile below them. */
function stacked(stage: Stage, seen: readonly Seen[]): Placed[] {
  const { area, gap } = stage;
  const screens = seen.filter(isScreen);
  const cameras = seen.filter((one) => !isScreen(one));
  const rects = screenRects(stage, screens, cameras.length > 0);
  const below = Math.max(area.y, ...rects.map(({ y, height }) => y + height + gap));
  const rest = { ...area, y: below, height: area.y + area.height - below };
  return [...zip(stage, screens, rects), ...zip(stage, cameras, pileRects(rest, cameras.length, gap))];
}

/** Above each other or beside each other: a pixel of a screen, which is read, counts as two of a person. */
function screenRects({ area, gap }: Stage, screens: readonly Seen[], withPeople: boolean): Rect[] {
  const count = screens.length;
  if (count === 0) return [];
  const shapes = screens.map(({ facts }) => facts.aspect ?? WIDE);
  const room = (withPeople ? 1 - LEAST_FOR_PEOPLE : 1) * area.height;
  const rows = above(shapes, area, gap, room);
  const columns = beside(shapes, area, gap, room);
  const worth = (rects: readonly Rect[]) =>
    2 * covered(rects, shapes) + (withPeople ? area.width * heightBelow(area, rects) : 0);
  return worth(rows) >= worth(columns) ? rows : columns;
}

function heightBelow(area: Rect, rects: readonly Rect[]): number {
  return area.y + area.height - Math.max(...rects.map(({ y, height }) => y + height));
}

function above(shapes: readonly number[], area: Rect, gap: number, room: number): Rect[] {
  const free = room - (shapes.length - 1) * gap;
  const wanted = shapes.map((shape) => area.width / shape);
  const scale = Math.min(1, free / wanted.reduce((sum, height) => sum + height, 0));
  let y = area.y;
  return wanted.map((height) => {
    const rect = { ...area, y, height: height * scale };
    y += rect.height + gap;
    return rect;
  });
}

function beside(shapes: readonly number[], area: Rect, gap: number, room: number): Rect[] {
  const width = (area.width - (shapes.length - 1) * gap) / shapes.length;
  const height = Math.min(room, Math.max(...shapes.map((shape) => width / shape)));
  return shapes.map((_, column) => ({ ...area, x: area.x + column * (width + gap), width, height }));
}

/** Pixels that whole pictures of these shapes have in these places. */
function covered(rects: readonly Rect[], shapes: readonly number[]): number {
  return rects.reduce((sum, rect, index) => {
    const shape = shapes[index] ?? WIDE;
    return sum + rect.width * rect.height * Math.min(shape / aspectOf(rect), aspectOf(rect) / shape);
  }, 0);
}

function leader(stage: Stage): Placed[] {
  const { area, gap } = stage;
  const [big, ...others] = leadBy(stage.all, stage.focus);
  if (big === undefined) return [];
  const perRow = area.height > area.width ? 3 : 5;
  const share = SHARE_BELOW[Math.ceil(others.length / perRow)] ?? SHARE_BELOW[3];
  // A single tile across the programme would be too flat for a head.
  const flattest = area.width / Math.min(others.length, perRow) / FLATTEST;
  const room = area.height - Math.max(share * area.height, flattest) - gap;
  // A screen across the top needs no more than its shape; what it leaves is everybody else's.
  const height = isScreen(big) ? Math.min(room, area.width / (big.facts.aspect ?? WIDE)) : room;
  const top = { ...area, height };
  const rest = { ...area, y: area.y + height + gap, height: area.height - height - gap };
  return [...zip(stage, [big], [top]), ...zip(stage, others, pileRects(rest, others.length, gap))];
}

/** Over a screen, which is read, nobody is laid here: there is room beside it. */
function pictureInPicture(stage: Stage): Placed[] {
  const { area, pictureCorner } = stage;
  const [base, over] = leadBy(stage.all, stage.focus);
  const [screen] = leadBy(stage.screens, stage.focus);
  const [camera] = leadBy(stage.cameras, stage.focus);
  if (screen !== undefined && camera !== undefined) return stacked(stage, [screen, camera]);
  if (base === undefined || over === undefined) return [];
  if (screen !== undefined) return stacked(stage, [base, over]);
  const width = 0.36 * area.width;
  const height = Math.min((width * 4) / 3, 0.4 * area.height);
  const x = pictureCorner === 'left' ? area.x : area.x + area.width - width;
  return [
    whole(stage, base),
    ...zip(stage, [over], [{ x, y: area.y + area.height - height, width, height }]),
  ];
}
