import { sourceKind } from '../ids.ts';
import { gridRects } from './grid.ts';
import type { LayoutKind } from './layout-choice.ts';
import { fitInside, type Rect } from './rect.ts';
import { leadBy, type Placed, placed, type Seen, type Stage } from './seen.ts';

const WIDE = 16 / 9;

/** Where a layout that arranges by itself puts what is on stage, lowest first. SPEC L5 to L12, L14. */
export function arrange(layout: LayoutKind, stage: Stage): Placed[] {
  const [first] = stage.all;
  if (first === undefined) return [];
  if (stage.all.length === 1) return [whole(stage, first)];
  switch (layout) {
    case 'solo':
      return [whole(stage, stage.focus ?? first)];
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
    case 'screen-only':
      return screenOnly(stage);
  }
}

function whole(stage: Stage, seen: Seen): Placed {
  return placed(seen, stage.frame, 0);
}

function zip({ gap }: Stage, seen: readonly Seen[], rects: readonly Rect[]): Placed[] {
  const radius = 2 * Math.round(gap / 2);
  return seen.flatMap((one, index) => {
    const rect = rects[index];
    return rect === undefined ? [] : [placed(one, rect, radius)];
  });
}

function grid(stage: Stage, seen: readonly Seen[], area: Rect): Placed[] {
  return zip(stage, seen, gridRects(area, seen.length, stage.gap));
}

/** Somebody prominent who is not among the first two takes the first one's place; the others stay where they are. */
function firstTwo({ all, focus }: Stage): readonly Seen[] {
  const two = all.slice(0, 2);
  return focus === null || two.includes(focus) ? two : [focus, ...two.slice(1)];
}

function sideBySide(stage: Stage): Placed[] {
  const { area, gap } = stage;
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
  const [screen] = leadBy(stage.screens, focus);
  if (screen === undefined || cameras.length === 0) return grid(stage, stage.all, area);
  const upright = area.height > area.width;
  const share = upright ? 0.5 : cameras.length <= 4 ? 0.22 : 0.32;
  const along = upright ? area.height : area.width;
  const forPeople = share * along;
  const forScreen = along - forPeople - gap;
  const screenArea = upright ? { ...area, height: forScreen } : { ...area, width: forScreen };
  const peopleArea = upright
    ? { ...area, y: area.y + forScreen + gap, height: forPeople }
    : { ...area, x: area.x + forScreen + gap, width: forPeople };
  return [...zip(stage, [screen], [screenArea]), ...grid(stage, cameras, peopleArea)];
}

function screenOnly(stage: Stage): Placed[] {
  const [screen] = leadBy(stage.screens, stage.focus);
  return screen === undefined ? grid(stage, stage.all, stage.area) : [whole(stage, screen)];
}
