import type { StudioDocument } from '../document.ts';
import { sameJson } from '../lists.ts';
import { done, type Reduced, refused } from '../result.ts';
import { inScene } from '../scenes/in-scene.ts';
import type { AirCommand } from './air-commands.ts';
import { airOf, take } from './air-of.ts';

/** What is seen and what is in edit. SPEC A. */
export function reduceAir(document: StudioDocument, command: AirCommand): Reduced {
  switch (command.type) {
    case 'select-scene':
      return inScene(document, command.scene, ({ id }) => {
        if (id === document.scene) return done(document);
        const selected = { ...document, scene: id };
        return done(document.mode === 'direct' ? take(selected, id) : selected);
      });
    case 'take':
      if (document.mode === 'direct') return refused('not_in_preview');
      return inScene(document, command.scene, ({ id }) => done(take(document, id, command.transition)));
    case 'set-mode':
      return done(command.mode === 'direct' ? goDirect(document) : { ...document, mode: 'preview' });
    case 'set-transition':
      return done({ ...document, transition: command.transition });
  }
}

/** Back to direct mode: the scene on air comes into edit, and what was changed in it since comes to air. */
function goDirect(document: StudioDocument): StudioDocument {
  const direct = {
    ...document,
    mode: 'direct' as const,
    scene: document.onAir.scene ?? document.scene,
  };
  const air = { ...airOf(direct, direct.scene), transition: direct.onAir.transition };
  return sameJson(air, direct.onAir) ? direct : take(direct, direct.scene);
}
