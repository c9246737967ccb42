import type { StudioDocument } from '../document.ts';
import { sameJson, without } from '../lists.ts';
import type { EntityCollection, Patch, Place } from './history.ts';

/** Parts of the brand that are changed value by value. */
const NESTED: ReadonlySet<string> = new Set(['brand/colours', 'brand/nameTags']);

/**
 * What differs between two plans, as small as two people can change it at once: fields, items of lists, whole scenes,
 * overlays and layouts. People count by their names only; what is on air follows the plan. SPEC U1.
 */
export function diffPlan(before: StudioDocument, after: StudioDocument): Patch[] {
  return [
    ...diffValue(['programme'], before.programme, after.programme),
    ...diffNames(before, after),
    ...diffValue(['stage'], before.stage, after.stage),
    ...diffEntities('scenes', before.scenes, after.scenes, before.sceneOrder, after.sceneOrder),
    ...diffEntities('overlays', before.overlays, after.overlays, before.overlayOrder, after.overlayOrder),
    ...diffEntities('layouts', before.layouts, after.layouts, [], []),
    ...diffOrder('sceneOrder', before.sceneOrder, after.sceneOrder),
    ...diffOrder('overlayOrder', before.overlayOrder, after.overlayOrder),
    ...diffValue(['shownEverywhere'], before.shownEverywhere, after.shownEverywhere),
    ...diffFields(['brand'], before.brand, after.brand),
    ...diffValue(['transition'], before.transition, after.transition),
  ];
}

function diffNames(before: StudioDocument, after: StudioDocument): Patch[] {
  if (before.people === after.people) return [];
  return Object.values(before.people).flatMap(({ id, name }) => {
    const now = after.people[id];
    return now === undefined ? [] : diffValue(['people', id, 'name'], name, now.name);
  });
}

type Entities = Readonly<Record<string, object>>;

function diffEntities(
  of: EntityCollection,
  before: Entities,
  after: Entities,
  orderBefore: readonly string[],
  orderAfter: readonly string[],
): Patch[] {
  if (before === after) return [];
  const ids = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...ids].flatMap((id): Patch[] => {
    const [old, now] = [before[id], after[id]];
    if (old !== undefined && now !== undefined) return diffFields([of, id], old, now);
    const place = placeOf(old === undefined ? orderAfter : orderBefore, id);
    return [{ kind: 'entity', of, id, before: old ?? null, after: now ?? null, place }];
  });
}

/** Moves alone: what came or went is part of the entity's own patch. */
function diffOrder(key: string, before: readonly string[], after: readonly string[]): Patch[] {
  return diffList([key], before, after).filter(
    (patch) => patch.kind !== 'item' || (patch.before !== null && patch.after !== null),
  );
}

function diffFields(path: string[], before: object, after: object): Patch[] {
  if (before === after) return [];
  const old = new Map<string, unknown>(Object.entries(before));
  return Object.entries<unknown>({ ...after }).flatMap(([key, value]) =>
    diffValue([...path, key], old.get(key), value),
  );
}

function diffValue(path: string[], before: unknown, after: unknown): Patch[] {
  if (sameJson(before, after)) return [];
  if (isIdList(before) && isIdList(after)) return diffList(path, before, after);
  if (NESTED.has(path.join('/')) && isObject(before) && isObject(after)) {
    return diffFields(path, before, after);
  }
  return [{ kind: 'field', path, before, after }];
}

function isIdList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function diffList(path: string[], before: readonly string[], after: readonly string[]): Patch[] {
  const stayedBefore = before.filter((item) => after.includes(item));
  const stayedAfter = after.filter((item) => before.includes(item));
  const patches: Patch[] = [];
  if (!sameJson(stayedBefore, stayedAfter)) {
    const moved = stayedBefore.find((item) =>
      sameJson(without(stayedBefore, item), without(stayedAfter, item)),
    );
    // Several moved at once: nobody does that item by item, so it counts as a new list.
    if (moved === undefined) return [{ kind: 'field', path, before, after }];
    patches.push(itemPatch(path, moved, before, after));
  }
  const came = after.filter((item) => !before.includes(item));
  const went = before.filter((item) => !after.includes(item));
  return [...patches, ...[...went, ...came].map((item) => itemPatch(path, item, before, after))];
}

function itemPatch(path: string[], item: string, before: readonly string[], after: readonly string[]): Patch {
  return { kind: 'item', path, item, before: placeOf(before, item), after: placeOf(after, item) };
}

function placeOf(list: readonly string[], item: string): Place | null {
  const index = list.indexOf(item);
  return index === -1 ? null : { after: list[index - 1] ?? null, index };
}

/** `list` with `item` back at its place: after its former neighbour if that is there, else at its index. */
export function putBack<T extends string>(list: readonly T[], item: T, { after, index }: Place): T[] {
  const others = without(list, item);
  const neighbour = others.map(String).indexOf(after ?? '');
  const at = after === null ? 0 : neighbour === -1 ? Math.min(index, others.length) : neighbour + 1;
  return [...others.slice(0, at), item, ...others.slice(at)];
}
