import type { StudioDocument } from '../document.ts';
import { LAYOUTS_LIMIT, OVERLAYS_LIMIT } from '../limits.ts';
import { done, type Reduced, refused } from '../result.ts';
import type { UseKit } from './brand-kit.ts';

/** A whole look in one step: everything of the kit, or nothing. SPEC K. */
export function reduceUseKit(document: StudioDocument, { kit, content }: UseKit): Reduced {
  const isOther = content.overlays.some(({ id, kind }) => {
    const there = document.overlays[id];
    return there !== undefined && there.kind !== kind;
  });
  if (isOther) return refused('overlay_of_other_kind');
  const overlays = { ...document.overlays, ...byId(content.overlays) };
  const layouts = { ...document.layouts, ...byId(content.layouts) };
  const added = content.overlays.flatMap(({ id }) => (document.overlays[id] === undefined ? [id] : []));
  const overlayOrder = [...document.overlayOrder, ...added];
  if (overlayOrder.length > OVERLAYS_LIMIT) return refused('overlays_full');
  if (Object.keys(layouts).length > LAYOUTS_LIMIT) return refused('layouts_full');
  return done({ ...document, brand: { ...content.brand, kit }, overlays, overlayOrder, layouts });
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}
