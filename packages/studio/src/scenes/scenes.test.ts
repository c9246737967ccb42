import { describe, expect, test } from 'vitest';
import type { AnyCommand } from '../commands.ts';
import { newStudioDocument } from '../document.ts';
import { scenesInOrder, stageOfScene } from '../selectors.ts';
import {
  addOverlay,
  addScene,
  after,
  assetNo,
  banner,
  layoutNo,
  ownLayout,
  personNo,
  refusalOf,
  sceneNo,
  show,
  sourceNo,
  stageOf,
  studioOf,
  twoProducers,
} from '../testing.ts';
import { FIRST_SCENE, newScene } from './scene.ts';
import { DEFAULT_TRANSITION } from './transition.ts';

const names = (document: ReturnType<typeof studioOf>) => scenesInOrder(document).map(({ name }) => name);

describe('scenes', () => {
  test('S1 add-scene adds at its index or last, out of edit, 50 at most', () => {
    const document = after(studioOf(0), addScene(2), { ...addScene(3), index: 1 } as AnyCommand);
    expect(names(document)).toEqual(['Scene 1', 'Scene 3', 'Scene 2']);
    expect(document.scene).toBe(FIRST_SCENE);
    expect(document.scenes[sceneNo(2)]).toEqual(newScene(sceneNo(2), 'Scene 2'));
    expect(refusalOf(document, addScene(2))).toBe('id_taken');
    const own: AnyCommand = {
      type: 'add-scene',
      id: sceneNo(9),
      name: 'Own',
      layout: { kind: 'own', layout: layoutNo(1) },
    };
    expect(refusalOf(document, own)).toBe('unknown_layout');
    const full = after(document, ...Array.from({ length: 47 }, (_, n) => addScene(n + 10)));
    expect(full.sceneOrder).toHaveLength(50);
    expect(refusalOf(full, addScene(99))).toBe('scenes_full');
  });

  test('S2 duplicate-scene puts an equal scene after the original', () => {
    const document = after(
      twoProducers(),
      addOverlay(banner(1)),
      show(1),
      { type: 'set-layout', layout: 'solo' },
      { type: 'duplicate-scene', scene: FIRST_SCENE, copy: sceneNo(7), name: 'Again' },
    );
    expect(names(document)).toEqual(['Scene 1', 'Again', 'Scene 2', 'Scene 3']);
    expect(document.scenes[sceneNo(7)]).toEqual({
      ...document.scenes[FIRST_SCENE],
      id: sceneNo(7),
      name: 'Again',
    });
  });

  test('S3 delete-scene leaves its neighbour in edit and its copy on air', () => {
    const direct = twoProducers();
    expect(refusalOf(direct, { type: 'delete-scene', scene: FIRST_SCENE })).toBe('scene_on_air');
    expect(refusalOf(newStudioDocument(), { type: 'delete-scene', scene: FIRST_SCENE })).toBe('last_scene');
    const preview = after(direct, { type: 'set-mode', mode: 'preview' });
    const deleted = after(preview, { type: 'delete-scene', scene: FIRST_SCENE });
    expect(deleted).toMatchObject({ scene: sceneNo(2), sceneOrder: [sceneNo(2), sceneNo(3)] });
    expect(deleted.onAir).toEqual({ ...preview.onAir, scene: null });
    const last = after(preview, { type: 'select-scene', scene: sceneNo(3) });
    expect(after(last, { type: 'delete-scene', scene: sceneNo(3) }).scene).toBe(sceneNo(2));
  });

  test('S4 scenes are renamed and moved, and nothing is done to one that somebody has deleted', () => {
    const document = after(
      twoProducers(),
      { type: 'rename-scene', scene: sceneNo(3), name: ' Talk ' },
      { type: 'move-scene', scene: sceneNo(3), index: 0 },
    );
    expect(names(document)).toEqual(['Talk', 'Scene 1', 'Scene 2']);
    const scene = sceneNo(2);
    const gone = after(document, { type: 'delete-scene', scene });
    const commands: AnyCommand[] = [
      { type: 'rename-scene', scene, name: 'Late' },
      { type: 'move-scene', scene, index: 0 },
      { type: 'duplicate-scene', scene, copy: sceneNo(8), name: 'Copy' },
      { type: 'delete-scene', scene },
      { type: 'select-scene', scene },
      { type: 'set-layout', layout: 'solo', scene },
      { type: 'set-cast', cast: null, scene },
      { type: 'put-on-stage', source: sourceNo(1), scene },
    ];
    for (const command of commands) expect(refusalOf(gone, command), command.type).toBe('unknown_scene');
    expect(refusalOf(after(gone, { type: 'set-mode', mode: 'preview' }), { type: 'take', scene })).toBe(
      'unknown_scene',
    );
  });

  test('S5 a field of a scene is replaced, of the scene in edit unless another is named', () => {
    const scene = sceneNo(2);
    const background = { kind: 'image' as const, asset: assetNo(1) };
    const transition = { ...DEFAULT_TRANSITION, kind: 'wipe' as const };
    const document = after(
      twoProducers(),
      { type: 'save-layout', layout: ownLayout(1) },
      { type: 'set-layout', layout: 'leader' },
      { type: 'set-layout', layout: { kind: 'own', layout: layoutNo(1) }, scene },
      { type: 'set-spotlight', source: sourceNo(4), scene },
      { type: 'set-follow-speaker', follow: true, scene },
      { type: 'set-cast', cast: [sourceNo(5)], scene },
      { type: 'set-scene-background', background, scene },
      { type: 'set-scene-transition', transition, scene },
    );
    expect(document.scenes[FIRST_SCENE]).toEqual({ ...newScene(FIRST_SCENE, 'Scene 1'), layout: 'leader' });
    expect(document.scenes[scene]).toEqual({
      ...newScene(scene, 'Scene 2'),
      layout: { kind: 'own', layout: layoutNo(1) },
      spotlight: sourceNo(4),
      followSpeaker: true,
      cast: [sourceNo(5)],
      background,
      transition,
    });
    expect(refusalOf(document, { type: 'set-layout', layout: { kind: 'own', layout: layoutNo(2) } })).toBe(
      'unknown_layout',
    );
    expect(refusalOf(document, { type: 'set-spotlight', source: sourceNo(20) })).toBe('unknown_source');
    expect(refusalOf(document, { type: 'set-cast', cast: [sourceNo(20)] })).toBe('unknown_source');
    const screens = [3, 4, 5].map((n) => sourceNo(n, 'screen'));
    expect(refusalOf(document, { type: 'set-cast', cast: screens })).toBe('stage_full');
  });

  test('S6 a scene with a cast has a stage of its own', () => {
    const scene = sceneNo(2);
    const document = after(
      stageOf(3),
      addScene(2),
      { type: 'set-cast', cast: [sourceNo(2)], scene },
      { type: 'put-on-stage', source: sourceNo(0), scene },
      { type: 'put-backstage', source: sourceNo(1) },
    );
    expect(stageOfScene(document)).toEqual([sourceNo(0), sourceNo(2)]);
    expect(stageOfScene(document, scene)).toEqual([sourceNo(2), sourceNo(0)]);
    const gone = after(document, { type: 'remove-person', person: personNo(2) });
    expect(stageOfScene(gone, scene)).toEqual([sourceNo(0)]);
    expect(stageOfScene(after(gone, { type: 'set-cast', cast: null, scene }), scene)).toEqual([sourceNo(0)]);
  });
});
