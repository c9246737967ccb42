import type { StudioDocument } from '../document.ts';
import type { OverlayId, SceneId } from '../ids.ts';
import { sameJson } from '../lists.ts';
import { isAlone, type Overlay } from '../overlays/overlay.ts';
import type { Scene } from '../scenes/scene.ts';
import type { Transition } from '../scenes/transition.ts';
import type { AirScene } from './air-scene.ts';

/** A scene of the plan as it would be on air now: everything it shows copied in. Unknown scenes: the one in edit. SPEC A1. */
export function airOf(document: StudioDocument, id: SceneId): AirScene {
  const scene = document.scenes[id] ?? document.scenes[document.scene];
  if (scene === undefined) return document.onAir;
  return {
    scene: scene.id,
    take: document.onAir.take,
    transition: scene.transition ?? document.transition,
    stage: scene.cast ?? document.stage,
    layout: layoutOf(document, scene),
    spotlight: scene.spotlight,
    followSpeaker: scene.followSpeaker,
    overlays: overlaysOf(document, scene),
    brand: document.brand,
    background: scene.background ?? document.brand.background,
  };
}

function layoutOf({ layouts }: StudioDocument, { layout }: Scene): AirScene['layout'] {
  return typeof layout === 'string' ? layout : (layouts[layout.layout] ?? 'grid');
}

/** Everything switched on, in drawing order; of kinds that stand alone the newest, the scene's before everybody's. */
function overlaysOf(document: StudioDocument, scene: Scene): Overlay[] {
  const switchedOn = [...document.shownEverywhere, ...scene.shown];
  const newest = new Map<string, OverlayId>();
  for (const id of switchedOn) {
    const kind = document.overlays[id]?.kind;
    if (kind !== undefined && isAlone(kind)) newest.set(kind, id);
  }
  const seen = new Set(switchedOn);
  return document.overlayOrder.flatMap((id) => {
    const overlay = document.overlays[id];
    if (overlay === undefined || !seen.has(id)) return [];
    return newest.has(overlay.kind) && newest.get(overlay.kind) !== id ? [] : [overlay];
  });
}

/** Brings a scene to air: its picture comes by a transition. SPEC A2. */
export function take(document: StudioDocument, id: SceneId, transition?: Transition): StudioDocument {
  const air = airOf(document, id);
  const onAir = { ...air, take: air.take + 1, transition: transition ?? air.transition };
  return { ...document, onAir };
}

/** In direct mode what is planned is on air; what looks the same stays the same object. SPEC A3. */
export function syncAir(document: StudioDocument): StudioDocument {
  if (document.mode !== 'direct') return document;
  const onAir = { ...airOf(document, document.scene), transition: document.onAir.transition };
  return sameJson(onAir, document.onAir) ? document : { ...document, onAir };
}

/** Whether a take would change nothing that is seen: the scene in edit is on air as it is. SPEC A8. */
export function isAsOnAir(document: StudioDocument): boolean {
  const { take: takes, transition } = document.onAir;
  return sameJson({ ...airOf(document, document.scene), take: takes, transition }, document.onAir);
}
