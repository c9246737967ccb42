import type { BrandKitContent, BrandKitView } from '@streamus/contracts';
import {
  type Overlay,
  type OverlayId,
  type OwnLayout,
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

/** What putting a kit on does to a studio, and how to take it back. */
export interface KitChange {
  readonly commands: readonly StudioCommand[];
  readonly undo: readonly StudioCommand[];
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
  kit: Pick<BrandKitView, 'id' | 'content'>,
  newId: () => string,
): KitChange {
  const { content } = kit;
  const overlays = content.overlays.map((overlay) => overlayChange(document, overlay, newId));
  const layouts = content.layouts.flatMap((layout) => layoutChange(document, layout) ?? []);
  return {
    commands: [
      { type: 'set-brand', brand: { ...content.brand, kit: kit.id } },
      ...layouts.map(({ command }) => command),
      ...overlays.flatMap((change) => change?.command ?? []),
    ],
    undo: [
      { type: 'set-brand', brand: document.brand },
      ...overlays.flatMap((change) => change?.undo ?? []),
      ...layouts.map(({ undo }) => undo),
    ],
    overlaysAdded: overlays.filter((change) => change?.command.type === 'add-overlay').length,
    overlaysChanged: overlays.filter((change) => change?.command.type === 'edit-overlay').length,
    layouts: layouts.length,
  };
}

interface Change {
  readonly command: StudioCommand;
  readonly undo: StudioCommand;
}

function overlayChange(document: StudioDocument, wanted: Overlay, newId: () => string): Change | null {
  const there = document.overlays[wanted.id];
  if (same(there, wanted)) return null;
  if (there === undefined || there.kind !== wanted.kind) {
    const id: OverlayId = there === undefined ? wanted.id : overlayIdSchema.parse(newId());
    return {
      command: { type: 'add-overlay', overlay: { ...wanted, id } },
      undo: { type: 'delete-overlay', overlay: id },
    };
  }
  return { command: editTo(wanted), undo: editTo(there) };
}

function editTo({ id, ...change }: Overlay): StudioCommand {
  return { type: 'edit-overlay', overlay: id, change };
}

function layoutChange(document: StudioDocument, layout: OwnLayout): Change | null {
  const there = document.layouts[layout.id];
  if (same(there, layout)) return null;
  return {
    command: { type: 'save-layout', layout },
    undo:
      there === undefined
        ? { type: 'delete-layout', layout: layout.id }
        : { type: 'save-layout', layout: there },
  };
}

/** Equal whatever the order of the fields. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return left.size === right.size && [...left].every(([key, value]) => same(value, right.get(key)));
}
