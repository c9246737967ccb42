import type { BrandKitView } from '@streamus/contracts';
import {
  type BrandKitContent,
  type Overlay,
  overlayIdSchema,
  type StudioCommand,
  type StudioDocument,
} from '@streamus/studio';

/** How the studio looks now, as a kit holds it. */
export function contentOf({ brand, overlays, overlayOrder, layouts }: StudioDocument): BrandKitContent {
  const { kit: _, ...look } = brand;
  return {
    brand: look,
    overlays: overlayOrder.flatMap((id) => overlays[id] ?? []),
    layouts: Object.values(layouts),
  };
}

/** True when the studio looks as the kit says; the studio may have more overlays and layouts. */
export function looksLike(document: StudioDocument, { brand, overlays, layouts }: BrandKitContent): boolean {
  const { kit: _, ...look } = document.brand;
  return (
    same(look, brand) &&
    overlays.every((overlay) => same(document.overlays[overlay.id], overlay)) &&
    layouts.every((layout) => same(document.layouts[layout.id], layout))
  );
}

/** What using a kit does to a studio, in one command. */
export interface KitChange {
  readonly command: StudioCommand;
  readonly overlaysAdded: number;
  readonly overlaysChanged: number;
  readonly layouts: number;
}

/**
 * The kit's look replaces the studio's. Its overlays and layouts are added, hidden; those that came from it before, known by
 * their ids, become what the kit says. Nothing of the studio's own goes away.
 */
export function kitChange(
  document: StudioDocument,
  { id, content }: Pick<BrandKitView, 'id' | 'content'>,
  newId: () => string,
): KitChange {
  const overlays = content.overlays
    .filter((wanted) => !same(document.overlays[wanted.id], wanted))
    .map((wanted) => besideOthers(document, wanted, newId));
  const layouts = content.layouts.filter((layout) => !same(document.layouts[layout.id], layout));
  const added = overlays.filter((overlay) => document.overlays[overlay.id] === undefined).length;
  return {
    command: { type: 'use-kit', kit: id, content: { brand: content.brand, overlays, layouts } },
    overlaysAdded: added,
    overlaysChanged: overlays.length - added,
    layouts: layouts.length,
  };
}

/** Under an id of its own where the studio has something else under the kit's. */
function besideOthers(document: StudioDocument, wanted: Overlay, newId: () => string): Overlay {
  const there = document.overlays[wanted.id];
  const isOther = there !== undefined && there.kind !== wanted.kind;
  return isOther ? { ...wanted, id: overlayIdSchema.parse(newId()) } : wanted;
}

/** Equal whatever the order of the fields. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => same(value, right.get(key)));
}
