import {
  isAlone,
  type Overlay,
  type OverlayId,
  type SceneId,
  type StudioCommand,
  type StudioDocument,
} from '@streamus/studio';

/** An overlay that was deleted, with everything needed to have it back. */
export interface DeletedOverlay {
  readonly overlay: Overlay;
  readonly index: number;
  readonly everywhere: boolean;
  readonly scenes: readonly SceneId[];
}

export function rememberOverlay(document: StudioDocument, overlay: Overlay): DeletedOverlay {
  const scenes = document.sceneOrder.filter((id) => document.scenes[id]?.shown.includes(overlay.id));
  return {
    overlay,
    index: document.overlayOrder.indexOf(overlay.id),
    everywhere: document.shownEverywhere.includes(overlay.id),
    scenes,
  };
}

/**
 * Brings it back where it was and shows it where it was shown. Commands of its own rather than an undo, because others,
 * and oneself, may have done more since. What is shown instead of it by now stays.
 */
export function restoreCommands(document: StudioDocument, deleted: DeletedOverlay): StudioCommand[] {
  const { overlay, index, everywhere, scenes } = deleted;
  const { id, kind } = overlay;
  const isFree = (shown: readonly OverlayId[] | undefined): boolean =>
    shown?.every((other) => !isAlone(kind) || document.overlays[other]?.kind !== kind) ?? false;
  return [
    { type: 'add-overlay', overlay },
    { type: 'move-overlay', overlay: id, index },
    ...(everywhere && isFree(document.shownEverywhere)
      ? [{ type: 'show-overlay', overlay: id, where: 'everywhere' } as const]
      : []),
    ...scenes
      .filter((scene) => isFree(document.scenes[scene]?.shown))
      .map((scene) => ({ type: 'show-overlay', overlay: id, where: 'scene', scene }) as const),
  ];
}
