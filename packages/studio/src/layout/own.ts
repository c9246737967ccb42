import { WHOLE } from '../area.ts';
import type { OwnLayout, Slot } from './own-layout.ts';
import type { Rect } from './rect.ts';
import { leadBy, type Placed, type Seen, type Stage } from './seen.ts';

/** Fills the slots of one of the studio's own layouts, lowest first; an empty slot is not drawn. SPEC W3. */
export function fillSlots({ slots }: OwnLayout, stage: Stage): Placed[] {
  const named = new Set(slots.flatMap(({ holds }) => (holds.kind === 'source' ? [holds.source] : [])));
  const free = (list: readonly Seen[]) =>
    leadBy(list, stage.focus).filter(({ source }) => !named.has(source));
  const people = free(stage.cameras);
  const screens = free(stage.screens);
  const taken = new Set<Seen>();
  return slots.flatMap((slot) => {
    const seen = holder(slot, stage, people, screens);
    if (seen === undefined || taken.has(seen)) return [];
    taken.add(seen);
    return [inSlot(slot, seen, stage.frame)];
  });
}

function holder(
  { holds }: Slot,
  stage: Stage,
  people: readonly Seen[],
  screens: readonly Seen[],
): Seen | undefined {
  switch (holds.kind) {
    case 'person':
      return people[holds.index];
    case 'screen':
      return screens[holds.index];
    case 'source':
      return stage.all.find(({ source }) => source === holds.source);
  }
}

function inSlot({ box, fit, crop, radius, border }: Slot, seen: Seen, frame: Rect): Placed {
  const rect = {
    x: (box.x * frame.width) / WHOLE,
    y: (box.y * frame.height) / WHOLE,
    width: (box.width * frame.width) / WHOLE,
    height: (box.height * frame.height) / WHOLE,
  };
  const line = border && {
    ...border,
    width: Math.max(1, Math.round((border.width * Math.min(frame.width, frame.height)) / WHOLE)),
  };
  const corner = Math.round((radius * Math.min(rect.width, rect.height)) / WHOLE);
  return { ...seen, rect, fit, crop, radius: corner, border: line };
}
