import { describe, expect, test } from 'vitest';
import { compositionOnAir } from '../air/composition.ts';
import type { AnyCommand } from '../commands.ts';
import type { StudioDocument } from '../document.ts';
import {
  after,
  layoutNo,
  ownLayout,
  refusalOf,
  sceneNo,
  sourceNo,
  stageOf,
  studioOf,
  twoProducers,
} from '../testing.ts';
import type { SourceFacts } from './box.ts';
import { layoutBoxes } from './layout.ts';
import type { OwnLayout } from './own-layout.ts';

const use = (n: number): AnyCommand => ({
  type: 'set-layout',
  layout: { kind: 'own', layout: layoutNo(n) },
});

function boxesOf(document: StudioDocument, facts: SourceFacts = { present: true, hasVideo: true }) {
  const sources = new Map(document.onAir.stage.map((source) => [source, facts]));
  return layoutBoxes({ composition: compositionOnAir(document), sources });
}

function studioWith(layout: OwnLayout, people: number): StudioDocument {
  return after(stageOf(people), { type: 'save-layout', layout }, use(1));
}

describe('own layouts', () => {
  test('W1 save-layout files or replaces, 50 at most', () => {
    const document = after(
      studioOf(0),
      { type: 'save-layout', layout: ownLayout(1) },
      { type: 'save-layout', layout: ownLayout(1, 'Better') },
    );
    expect(Object.values(document.layouts)).toEqual([ownLayout(1, 'Better')]);
    const full = after(
      document,
      ...Array.from(
        { length: 49 },
        (_, n): AnyCommand => ({ type: 'save-layout', layout: ownLayout(n + 2) }),
      ),
    );
    expect(refusalOf(full, { type: 'save-layout', layout: ownLayout(99) })).toBe('layouts_full');
    expect(refusalOf(full, { type: 'save-layout', layout: ownLayout(7) })).toBeNull();
  });

  test('W2 delete-layout leaves a grid, and is refused while it is on air', () => {
    const document = after(twoProducers(), { type: 'save-layout', layout: ownLayout(1) }, use(1));
    const gone: AnyCommand = { type: 'delete-layout', layout: layoutNo(1) };
    expect(refusalOf(document, gone)).toBe('layout_on_air');
    const elsewhere = after(document, { type: 'select-scene', scene: sceneNo(2) }, gone);
    expect(elsewhere.layouts).toEqual({});
    expect(Object.values(elsewhere.scenes).map(({ layout }) => layout)).toEqual(['grid', 'grid', 'grid']);
    expect(refusalOf(elsewhere, gone)).toBe('unknown_layout');
    const preview = after(document, { type: 'set-mode', mode: 'preview' }, gone);
    expect(preview.onAir.layout).toEqual(ownLayout(1));
  });

  test('W3 slots are filled by name, then in stage order, each source once', () => {
    const layout = ownLayout(1);
    expect(boxesOf(studioWith(layout, 3)).map(({ source }) => source)).toEqual([sourceNo(0), sourceNo(1)]);
    const [first, second, third] = layout.slots;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three slots');
    const named = {
      ...layout,
      slots: [second, { ...third, holds: { kind: 'source' as const, source: sourceNo(0) } }, first],
    };
    const document = after(studioWith(named, 2), { type: 'put-on-stage', source: sourceNo(1, 'screen') });
    expect(boxesOf(document).map(({ source }) => source)).toEqual([
      sourceNo(1),
      sourceNo(0),
      sourceNo(1, 'screen'),
    ]);
    const twice = { ...layout, slots: [second, { ...third, holds: second.holds }] };
    expect(boxesOf(studioWith(twice, 2)).map(({ source }) => source)).toEqual([sourceNo(0)]);
    const spotlit = after(studioWith(layout, 3), { type: 'set-spotlight', source: sourceNo(2) });
    expect(boxesOf(spotlit).map(({ source }) => source)).toEqual([sourceNo(2), sourceNo(0)]);
  });

  test('W4 box, radius and border are shares of the programme, crop of the picture', () => {
    const layout = ownLayout(1);
    const [, slot] = layout.slots;
    if (slot === undefined) throw new Error('no slot');
    const crop = { left: 2500, right: 2500, top: 0, bottom: 0 };
    const border = { width: 100, colour: '#ff0000' };
    const round = { ...layout, slots: [{ ...slot, fit: 'contain' as const, radius: 5000, crop, border }] };
    const wide = { present: true as const, hasVideo: true, aspect: 16 / 9 };
    const [box] = boxesOf(studioWith(round, 1), wide);
    // Half of a 16:9 picture is 8:9, which fits the lower left quarter 480 x 540.
    expect(box).toMatchObject({ x: 240, y: 540, width: 480, height: 540, fit: 'contain', radius: 270, crop });
    expect(box?.border).toEqual({ width: 11, colour: '#ff0000' });
  });
});
