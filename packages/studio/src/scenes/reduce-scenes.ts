import { fitsStage, type StudioDocument } from '../document.ts';
import { type SceneId, type SourceId, sourcePerson } from '../ids.ts';
import type { LayoutChoice } from '../layout/layout-choice.ts';
import { SCENES_LIMIT } from '../limits.ts';
import { withItemAt, without, withoutKey } from '../lists.ts';
import { done, type Reduced, refused } from '../result.ts';
import { changeScene, inScene } from './in-scene.ts';
import { newScene, type Scene } from './scene.ts';
import type { SceneCommand } from './scene-commands.ts';

/** Scenes and what each of them says. SPEC S. */
export function reduceScenes(document: StudioDocument, command: SceneCommand): Reduced {
  switch (command.type) {
    case 'add-scene': {
      if (!layoutExists(document, command.layout)) return refused('unknown_layout');
      const index = command.index ?? document.sceneOrder.length;
      return insertScene(document, newScene(command.id, command.name, command.layout), index);
    }
    case 'duplicate-scene':
      return inScene(document, command.scene, (scene) => {
        const copy = { ...scene, id: command.copy, name: command.name };
        return insertScene(document, copy, document.sceneOrder.indexOf(scene.id) + 1);
      });
    case 'rename-scene':
      return inScene(document, command.scene, (scene) =>
        changeScene(document, scene, { name: command.name }),
      );
    case 'delete-scene':
      return inScene(document, command.scene, (scene) => deleteScene(document, scene.id));
    case 'move-scene':
      return inScene(document, command.scene, ({ id }) =>
        done({ ...document, sceneOrder: withItemAt(document.sceneOrder, id, command.index) }),
      );
    case 'set-layout':
      return inScene(document, command.scene, (scene) =>
        layoutExists(document, command.layout)
          ? changeScene(document, scene, { layout: command.layout })
          : refused('unknown_layout'),
      );
    case 'set-spotlight':
      return inScene(document, command.scene, (scene) =>
        command.source === null || isKnown(document, command.source)
          ? changeScene(document, scene, { spotlight: command.source })
          : refused('unknown_source'),
      );
    case 'set-follow-speaker':
      return inScene(document, command.scene, (scene) =>
        changeScene(document, scene, { followSpeaker: command.follow }),
      );
    case 'set-cast':
      return inScene(document, command.scene, (scene) => setCast(document, scene, command.cast));
    case 'set-scene-background':
      return inScene(document, command.scene, (scene) =>
        changeScene(document, scene, { background: command.background }),
      );
    case 'set-scene-transition':
      return inScene(document, command.scene, (scene) =>
        changeScene(document, scene, { transition: command.transition }),
      );
  }
}

function insertScene(document: StudioDocument, scene: Scene, index: number): Reduced {
  if (document.scenes[scene.id] !== undefined) return refused('id_taken');
  if (document.sceneOrder.length >= SCENES_LIMIT) return refused('scenes_full');
  return done({
    ...document,
    scenes: { ...document.scenes, [scene.id]: scene },
    sceneOrder: withItemAt(document.sceneOrder, scene.id, index),
  });
}

/** In direct mode the scene in edit is on air and cannot go; the one on air in preview mode is a copy. */
function deleteScene(document: StudioDocument, id: SceneId): Reduced {
  if (document.sceneOrder.length === 1) return refused('last_scene');
  if (document.mode === 'direct' && document.scene === id) return refused('scene_on_air');
  return done(withoutScene(document, id));
}

/** The document without a scene that is not its only one; its neighbour comes into edit when it was. */
export function withoutScene(document: StudioDocument, id: SceneId): StudioDocument {
  const index = document.sceneOrder.indexOf(id);
  const sceneOrder = without(document.sceneOrder, id);
  const neighbour = sceneOrder[Math.min(index, sceneOrder.length - 1)] ?? document.scene;
  return {
    ...document,
    scenes: withoutKey(document.scenes, id),
    sceneOrder,
    scene: document.scene === id ? neighbour : document.scene,
    onAir: document.onAir.scene === id ? { ...document.onAir, scene: null } : document.onAir,
  };
}

function setCast(document: StudioDocument, scene: Scene, cast: SourceId[] | null): Reduced {
  if (cast !== null && !cast.every((source) => isKnown(document, source))) return refused('unknown_source');
  if (cast !== null && !fitsStage(cast)) return refused('stage_full');
  return changeScene(document, scene, { cast });
}

function isKnown({ people }: StudioDocument, source: SourceId): boolean {
  return people[sourcePerson(source)] !== undefined;
}

function layoutExists({ layouts }: StudioDocument, choice: LayoutChoice): boolean {
  return typeof choice === 'string' || layouts[choice.layout] !== undefined;
}
