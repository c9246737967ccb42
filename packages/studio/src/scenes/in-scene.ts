import type { StudioDocument } from '../document.ts';
import type { SceneId } from '../ids.ts';
import { done, type Reduced, refused } from '../result.ts';
import type { Scene } from './scene.ts';

/** Runs `then` with the scene a command means: the one it names, or the one in edit. */
export function inScene(
  document: StudioDocument,
  id: SceneId | undefined,
  then: (scene: Scene) => Reduced,
): Reduced {
  const scene = document.scenes[id ?? document.scene];
  return scene === undefined ? refused('unknown_scene') : then(scene);
}

/** The document with some fields of a scene replaced. */
export function changeScene(document: StudioDocument, scene: Scene, change: Partial<Scene>): Reduced {
  return done({ ...document, scenes: { ...document.scenes, [scene.id]: { ...scene, ...change } } });
}
