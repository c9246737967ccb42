import { sourceKind } from '../ids.ts';
import { gridRects } from './grid.ts';
import type { LayoutKind } from './layout-choice.ts';
import { pileRects } from './pile.ts';
import { fitInside, type Rect } from './rect.ts';
import { firstTwo, leadBy, type Placed, type Seen, type Stage, whole, zip } from './seen.ts';

const WIDE = 16 / 9;

/** Layouts of a 16:9 programme, which has the shape of cameras and screens. SPEC L6 to L12. */
export function arrangeWide(layout: Exclude<LayoutKind, 'solo' | 'screen-only'>, stage: Stage): Placed[] {
  switch (layout) {
    case 'grid':
      return stage.focus === null ? grid(stage, stage.all, stage.area) : leader(stage);
    case 'side-by-side':
      return sideBySide(stage);
    case 'leader':
      return leader(stage);
    case 'picture-in-picture':
      return pictureInPicture(stage);
    case 'screen-people':
      return screenPeople(stage);
  }
}

function grid(stage: Stage, seen: readonly Seen[], area: Rect): Placed[] {
  return zip(stage, seen, gridRects(area, seen.length, stage.gap));
}

function sideBySide(stage: Stage): Placed[] {
  const { area, gap } = stage;
  const size = fitInside({ ...area, width: (area.width - gap) / 2 }, WIDE);
  const first = { ...size, x: area.x + area.width / 2 - gap / 2 - size.width };
  const second = { ...size, x: area.x + area.width / 2 + gap / 2 };
  return zip(stage, firstTwo(stage), [first, second]);
}

function leader(stage: Stage): Placed[] {
  const { area, gap } = stage;
  const all = leadBy(stage.all, stage.focus);
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
  return zip(stage, all, [top, ...rects]);
}

function pictureInPicture(stage: Stage): Placed[] {
  const { area, pictureCorner, focus } = stage;
  const all = leadBy(stage.all, focus);
  const base = leadBy(stage.screens, focus)[0] ?? all[0];
  const small = all.find((seen) => seen !== base && sourceKind(seen.source) === 'camera');
  const over = small ?? all.find((seen) => seen !== base);
  if (base === undefined || over === undefined) return [];
  const width = 0.28 * Math.max(area.width, area.height * 0.75);
  const height = width / WIDE;
  const x = pictureCorner === 'left' ? area.x : area.x + area.width - width;
  const rect = { x, y: area.y + area.height - height, width, height };
  return [whole(stage, base), ...zip(stage, [over], [rect])];
}

function screenPeople(stage: Stage): Placed[] {
  const { area, gap, focus } = stage;
  const cameras = leadBy(stage.cameras, focus);
  const screens = leadBy(stage.screens, focus);
  const [screen] = screens;
  if (screen === undefined || cameras.length === 0) return grid(stage, stage.all, area);
  if (screens.length > 1) return screensBeside(stage, screens, cameras);
  const forPeople = (cameras.length <= 4 ? 0.22 : 0.32) * area.width;
  const forScreen = area.width - forPeople - gap;
  const peopleArea = { ...area, x: area.x + forScreen + gap, width: forPeople };
  return [...zip(stage, [screen], [{ ...area, width: forScreen }]), ...grid(stage, cameras, peopleArea)];
}

/** Screens above each other as large as the height allows, everybody beside them. */
function screensBeside(stage: Stage, screens: readonly Seen[], cameras: readonly Seen[]): Placed[] {
  const { area, gap } = stage;
  const height = (area.height - (screens.length - 1) * gap) / screens.length;
  const shapes = screens.map(({ facts }) => facts.aspect ?? WIDE);
  const width = Math.min(height * Math.max(...shapes), 0.7 * area.width);
  const rects = screens.map((_, row) => ({ ...area, y: area.y + row * (height + gap), width, height }));
  const people = { ...area, x: area.x + width + gap, width: area.width - width - gap };
  return [...zip(stage, screens, rects), ...zip(stage, cameras, pileRects(people, cameras.length, gap))];
}
