import type { Composition } from '../air/composition.ts';
import { type SourceId, sourceKind } from '../ids.ts';
import type { SourceFacts, SourceFactsMap } from './box.ts';
import { type Border, type Crop, NO_CROP } from './own-layout.ts';
import { inset, type Rect } from './rect.ts';

/** A source on stage that can be seen. */
export interface Seen {
  readonly source: SourceId;
  readonly facts: SourceFacts;
}

/** A seen source with its place. */
export interface Placed extends Seen {
  readonly rect: Rect;
  /** How it is to be fitted; null: as suits its picture. */
  readonly fit: 'cover' | 'contain' | null;
  readonly crop: Crop;
  /** Programme pixels. */
  readonly radius: number;
  readonly border: Border | null;
}

/** What a layout has to arrange, and the room for it. */
export interface Stage {
  /** Everything that can be seen, in stage order. */
  readonly all: readonly Seen[];
  readonly cameras: readonly Seen[];
  readonly screens: readonly Seen[];
  /** Whoever is to be most prominent, if they can be seen. */
  readonly focus: Seen | null;
  /** The whole programme. */
  readonly frame: Rect;
  /** The programme less its margin. */
  readonly area: Rect;
  readonly gap: number;
  readonly pictureCorner: 'left' | 'right';
}

export function readStage(
  { programme, air }: Composition,
  sources: SourceFactsMap,
  speaker: SourceId | null,
): Stage {
  const all = air.stage.flatMap((source) => {
    const facts = sources.get(source);
    if (facts === undefined) return [];
    if (sourceKind(source) === 'screen' && !facts.hasVideo) return [];
    return [{ source, facts }];
  });
  const { width, height } = programme;
  const frame = { x: 0, y: 0, width, height };
  const gap = 0.02 * Math.min(width, height);
  const focus = air.spotlight ?? (air.followSpeaker ? speaker : null);
  return {
    all,
    cameras: all.filter((seen) => sourceKind(seen.source) === 'camera'),
    screens: all.filter((seen) => sourceKind(seen.source) === 'screen'),
    focus: all.find((seen) => seen.source === focus) ?? null,
    frame,
    area: inset(frame, gap),
    gap,
    pictureCorner: air.brand.logo?.corner === 'bottom-right' ? 'left' : 'right',
  };
}

/** `list` with `first` at its beginning, if it is one of them. */
export function leadBy(list: readonly Seen[], first: Seen | null): readonly Seen[] {
  if (first === null || !list.includes(first)) return list;
  return [first, ...list.filter((seen) => seen !== first)];
}

function placed(seen: Seen, rect: Rect, radius: number): Placed {
  return { ...seen, rect, fit: null, crop: NO_CROP, radius, border: null };
}

/** Fills the programme, with square corners. */
export function whole(stage: Stage, seen: Seen): Placed {
  return placed(seen, stage.frame, 0);
}

/** Sources in these places, with the usual corners. */
export function zip({ gap }: Stage, seen: readonly Seen[], rects: readonly Rect[]): Placed[] {
  const radius = 2 * Math.round(gap / 2);
  return seen.flatMap((one, index) => {
    const rect = rects[index];
    return rect === undefined ? [] : [placed(one, rect, radius)];
  });
}

/** Somebody prominent who is not among the first two takes the first one's place; the others stay where they are. */
export function firstTwo({ all, focus }: Stage): readonly Seen[] {
  const two = all.slice(0, 2);
  return focus === null || two.includes(focus) ? two : [focus, ...two.slice(1)];
}
