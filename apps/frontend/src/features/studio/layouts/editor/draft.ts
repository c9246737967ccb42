import {
  type Composition,
  type LayoutId,
  layoutBoxes,
  NO_CROP,
  type OwnLayout,
  type Slot,
  type SlotId,
  type SourceFactsMap,
  slotIdSchema,
  sourceKind,
  WHOLE,
} from '@streamus/studio';

/** Steps that can be taken back while a layout is drawn. */
const PAST_LIMIT = 100;

export interface Draft {
  readonly layout: OwnLayout;
  readonly past: readonly OwnLayout[];
  readonly selected: SlotId | null;
}

export type DraftChange =
  | { readonly type: 'select'; readonly slot: SlotId | null }
  | { readonly type: 'name'; readonly name: string }
  /** `fresh`: a step of its own; otherwise part of the one before, as the next moment of a drag is. */
  | { readonly type: 'slot'; readonly slot: SlotId; readonly change: Partial<Slot>; readonly fresh: boolean }
  | { readonly type: 'add'; readonly slot: Slot }
  | { readonly type: 'remove'; readonly slot: SlotId }
  | { readonly type: 'layer'; readonly slot: SlotId; readonly by: 1 | -1 }
  | { readonly type: 'undo' };

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  const { layout, past } = draft;
  const { slots } = layout;
  const step = (next: OwnLayout, selected = draft.selected): Draft => ({
    layout: next,
    past: [...past, layout].slice(-PAST_LIMIT),
    selected,
  });
  switch (change.type) {
    case 'select':
      return { ...draft, selected: change.slot };
    case 'name':
      return { ...draft, layout: { ...layout, name: change.name } };
    case 'slot': {
      const next = slots.map((slot) => (slot.id === change.slot ? { ...slot, ...change.change } : slot));
      return change.fresh
        ? step({ ...layout, slots: next })
        : { ...draft, layout: { ...layout, slots: next } };
    }
    case 'add':
      return step({ ...layout, slots: [...slots, change.slot] }, change.slot.id);
    case 'remove':
      return step({ ...layout, slots: slots.filter(({ id }) => id !== change.slot) }, null);
    case 'layer': {
      const from = slots.findIndex(({ id }) => id === change.slot);
      const [slot] = slots.slice(from, from + 1);
      const to = from + change.by;
      if (slot === undefined || to < 0 || to >= slots.length) return draft;
      const others = slots.filter((other) => other !== slot);
      return step({ ...layout, slots: [...others.slice(0, to), slot, ...others.slice(to)] });
    }
    case 'undo': {
      const before = past.at(-1);
      if (before === undefined) return draft;
      return {
        layout: { ...before, name: layout.name },
        past: past.slice(0, -1),
        selected: before.slots.some(({ id }) => id === draft.selected) ? draft.selected : null,
      };
    }
  }
}

function newSlot(id: SlotId, box: Slot['box'], holds: Slot['holds']): Slot {
  return {
    id,
    box,
    holds,
    fit: holds.kind === 'screen' ? 'contain' : 'cover',
    crop: NO_CROP,
    radius: 0,
    border: null,
  };
}

/** A slot in the middle for the next person without one. */
export function slotForNext(layout: OwnLayout, id: SlotId): Slot {
  const taken = new Set(layout.slots.flatMap(({ holds }) => (holds.kind === 'person' ? [holds.index] : [])));
  let index = 0;
  while (taken.has(index)) index += 1;
  return newSlot(
    id,
    { x: 3000, y: 3000, width: 4000, height: 4000 },
    { kind: 'person', index: Math.min(index, 31) },
  );
}

/** A layout that looks as the scene does now: nobody begins with an empty sheet. */
export function layoutFrom(
  composition: Composition,
  id: LayoutId,
  name: string,
  newId: () => string,
): OwnLayout {
  const { programme, air } = composition;
  const sources: SourceFactsMap = new Map(
    air.stage.map((source) => [source, { present: true, hasVideo: true, aspect: 16 / 9 }]),
  );
  const counts = { camera: 0, screen: 0 };
  const part = (length: number, whole: number) => Math.round((length * WHOLE) / whole);
  const order = new Map(air.stage.map((source, index) => [source, index]));
  const boxes = layoutBoxes({ composition, sources });
  const byStage = [...boxes].sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
  const index = new Map(
    byStage.map(({ source }) => {
      const kind = sourceKind(source);
      counts[kind] += 1;
      return [source, counts[kind] - 1];
    }),
  );
  const slots = boxes.map((box): Slot => {
    const x = part(box.x, programme.width);
    const y = part(box.y, programme.height);
    const area = {
      x,
      y,
      width: Math.min(WHOLE - x, part(box.width, programme.width)),
      height: Math.min(WHOLE - y, part(box.height, programme.height)),
    };
    const kind = sourceKind(box.source) === 'screen' ? 'screen' : 'person';
    const slot = newSlot(slotIdSchema.parse(newId()), area, { kind, index: index.get(box.source) ?? 0 });
    return { ...slot, radius: part(box.radius, Math.min(box.width, box.height)) };
  });
  const layout = { id, name, slots };
  return slots.length > 0 ? layout : { ...layout, slots: [slotForNext(layout, slotIdSchema.parse(newId()))] };
}
