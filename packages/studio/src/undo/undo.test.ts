import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnyCommand } from '../commands.ts';
import type { StudioDocument } from '../document.ts';
import { sameJson } from '../lists.ts';
import { reduce } from '../reduce.ts';
import { FIRST_SCENE } from '../scenes/scene.ts';
import { nextRedo, nextUndo, sceneInEdit } from '../selectors.ts';
import {
  ADA,
  addOverlay,
  addScene,
  afterAt,
  afterBy,
  BOB,
  banner,
  image,
  layoutNo,
  NOON,
  overlayNo,
  ownLayout,
  personNo,
  refusalOf,
  sceneNo,
  show,
  sourceNo,
  twoProducers,
} from '../testing.ts';
import { anyCommand, anyCommandBy, anyPauseMs } from '../testing-commands.ts';
import { diffPlan } from './diff.ts';

const undo: AnyCommand = { type: 'undo' };
const redo: AnyCommand = { type: 'redo' };
const solo: AnyCommand = { type: 'set-layout', layout: 'solo' };
const leader: AnyCommand = { type: 'set-layout', layout: 'leader' };
const accent: AnyCommand = { type: 'set-accent', accent: '#000000' };
const layoutOf = (document: StudioDocument) => sceneInEdit(document).layout;
const live = (document: StudioDocument, command: AnyCommand, by = ADA) =>
  refusalOf(document, command, by, true);

/** The plan alone, as undo sees it. */
const samePlan = (a: StudioDocument, b: StudioDocument) => diffPlan(a, b).length === 0;

describe('undo', () => {
  test('U1 what a producer changes in the plan is kept, part by part, the newest 50', () => {
    const start = twoProducers();
    expect(start.history).toEqual({});
    const document = afterBy(ADA, start, solo, addOverlay(banner(1)), show(1), {
      type: 'move-on-stage',
      source: sourceNo(5),
      index: 0,
    });
    const place = (after: string | null, index: number) => ({ after, index });
    expect(document.history).toEqual({
      [ADA]: {
        lastStep: 4,
        redo: [],
        undo: [
          {
            step: 1,
            atMs: NOON,
            command: 'set-layout',
            patches: [
              { kind: 'field', path: ['scenes', FIRST_SCENE, 'layout'], before: 'grid', after: 'solo' },
            ],
          },
          {
            step: 2,
            atMs: NOON,
            command: 'add-overlay',
            patches: [
              {
                ...{ kind: 'entity', of: 'overlays', id: overlayNo(1), before: null, after: banner(1) },
                place: place(null, 0),
              },
            ],
          },
          {
            step: 3,
            atMs: NOON,
            command: 'show-overlay',
            patches: [
              {
                ...{ kind: 'item', path: ['scenes', FIRST_SCENE, 'shown'], item: overlayNo(1) },
                ...{ before: null, after: place(null, 0) },
              },
            ],
          },
          {
            step: 4,
            atMs: NOON,
            command: 'move-on-stage',
            patches: [
              {
                ...{ kind: 'item', path: ['stage'], item: sourceNo(5) },
                ...{ before: place(sourceNo(4), 2), after: place(null, 0) },
              },
            ],
          },
        ],
      },
    });
    const guest = personNo(3);
    expect(afterBy(guest, start, { type: 'rename-person', person: guest, name: 'Gus' }).history).toEqual({});
    const many = afterBy(ADA, start, ...Array.from({ length: 40 }, () => [solo, leader]).flat());
    expect(many.history[ADA]?.undo.map(({ step }) => step)).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 31),
    );
  });

  test('U9 one gesture is one step: the same values changed further by degrees within a second', () => {
    const dragTo = (colour: string): AnyCommand => ({
      ...{ type: 'set-brand', brand: { colours: { accent: colour } } },
    });
    const drag = (...values: readonly [pauseMs: number, accent: string][]) => {
      let [document, atMs] = [twoProducers(), NOON];
      for (const [pauseMs, colour] of values) {
        atMs += pauseMs;
        document = afterAt(atMs, ADA, document, dragTo(colour));
      }
      return document;
    };
    const steps = (document: StudioDocument) => document.history[ADA]?.undo ?? [];
    const accentOf = (document: StudioDocument) => document.brand.colours.accent;
    const first = accentOf(twoProducers());
    const hundred = Array.from({ length: 100 }, (_, n): [number, string] => [
      200,
      `#${(n + 256).toString(16).padStart(6, '0')}`,
    ]);
    const dragged = drag(...hundred);
    expect(steps(dragged)).toMatchObject([{ step: 100, atMs: NOON + 20_000 }]);
    expect(accentOf(afterBy(ADA, dragged, undo))).toBe(first);
    expect(accentOf(afterBy(ADA, dragged, undo, redo))).toBe(accentOf(dragged));
    // A pause, or another value between, begins anew.
    expect(steps(drag([0, '#000001'], [1000, '#000002'], [1001, '#000003']))).toHaveLength(2);
    const between = afterAt(NOON, ADA, drag([0, '#000001']), leader);
    expect(steps(afterAt(NOON, ADA, between, accent))).toHaveLength(3);
    // Back where it began: there is nothing to undo.
    expect(refusalOf(drag([0, '#000001'], [100, first]), undo, ADA)).toBe('nothing_to_undo');
    // What one has gone back to, or has done again, is not changed by what comes next.
    const next = (document: StudioDocument) => afterAt(NOON, ADA, document, dragTo('#000009'));
    const back = next(afterBy(ADA, drag([0, '#000001'], [5000, '#000002']), undo));
    expect(accentOf(afterBy(ADA, back, undo))).toBe('#000001');
    const again = next(afterBy(ADA, drag([0, '#000001']), undo, redo));
    expect(accentOf(afterBy(ADA, again, undo))).toBe('#000001');
  });

  test('U9 choices between kinds of things are steps of their own, and so is what a colleague has touched', () => {
    const sizes = [1280, 640].map(
      (width): AnyCommand => ({
        type: 'set-programme',
        programme: { width, height: 360, fps: 30, videoBitrate: 1_000_000 },
      }),
    );
    const choices: AnyCommand[][] = [
      [solo, leader],
      [
        { type: 'set-brand', brand: { theme: 'bold' } },
        { type: 'set-brand', brand: { theme: 'bubble' } },
      ],
      sizes,
    ];
    for (const two of choices) {
      expect(afterBy(ADA, twoProducers(), ...two).history[ADA]?.undo).toHaveLength(2);
    }
    const opacity = (value: number): AnyCommand => ({
      ...{ type: 'edit-overlay', overlay: overlayNo(1) },
      change: { kind: 'image', opacity: value },
    });
    const start = afterBy(BOB, twoProducers(), addOverlay(image(1)));
    expect(afterBy(ADA, start, opacity(90), opacity(80)).history[ADA]?.undo).toHaveLength(1);
    const between = afterBy(BOB, afterBy(ADA, start, opacity(90)), opacity(50));
    const undone = afterBy(ADA, afterBy(ADA, between, opacity(40)), undo);
    expect(undone.overlays[overlayNo(1)]).toMatchObject({ opacity: 50 });
  });

  test('U2 what has happened to the show or to people is nobody’s to undo', () => {
    const document = afterBy(
      ADA,
      twoProducers(),
      { type: 'select-scene', scene: sceneNo(2) },
      { type: 'set-mode', mode: 'preview' },
      { type: 'take' },
      { type: 'withdraw-source', source: sourceNo(3) },
      { type: 'mute-person', person: personNo(4) },
      { type: 'remove-person', person: personNo(4) },
    );
    expect(document.history).toEqual({});
    expect(refusalOf(document, undo, ADA)).toBe('nothing_to_undo');
  });

  test('U3 what somebody else changes or uses leaves one’s steps', () => {
    const changed = afterBy(BOB, afterBy(ADA, twoProducers(), accent, solo), leader);
    expect(nextUndo(changed, ADA)?.command).toBe('set-accent');
    expect(layoutOf(afterBy(ADA, changed, undo))).toBe('leader');
    // Changed there and back again is still Bob's.
    const back = afterBy(BOB, afterBy(ADA, twoProducers(), solo), leader, solo);
    expect(refusalOf(back, undo, ADA)).toBe('nothing_to_undo');

    const shown = afterBy(BOB, afterBy(ADA, twoProducers(), addOverlay(banner(1))), show(1));
    expect(refusalOf(shown, undo, ADA)).toBe('nothing_to_undo');
    const made = afterBy(ADA, twoProducers(), { type: 'save-layout', layout: ownLayout(1) });
    const used = afterBy(BOB, made, { type: 'set-layout', layout: { kind: 'own', layout: layoutNo(1) } });
    expect(refusalOf(used, undo, ADA)).toBe('nothing_to_undo');
    const scene = afterBy(BOB, afterBy(ADA, twoProducers(), addScene(7)), {
      type: 'rename-scene',
      scene: sceneNo(7),
      name: 'Bob’s',
    });
    expect(refusalOf(scene, undo, ADA)).toBe('nothing_to_undo');
    const moved = afterBy(BOB, afterBy(ADA, twoProducers(), addScene(7)), {
      type: 'move-scene',
      scene: sceneNo(7),
      index: 0,
    });
    expect(refusalOf(moved, undo, ADA)).toBe('nothing_to_undo');
  });

  test('U3 of a change in many parts the parts nobody else touched are taken back', () => {
    const styled = afterBy(ADA, twoProducers(), {
      type: 'set-brand',
      brand: { theme: 'bold', colours: { accent: '#111111', text: '#222222' } },
    });
    const document = afterBy(ADA, afterBy(BOB, styled, accent), undo);
    expect(document.brand).toEqual({
      ...twoProducers().brand,
      colours: { ...twoProducers().brand.colours, accent: '#000000' },
    });
  });

  test('U4 a deleted scene, overlay or layout returns to its place, to whoever showed it', () => {
    const before = afterBy(
      BOB,
      twoProducers(),
      ...[1, 2, 3].map((n) => addOverlay(banner(n))),
      { type: 'show-overlay', overlay: overlayNo(2), where: 'scene', scene: sceneNo(2) },
      { type: 'save-layout', layout: ownLayout(1) },
      { type: 'set-layout', layout: { kind: 'own', layout: layoutNo(1) }, scene: sceneNo(3) },
    );
    const deletions: AnyCommand[] = [
      { type: 'delete-overlay', overlay: overlayNo(2) },
      { type: 'delete-scene', scene: sceneNo(2) },
      { type: 'delete-layout', layout: layoutNo(1) },
    ];
    for (const deletion of deletions) {
      const deleted = afterBy(ADA, before, deletion);
      expect(samePlan(deleted, before)).toBe(false);
      expect(samePlan(afterBy(ADA, deleted, undo), before), deletion.type).toBe(true);
    }
    const all = afterBy(ADA, before, ...deletions, undo, undo, undo);
    expect(samePlan(all, before)).toBe(true);
  });

  test('U4 what came between stays, and what would not be valid is left out', () => {
    const off: AnyCommand = { type: 'put-backstage', source: sourceNo(4) };
    const without = afterBy(ADA, twoProducers(), leader, off);
    const between = afterBy(BOB, without, { type: 'put-on-stage', source: sourceNo(1) });
    expect(afterBy(ADA, between, undo).stage).toEqual([3, 4, 5, 1].map((n) => sourceNo(n)));
    const gone = afterBy(null, without, { type: 'remove-person', person: personNo(4) });
    const passed = afterBy(ADA, gone, undo);
    expect(passed.stage).toEqual([sourceNo(3), sourceNo(5)]);
    expect(layoutOf(passed)).toBe('grid');
    expect(
      refusalOf(
        afterBy(null, afterBy(ADA, twoProducers(), off), {
          type: 'remove-person',
          person: personNo(4),
        }),
        undo,
        ADA,
      ),
    ).toBe('undo_outdated');
  });

  test('U4 a step is named, and locked as its command is', () => {
    const document = afterBy(ADA, twoProducers(), solo, {
      type: 'set-programme',
      programme: { width: 640, height: 360, fps: 15, videoBitrate: 600_000 },
    });
    expect(refusalOf(document, { type: 'undo', step: 1 }, ADA)).toBe('undo_outdated');
    expect(refusalOf(document, { type: 'undo', step: 2 }, ADA)).toBeNull();
    expect(live(document, undo)).toBe('programme_locked');
    expect(refusalOf(twoProducers(), undo, null)).toBe('nothing_to_undo');
    expect(refusalOf(document, undo, BOB)).toBe('nothing_to_undo');
  });

  test('U5 redo does it again until something new is done', () => {
    const document = afterBy(ADA, twoProducers(), solo, accent, undo, undo);
    expect(nextRedo(document, ADA)).toMatchObject({ step: 1, command: 'set-layout' });
    const again = afterBy(ADA, document, redo);
    expect(layoutOf(again)).toBe('solo');
    expect(afterBy(ADA, again, redo).brand.colours.accent).toBe('#000000');
    expect(refusalOf(afterBy(ADA, again, redo), redo, ADA)).toBe('nothing_to_redo');
    expect(refusalOf(afterBy(ADA, again, leader), redo, ADA)).toBe('nothing_to_redo');
    expect(refusalOf(afterBy(BOB, document, leader), { type: 'redo', step: 1 }, ADA)).toBe('undo_outdated');
  });

  test('U6 alone, everything is undone to the beginning and redone to the end', () => {
    fc.assert(
      fc.property(fc.array(anyCommandBy, { maxLength: 40, size: 'max' }), (given) => {
        const start = twoProducers();
        let document = start;
        let atMs = NOON;
        for (const { command, pauseMs } of given) {
          if (!isPlan(command)) continue;
          atMs += pauseMs;
          const reduced = reduce(document, command, { live: false, by: ADA, atMs });
          if (reduced.ok) document = reduced.document;
        }
        const end = document;
        const steps = end.history[ADA]?.undo.length ?? 0;
        for (let n = 0; n < steps; n += 1) document = afterBy(ADA, document, undo);
        expect(diffPlan(document, start)).toEqual([]);
        for (let n = 0; n < steps; n += 1) document = afterBy(ADA, document, redo);
        expect(diffPlan(document, end)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  test('U7 undo never changes what a colleague changed last', () => {
    const given = fc.record({
      command: fc.oneof(contested, anyCommand),
      by: fc.constantFrom(ADA, BOB),
      pauseMs: anyPauseMs,
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 60, size: 'max' }), (list) => {
        let document = afterBy(null, twoProducers(), addOverlay(banner(1)));
        /** Who changed each value of the plan last. */
        const authors = new Map<string, string>();
        let atMs = NOON;
        for (const { command, by, pauseMs } of list) {
          atMs += pauseMs;
          const reduced = reduce(document, command, { live: false, by, atMs });
          if (!reduced.ok) continue;
          for (const place of changedValues(document, reduced.document)) {
            const author = authors.get(place);
            const isUndo = command.type === 'undo' || command.type === 'redo';
            if (isUndo && author !== undefined) expect([place, author]).toEqual([place, by]);
            authors.set(place, by);
          }
          document = reduced.document;
        }
      }),
      { numRuns: 300 },
    );
  }, 30_000);

  test('U8 undo goes to air in direct mode, but never takes the scene on air away', () => {
    const document = afterBy(ADA, twoProducers(), solo);
    expect(document.onAir.layout).toBe('solo');
    expect(afterBy(ADA, document, undo).onAir.layout).toBe('grid');
    const selected = afterBy(ADA, document, addScene(7), { type: 'select-scene', scene: sceneNo(7) });
    const undone = afterBy(ADA, selected, undo);
    expect(undone).toMatchObject({ scene: sceneNo(7), onAir: { scene: sceneNo(7) } });
    expect(undone.scenes[FIRST_SCENE]?.layout).toBe('grid');
    const preview = afterBy(ADA, document, addScene(7), { type: 'set-mode', mode: 'preview' });
    const gone = afterBy(ADA, preview, { type: 'select-scene', scene: sceneNo(7) }, undo);
    expect(gone.scene).toBe(sceneNo(3));
  });
});

/** Few commands about few things, so that two people meet. */
const contested: fc.Arbitrary<AnyCommand> = fc.constantFrom<AnyCommand>(
  ...[solo, leader, accent, undo, undo, redo],
  { type: 'set-accent', accent: '#ffffff' },
  { type: 'set-accent', accent: '#eeeeee' },
  { type: 'set-brand', brand: { theme: 'bold', colours: { accent: '#123456' } } },
  { type: 'set-layout', layout: 'solo', scene: sceneNo(2) },
  { type: 'rename-scene', scene: sceneNo(2), name: 'Ours' },
  { type: 'delete-scene', scene: sceneNo(2) },
  addScene(2),
  { type: 'edit-overlay', overlay: overlayNo(1), change: { kind: 'banner', text: 'Ours' } },
  { type: 'edit-overlay', overlay: overlayNo(1), change: { kind: 'banner', style: 'glass' } },
  { type: 'delete-overlay', overlay: overlayNo(1) },
  addOverlay(banner(1)),
);

/** Commands that undo can take back completely, whatever comes between. */
function isPlan({ type }: AnyCommand): boolean {
  const not = [
    'undo',
    'redo',
    'select-scene',
    'set-mode',
    'take',
    'remove-person',
    'add-person',
    'withdraw-source',
  ];
  return !not.includes(type);
}

/** Values of scenes, overlays and the brand that differ, by their place; those of what came or went do not count. */
function changedValues(before: StudioDocument, after: StudioDocument): string[] {
  const values = (document: StudioDocument) =>
    new Map<string, unknown>(
      [
        ...Object.values(document.scenes).map((scene) => [`scenes/${scene.id}`, scene] as const),
        ...Object.values(document.overlays).map((overlay) => [`overlays/${overlay.id}`, overlay] as const),
        ...Object.values(document.layouts).map((layout) => [`layouts/${layout.id}`, layout] as const),
        ['brand', document.brand] as const,
        ['colours', document.brand.colours] as const,
      ].flatMap(([place, value]) =>
        Object.entries(value)
          .filter(([key]) => !['shown', 'cast', 'colours', 'nameTags'].includes(key))
          .map(([key, part]): [string, unknown] => [`${place}/${key}`, part]),
      ),
    );
  const [old, now] = [values(before), values(after)];
  return [...now.keys()].filter((place) => old.has(place) && !sameJson(old.get(place), now.get(place)));
}
