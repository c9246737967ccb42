import { type StudioDocument, studioDocumentSchema } from '../document.ts';
import { layoutIdSchema, overlayIdSchema, type SourceId, sceneIdSchema, sourcePerson } from '../ids.ts';
import { ownLayoutSchema } from '../layout/own-layout.ts';
import { withoutLayout } from '../layout/reduce-layouts.ts';
import { LAYOUTS_LIMIT, OVERLAYS_LIMIT, SCENES_LIMIT } from '../limits.ts';
import { without } from '../lists.ts';
import { overlaySchema } from '../overlays/overlay.ts';
import { withoutOverlay } from '../overlays/reduce-overlays.ts';
import { withoutScene } from '../scenes/reduce-scenes.ts';
import { type Scene, sceneSchema } from '../scenes/scene.ts';
import { putBack } from './diff.ts';
import type { Patch, Place } from './history.ts';

type EntityPatch = Extract<Patch, { kind: 'entity' }>;
type ValuePatch = Exclude<Patch, { kind: 'entity' }>;
type Tree = Readonly<Record<string, unknown>>;

/**
 * The document with these changes taken back as far as that gives a valid one: what was deleted returns, what was
 * changed is as before, what was made goes. SPEC U4.
 */
export function revert(document: StudioDocument, patches: readonly Patch[]): StudioDocument {
  const entities = patches.filter((patch) => patch.kind === 'entity');
  const values = patches.filter((patch) => patch.kind !== 'entity');
  const restored = entities.filter(({ before }) => before !== null).reduce(restore, document);
  const changed = revertValues(restored, values);
  return entities.filter(({ before }) => before === null).reduce(remove, changed);
}

function revertValues(document: StudioDocument, patches: readonly ValuePatch[]): StudioDocument {
  if (patches.length === 0) return document;
  const whole = valid(patches.reduce<Tree>(revertValue, document));
  if (whole !== null) return whole;
  return patches.reduce((now, patch) => valid(revertValue(now, patch)) ?? now, document);
}

function valid(tree: Tree): StudioDocument | null {
  const parsed = studioDocumentSchema.safeParse(tree);
  return parsed.success ? parsed.data : null;
}

function revertValue(tree: Tree, patch: ValuePatch): Tree {
  if (patch.kind === 'field') return changeAt(tree, patch.path, () => patch.before);
  return changeAt(tree, patch.path, (list) => {
    if (!Array.isArray(list)) return list;
    const items = list.map(String);
    const there = items.includes(patch.item);
    if (patch.before === null) return without(items, patch.item);
    // Added again by a colleague, or moved and then taken out: theirs stays.
    if (there !== (patch.after !== null)) return items;
    return putBack(items, patch.item, patch.before);
  });
}

function changeAt(tree: Tree, path: readonly string[], change: (value: unknown) => unknown): Tree {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(tree, key)) return tree;
  const value = tree[key];
  if (rest.length === 0) return { ...tree, [key]: change(value) };
  return isTree(value) ? { ...tree, [key]: changeAt(value, rest, change) } : tree;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function restore(document: StudioDocument, patch: EntityPatch): StudioDocument {
  switch (patch.of) {
    case 'scenes': {
      const scene = mended(document, sceneSchema.parse(patch.before));
      const { sceneOrder } = document;
      if (document.scenes[scene.id] !== undefined || sceneOrder.length >= SCENES_LIMIT) return document;
      return {
        ...document,
        scenes: { ...document.scenes, [scene.id]: scene },
        sceneOrder: backAt(sceneOrder, scene.id, patch.place),
      };
    }
    case 'overlays': {
      const overlay = overlaySchema.parse(patch.before);
      const { overlayOrder } = document;
      if (document.overlays[overlay.id] !== undefined || overlayOrder.length >= OVERLAYS_LIMIT)
        return document;
      return {
        ...document,
        overlays: { ...document.overlays, [overlay.id]: overlay },
        overlayOrder: backAt(overlayOrder, overlay.id, patch.place),
      };
    }
    case 'layouts': {
      const layout = ownLayoutSchema.parse(patch.before);
      const count = Object.keys(document.layouts).length;
      if (document.layouts[layout.id] !== undefined || count >= LAYOUTS_LIMIT) return document;
      return { ...document, layouts: { ...document.layouts, [layout.id]: layout } };
    }
  }
}

function backAt<T extends string>(order: readonly T[], id: T, place: Place | null): T[] {
  return place === null ? [...order, id] : putBack(order, id, place);
}

/** A scene from the past without what has gone meanwhile. */
function mended(document: StudioDocument, scene: Scene): Scene {
  const isHere = (source: SourceId) => document.people[sourcePerson(source)] !== undefined;
  const { layout, spotlight } = scene;
  return {
    ...scene,
    layout: typeof layout === 'string' || document.layouts[layout.layout] !== undefined ? layout : 'grid',
    cast: scene.cast?.filter(isHere) ?? null,
    spotlight: spotlight !== null && isHere(spotlight) ? spotlight : null,
    shown: scene.shown.filter((id) => document.overlays[id] !== undefined),
  };
}

/** Unmakes what was made, except the only scene and the one that is on air in direct mode. */
function remove(document: StudioDocument, { of, id }: EntityPatch): StudioDocument {
  switch (of) {
    case 'scenes': {
      const scene = sceneIdSchema.parse(id);
      const onAir = document.mode === 'direct' && document.scene === scene;
      if (document.scenes[scene] === undefined || document.sceneOrder.length === 1 || onAir) return document;
      return withoutScene(document, scene);
    }
    case 'overlays':
      return withoutOverlay(document, overlayIdSchema.parse(id));
    case 'layouts':
      return withoutLayout(document, layoutIdSchema.parse(id));
  }
}
