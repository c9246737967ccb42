import {
  airOf,
  isAlone,
  type Overlay,
  type OverlayId,
  type StudioDocument,
  sceneInEdit,
} from '@streamus/studio';

/** Where an overlay is seen, as its row says it. */
export interface Whereabouts {
  /** Switched on in the scene in edit. */
  readonly inScene: boolean;
  /** Switched on in every scene. */
  readonly everywhere: boolean;
  readonly state:
    | 'on-air'
    /** On air as it was before it was changed; the next take brings the new one. */
    | 'on-air-before'
    /** Seen in the scene in edit, which is not on air. */
    | 'next'
    /** Switched on, but another one of its kind is seen. */
    | 'covered'
    /** Switched on in another scene alone. */
    | 'elsewhere'
    | 'hidden';
}

export function whereShown(document: StudioDocument, overlay: Overlay): Whereabouts {
  const { id } = overlay;
  const scene = sceneInEdit(document);
  const inScene = scene.shown.includes(id);
  const everywhere = document.shownEverywhere.includes(id);
  return { inScene, everywhere, state: stateOf(document, overlay, inScene || everywhere) };
}

function stateOf(document: StudioDocument, overlay: Overlay, switchedOn: boolean): Whereabouts['state'] {
  const onAir = document.onAir.overlays.find(({ id }) => id === overlay.id);
  if (onAir !== undefined)
    return JSON.stringify(onAir) === JSON.stringify(overlay) ? 'on-air' : 'on-air-before';
  const seen = airOf(document, document.scene).overlays.some(({ id }) => id === overlay.id);
  if (seen) return 'next';
  if (switchedOn) return 'covered';
  return Object.values(document.scenes).some(({ shown }) => shown.includes(overlay.id))
    ? 'elsewhere'
    : 'hidden';
}

/** The one of a kind that stands alone which the scene in edit shows. */
export function seenOfKind(document: StudioDocument, kind: Overlay['kind']): Overlay | null {
  if (!isAlone(kind)) return null;
  return airOf(document, document.scene).overlays.find((overlay) => overlay.kind === kind) ?? null;
}

/** What the B key does: hides the banner that is seen, else shows the one used last, else the uppermost. */
export function bannerToToggle(
  document: StudioDocument,
  last: string | null,
): { readonly overlay: OverlayId; readonly show: boolean } | null {
  const seen = seenOfKind(document, 'banner');
  if (seen !== null) return { overlay: seen.id, show: false };
  const banners = document.overlayOrder.filter((id) => document.overlays[id]?.kind === 'banner');
  const overlay = banners.find((id) => id === last) ?? banners.at(-1);
  return overlay === undefined ? null : { overlay, show: true };
}
