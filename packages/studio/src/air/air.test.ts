import { describe, expect, test } from 'vitest';
import type { AnyCommand } from '../commands.ts';
import { FIRST_SCENE } from '../scenes/scene.ts';
import { DEFAULT_TRANSITION } from '../scenes/transition.ts';
import { isHeard, peopleOnAir } from '../selectors.ts';
import {
  addOverlay,
  after,
  assetNo,
  banner,
  image,
  layoutNo,
  overlayNo,
  ownLayout,
  personNo,
  refusalOf,
  sceneNo,
  show,
  sourceNo,
  twoProducers,
} from '../testing.ts';
import { airOf, isAsOnAir } from './air-of.ts';
import { assetsReady, compositionOf, compositionOnAir } from './composition.ts';

const preview: AnyCommand = { type: 'set-mode', mode: 'preview' };
const direct: AnyCommand = { type: 'set-mode', mode: 'direct' };
const wipe = { ...DEFAULT_TRANSITION, kind: 'wipe' as const };
const slide = { ...DEFAULT_TRANSITION, kind: 'slide' as const };

describe('on air', () => {
  test('A1 a scene on air is a copy of all it shows', () => {
    const own = ownLayout(1);
    const document = after(
      twoProducers(),
      { type: 'save-layout', layout: own },
      { type: 'set-layout', layout: { kind: 'own', layout: own.id } },
      addOverlay(banner(1)),
      show(1),
      { type: 'set-scene-background', background: { kind: 'image', asset: assetNo(3) } },
      preview,
    );
    expect(document.onAir).toEqual({
      scene: FIRST_SCENE,
      take: 0,
      transition: DEFAULT_TRANSITION,
      stage: [3, 4, 5].map((n) => sourceNo(n)),
      layout: own,
      spotlight: null,
      followSpeaker: false,
      overlays: [banner(1)],
      brand: document.brand,
      background: { kind: 'image', asset: assetNo(3) },
    });
    const changed = after(
      document,
      { type: 'delete-layout', layout: layoutNo(1) },
      { type: 'delete-overlay', overlay: overlayNo(1) },
      { type: 'set-accent', accent: '#000000' },
      { type: 'put-backstage', source: sourceNo(3) },
      { type: 'delete-scene', scene: FIRST_SCENE },
    );
    expect(changed.onAir).toEqual({ ...document.onAir, scene: null });
    expect(isHeard(changed, personNo(3))).toBe(true);
  });

  test('A2 take brings a scene to air by its transition', () => {
    const document = after(
      twoProducers(),
      { type: 'set-transition', transition: wipe },
      { type: 'set-scene-transition', transition: slide, scene: sceneNo(3) },
      preview,
      { type: 'select-scene', scene: sceneNo(2) },
      { type: 'set-layout', layout: 'solo' },
    );
    const taken = after(document, { type: 'take' });
    expect(taken.onAir).toEqual({ ...airOf(taken, sceneNo(2)), take: 1, transition: wipe });
    expect(after(taken, { type: 'take', scene: sceneNo(3) }).onAir).toMatchObject({
      scene: sceneNo(3),
      take: 2,
      transition: slide,
    });
    const cut = { ...DEFAULT_TRANSITION, kind: 'cut' as const };
    expect(after(taken, { type: 'take', transition: cut }).onAir.transition).toEqual(cut);
    expect(refusalOf(after(taken, direct), { type: 'take' })).toBe('not_in_preview');
  });

  test('A3 in direct mode a change is on air at once, and what changes nothing is no news', () => {
    const document = twoProducers();
    const solo = after(document, { type: 'set-layout', layout: 'solo' });
    expect(solo.onAir).toEqual({ ...document.onAir, layout: 'solo' });
    const unseen = after(solo, addOverlay(image(1)), {
      type: 'set-layout',
      layout: 'grid',
      scene: sceneNo(2),
    });
    expect(unseen.onAir).toBe(solo.onAir);
  });

  test('A4 select-scene is a take in direct mode and nothing but a choice in preview mode', () => {
    const document = twoProducers();
    const selected = after(document, { type: 'select-scene', scene: sceneNo(2) });
    expect(selected).toMatchObject({ scene: sceneNo(2), onAir: { scene: sceneNo(2), take: 1 } });
    expect(after(selected, { type: 'select-scene', scene: sceneNo(2) })).toBe(selected);
    const chosen = after(document, preview, { type: 'select-scene', scene: sceneNo(2) });
    expect(chosen.scene).toBe(sceneNo(2));
    expect(chosen.onAir).toBe(document.onAir);
  });

  test('A5 in preview mode people who go leave the air, whatever the plan', () => {
    const document = after(twoProducers(), { type: 'set-spotlight', source: sourceNo(4) }, preview);
    const changed = after(
      document,
      { type: 'set-layout', layout: 'solo' },
      { type: 'set-spotlight', source: null },
      { type: 'put-backstage', source: sourceNo(5) },
    );
    expect(changed.onAir).toBe(document.onAir);
    const gone = after(
      changed,
      { type: 'remove-person', person: personNo(4) },
      { type: 'withdraw-source', source: sourceNo(3) },
    );
    expect(gone.onAir).toEqual({ ...document.onAir, stage: [sourceNo(5)], spotlight: null });
    const renamed = after(gone, { type: 'rename-person', person: personNo(5), name: 'Cleo' });
    expect(peopleOnAir(renamed).map(({ name }) => name)).toEqual(['Cleo']);
  });

  test('A6 back in direct mode the scene on air is in edit; a take only if its picture changes', () => {
    const document = after(twoProducers(), preview, { type: 'select-scene', scene: sceneNo(2) });
    expect(after(document, direct)).toEqual(twoProducers());
    const edited = after(document, { type: 'set-layout', layout: 'solo', scene: FIRST_SCENE });
    expect(after(edited, direct)).toMatchObject({
      scene: FIRST_SCENE,
      onAir: { layout: 'solo', take: 1, scene: FIRST_SCENE },
    });
    const deleted = after(document, { type: 'delete-scene', scene: FIRST_SCENE });
    expect(after(deleted, direct)).toMatchObject({
      scene: sceneNo(2),
      onAir: { scene: sceneNo(2), take: 1 },
    });
  });

  test('A7 set-transition is for scenes without one of their own, from the next take on', () => {
    const document = after(
      twoProducers(),
      { type: 'set-transition', transition: slide },
      { type: 'set-scene-transition', transition: wipe, scene: sceneNo(3) },
    );
    expect(document.onAir.transition).toEqual(DEFAULT_TRANSITION);
    expect(after(document, { type: 'select-scene', scene: sceneNo(2) }).onAir.transition).toEqual(slide);
    expect(after(document, { type: 'select-scene', scene: sceneNo(3) }).onAir.transition).toEqual(wipe);
  });

  test('A8 whether the scene in edit is on air as it is', () => {
    const document = after(twoProducers(), preview, { type: 'set-transition', transition: slide });
    expect(isAsOnAir(document)).toBe(true);
    const edited = after(document, { type: 'set-layout', layout: 'solo' });
    expect(isAsOnAir(edited)).toBe(false);
    expect(isAsOnAir(after(edited, { type: 'take' }))).toBe(true);
    expect(isAsOnAir(after(document, { type: 'select-scene', scene: sceneNo(2) }))).toBe(false);
  });
});

describe('compositions', () => {
  const logo = { asset: assetNo(9), corner: 'top-left' as const };
  const document = after(
    twoProducers(),
    addOverlay(image(1)),
    addOverlay(image(2)),
    show(1),
    { type: 'show-overlay', overlay: overlayNo(2), where: 'scene', scene: sceneNo(3) },
    { type: 'set-logo', logo },
  );

  test('A1 of the air and of a scene differ in what is shown only', () => {
    const { people, programme } = document;
    expect(compositionOnAir(document)).toEqual({ people, programme, air: document.onAir });
    expect(compositionOf(document)).toEqual(compositionOnAir(document));
    expect(compositionOf(document, sceneNo(3)).air).toEqual(airOf(document, sceneNo(3)));
  });

  test('A1 images are ready before they are seen, those on air first', () => {
    expect(assetsReady(document)).toEqual([assetNo(9), assetNo(1), assetNo(2)]);
  });
});
