import type { StudioDocument } from '../document.ts';
import type { AssetId, SceneId } from '../ids.ts';
import { airOf } from './air-of.ts';
import type { AirScene } from './air-scene.ts';

/** Everything needed to draw one picture of the programme. */
export interface Composition {
  readonly programme: StudioDocument['programme'];
  readonly people: StudioDocument['people'];
  readonly air: AirScene;
}

/** What the audience sees. */
export function compositionOnAir({ programme, people, onAir }: StudioDocument): Composition {
  return { programme, people, air: onAir };
}

/** A scene as it would be seen: for the preview and for thumbnails. */
export function compositionOf(document: StudioDocument, scene: SceneId = document.scene): Composition {
  return { programme: document.programme, people: document.people, air: airOf(document, scene) };
}

/** The images a picture shows. */
export function assetsOf({ brand, background, overlays }: AirScene): AssetId[] {
  return [
    ...(background.kind === 'image' ? [background.asset] : []),
    ...(brand.logo === null ? [] : [brand.logo.asset]),
    ...overlays.flatMap((overlay) => (overlay.kind === 'image' ? [overlay.asset] : [])),
  ];
}

/** Images kept ready at most: at 8 MB each in 1080p that is what a tab can spare. */
const READY_LIMIT = 24;

/** Images that are on air, and those that can be at any moment, soonest first: they are loaded beforehand. */
export function assetsReady(document: StudioDocument): AssetId[] {
  const scenes = [document.scene, ...document.sceneOrder];
  const all = [document.onAir, ...scenes.map((id) => airOf(document, id))].flatMap(assetsOf);
  const onAir = new Set(assetsOf(document.onAir));
  return [...new Set(all)].slice(0, Math.max(READY_LIMIT, onAir.size));
}
