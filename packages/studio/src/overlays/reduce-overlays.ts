import type { StudioDocument } from '../document.ts';
import type { OverlayId } from '../ids.ts';
import { OVERLAYS_LIMIT, SHOWN_LIMIT } from '../limits.ts';
import { withItemAt, without, withoutKey } from '../lists.ts';
import { done, type ReduceContext, type Reduced, refused } from '../result.ts';
import { inScene } from '../scenes/in-scene.ts';
import type { Scene } from '../scenes/scene.ts';
import { isAlone, type Overlay, overlaySchema } from './overlay.ts';
import type { OverlayCommand } from './overlay-commands.ts';

type Show = Extract<OverlayCommand, { type: 'show-overlay' }>;
type Hide = Extract<OverlayCommand, { type: 'hide-overlay' }>;

/** Overlays, and where they are shown. SPEC O. */
export function reduceOverlays(
  document: StudioDocument,
  command: OverlayCommand,
  { atMs }: Pick<ReduceContext, 'atMs'>,
): Reduced {
  if (command.type === 'add-overlay') return addOverlay(document, command.overlay);
  const overlay = document.overlays[command.overlay];
  if (overlay === undefined) return refused('unknown_overlay');
  switch (command.type) {
    case 'edit-overlay': {
      if (command.change.kind !== overlay.kind) return refused('overlay_of_other_kind');
      // Fields are judged one by one, so that the old ones and the new ones together are good, too.
      return done(saveOverlay(document, overlaySchema.parse({ ...overlay, ...command.change })));
    }
    case 'start-countdown':
      return setStart(document, overlay, atMs);
    case 'reset-countdown':
      return setStart(document, overlay, null);
    case 'delete-overlay':
      return done(withoutOverlay(document, overlay.id));
    case 'move-overlay':
      return done({
        ...document,
        overlayOrder: withItemAt(document.overlayOrder, overlay.id, command.index),
      });
    case 'show-overlay':
      return inScene(document, command.scene, (scene) => showOverlay(document, scene, overlay, command));
    case 'hide-overlay':
      return inScene(document, command.scene, (scene) => hideOverlay(document, scene, overlay, command));
  }
}

function saveOverlay(document: StudioDocument, overlay: Overlay): StudioDocument {
  return { ...document, overlays: { ...document.overlays, [overlay.id]: overlay } };
}

function setStart(document: StudioDocument, overlay: Overlay, startedAt: number | null): Reduced {
  if (overlay.kind !== 'countdown' || overlay.end.kind !== 'duration')
    return refused('overlay_of_other_kind');
  return done(saveOverlay(document, { ...overlay, end: { ...overlay.end, startedAt } }));
}

function addOverlay(document: StudioDocument, overlay: Overlay): Reduced {
  if (document.overlays[overlay.id] !== undefined) return refused('id_taken');
  if (document.overlayOrder.length >= OVERLAYS_LIMIT) return refused('overlays_full');
  return done({
    ...saveOverlay(document, overlay),
    overlayOrder: [...document.overlayOrder, overlay.id],
  });
}

/** The document without an overlay, nor any scene that shows it. */
export function withoutOverlay(document: StudioDocument, id: OverlayId): StudioDocument {
  const scenes = { ...document.scenes };
  for (const scene of Object.values(document.scenes)) {
    if (scene.shown.includes(id)) scenes[scene.id] = { ...scene, shown: without(scene.shown, id) };
  }
  return {
    ...document,
    overlays: withoutKey(document.overlays, id),
    overlayOrder: without(document.overlayOrder, id),
    shownEverywhere: without(document.shownEverywhere, id),
    scenes,
  };
}

function withShown(document: StudioDocument, scene: Scene, shown: OverlayId[]): StudioDocument {
  return { ...document, scenes: { ...document.scenes, [scene.id]: { ...scene, shown } } };
}

function showOverlay(
  document: StudioDocument,
  scene: Scene,
  { id, kind }: Overlay,
  { where }: Show,
): Reduced {
  const list = where === 'scene' ? scene.shown : document.shownEverywhere;
  if (list.includes(id)) return refused('already_shown');
  const makesRoom = (other: OverlayId) => isAlone(kind) && document.overlays[other]?.kind === kind;
  const shown = [...list.filter((other) => !makesRoom(other)), id];
  if (shown.length > SHOWN_LIMIT) return refused('shown_full');
  if (where === 'scene') return done(withShown(document, scene, shown));
  // What the scene shows of this kind would hide it here.
  const rest = scene.shown.filter((other) => !makesRoom(other));
  return done({ ...withShown(document, scene, rest), shownEverywhere: shown });
}

function hideOverlay(document: StudioDocument, scene: Scene, { id }: Overlay, { where }: Hide): Reduced {
  const inIt = where !== 'everywhere' && scene.shown.includes(id);
  const everywhere = where !== 'scene' && document.shownEverywhere.includes(id);
  if (!inIt && !everywhere) return refused('not_shown');
  const hidden = inIt ? withShown(document, scene, without(scene.shown, id)) : document;
  return done(everywhere ? { ...hidden, shownEverywhere: without(document.shownEverywhere, id) } : hidden);
}
