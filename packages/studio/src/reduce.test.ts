import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { airOf } from './air/air-of.ts';
import type { AnyCommand } from './commands.ts';
import { studioCommandSchema } from './commands.ts';
import { newStudioDocument, type StudioDocument, studioDocumentSchema } from './document.ts';
import { reduce } from './reduce.ts';
import { peopleBackstage, peopleOnStage } from './selectors.ts';
import {
  add,
  after,
  afterBy,
  NOON,
  personNo,
  refusalOf,
  sourceNo,
  stageOf,
  studioOf,
  twoProducers,
} from './testing.ts';
import { anyCommandBy } from './testing-commands.ts';
import { displayNameSchema } from './text.ts';

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

describe('document', () => {
  test('D1 a new document is valid, of one scene, and empty', () => {
    const document = newStudioDocument();
    expect(studioDocumentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ stage: [], people: {}, mode: 'direct', overlayOrder: [] });
    expect(document.sceneOrder).toEqual([document.scene]);
    expect(document.brand.nameTags.shown).toBe(true);
  });

  test('D2 D3 D4 a document that breaks a rule is not parsed', () => {
    const good = stageOf(10);
    const bad = [
      { ...good, stage: [sourceNo(0), sourceNo(0)] },
      { ...good, stage: [sourceNo(77)] },
      { ...good, people: { ...good.people, [personNo(77)]: good.people[personNo(1)] } },
      { ...studioOf(11), stage: Array.from({ length: 11 }, (_, n) => sourceNo(n)) },
      { ...good, stage: [0, 1, 2].map((n) => sourceNo(n, 'screen')) },
      { ...good, onAir: { ...good.onAir, stage: [sourceNo(77)] } },
      { ...good, sceneOrder: [] },
    ];
    expect(studioDocumentSchema.safeParse(good).success).toBe(true);
    for (const document of bad) expect(studioDocumentSchema.safeParse(document).success).toBe(false);
  });

  test('D5 the stage keeps the order in which sources came', () => {
    expect(peopleOnStage(stageOf(3)).map((person) => person.name)).toEqual([
      'Person 0',
      'Person 1',
      'Person 2',
    ]);
    expect(peopleBackstage(stageOf(3))).toEqual([]);
  });

  test('D6 D7 D8 any commands in any order keep the document valid, and what was given as it was', () => {
    fc.assert(
      fc.property(fc.array(anyCommandBy, { maxLength: 120, size: 'max' }), fc.boolean(), (given, live) => {
        let document = deepFreeze(twoProducers());
        let atMs = NOON;
        for (const { command, by, pauseMs } of given) {
          atMs += pauseMs;
          const reduced = reduce(document, deepFreeze(command), { live, by, atMs });
          if (reduced.ok) document = deepFreeze(reduced.document);
          if (document.mode === 'preview') continue;
          const { transition } = document.onAir;
          expect(document.onAir).toEqual({ ...airOf(document, document.scene), transition });
        }
        expect(studioDocumentSchema.parse(document)).toEqual(document);
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});

describe('commands', () => {
  test('C2 put-on-stage adds at the end and is refused for strangers, twice, and when full', () => {
    const full = stageOf(10);
    expect(full.stage.at(-1)).toBe(sourceNo(9));
    expect(refusalOf(full, { type: 'put-on-stage', source: sourceNo(99) })).toBe('unknown_source');
    expect(refusalOf(full, { type: 'put-on-stage', source: sourceNo(3) })).toBe('already_on_stage');
    const crowd = after(full, add(10));
    expect(refusalOf(crowd, { type: 'put-on-stage', source: sourceNo(10) })).toBe('stage_full');
    const screens = after(
      crowd,
      { type: 'put-on-stage', source: sourceNo(10, 'screen') },
      { type: 'put-on-stage', source: sourceNo(1, 'screen') },
    );
    expect(screens.stage).toHaveLength(12);
    expect(refusalOf(screens, { type: 'put-on-stage', source: sourceNo(2, 'screen') })).toBe('stage_full');
  });

  test('C3 put-backstage takes one source off', () => {
    const document = after(stageOf(3), { type: 'put-backstage', source: sourceNo(1) });
    expect(document.stage).toEqual([sourceNo(0), sourceNo(2)]);
    expect(peopleBackstage(document).map((person) => person.id)).toEqual([personNo(1)]);
    expect(refusalOf(document, { type: 'put-backstage', source: sourceNo(1) })).toBe('not_on_stage');
  });

  test('C4 move-on-stage puts the source at its index, or last', () => {
    const first = after(stageOf(3), { type: 'move-on-stage', source: sourceNo(2), index: 0 });
    expect(first.stage).toEqual([sourceNo(2), sourceNo(0), sourceNo(1)]);
    const last = after(first, { type: 'move-on-stage', source: sourceNo(2), index: 50 });
    expect(last.stage).toEqual([sourceNo(0), sourceNo(1), sourceNo(2)]);
    const same = after(last, { type: 'move-on-stage', source: sourceNo(1), index: 1 });
    expect(same.stage).toEqual(last.stage);
    expect(refusalOf(studioOf(1), { type: 'move-on-stage', source: sourceNo(0), index: 0 })).toBe(
      'not_on_stage',
    );
  });

  test('C5 rename-person changes the name only', () => {
    const document = after(stageOf(2), { type: 'rename-person', person: personNo(0), name: 'Ada' });
    expect(document.people[personNo(0)]).toEqual({ id: personNo(0), name: 'Ada', role: 'guest' });
    expect(refusalOf(document, { type: 'rename-person', person: personNo(9), name: 'Ada' })).toBe(
      'unknown_person',
    );
  });

  test('C6 mute-person leaves the document alone', () => {
    const document = stageOf(2);
    expect(after(document, { type: 'mute-person', person: personNo(0) })).toBe(document);
    expect(refusalOf(document, { type: 'mute-person', person: personNo(9) })).toBe('unknown_person');
  });

  test('C7 remove-person takes all of their sources off every stage, and their history with them', () => {
    const screen = sourceNo(1, 'screen');
    const played = afterBy(
      personNo(1),
      after(stageOf(3), add(1, 'co-host'), { type: 'put-on-stage', source: screen }),
      { type: 'set-cast', cast: [sourceNo(1), sourceNo(2)] },
      { type: 'set-spotlight', source: screen },
    );
    expect(Object.keys(played.history)).toEqual([personNo(1)]);
    const document = after(played, { type: 'remove-person', person: personNo(1) });
    expect(document.stage).toEqual([sourceNo(0), sourceNo(2)]);
    expect(document.scenes[document.scene]).toMatchObject({ cast: [sourceNo(2)], spotlight: null });
    expect(document.onAir).toMatchObject({ stage: [sourceNo(2)], spotlight: null });
    expect(document.people[personNo(1)]).toBeUndefined();
    expect(document.history).toEqual({});
    expect(refusalOf(document, { type: 'remove-person', person: personNo(1) })).toBe('unknown_person');
  });

  test('C8 set-programme is refused while live', () => {
    const command: AnyCommand = {
      type: 'set-programme',
      programme: { width: 640, height: 360, fps: 15, videoBitrate: 600_000 },
    };
    expect(after(newStudioDocument(), command).programme.fps).toBe(15);
    expect(refusalOf(newStudioDocument(), command, null, true)).toBe('programme_locked');
  });

  test('C9 add-person files or replaces a person, and is refused when the studio is full', () => {
    const document = after(stageOf(2), {
      type: 'add-person',
      person: { id: personNo(0), name: 'Ada', role: 'co-host' },
    });
    expect(document.people[personNo(0)]).toEqual({ id: personNo(0), name: 'Ada', role: 'co-host' });
    expect(document.stage).toEqual(stageOf(2).stage);
    expect(refusalOf(studioOf(30), add(30))).toBe('studio_full');
    expect(after(studioOf(30), add(5))).toEqual(studioOf(30));
  });

  test('C10 names are one trimmed line, colours are lower-case hex', () => {
    expect(displayNameSchema.parse('  Ada L. ')).toBe('Ada L.');
    for (const name of ['', '   ', 'a\nb', 'a\u0000b', 'x'.repeat(61)]) {
      expect(displayNameSchema.safeParse(name).success).toBe(false);
    }
    for (const accent of ['red', '#FFF', '#FFFFFF', 'url(x)']) {
      expect(studioCommandSchema.safeParse({ type: 'set-accent', accent }).success).toBe(false);
    }
  });

  test('C11 withdraw-source takes a source off every stage, the one on air too', () => {
    const screen = sourceNo(0, 'screen');
    const preview = after(
      stageOf(2),
      { type: 'put-on-stage', source: screen },
      { type: 'set-mode', mode: 'preview' },
      { type: 'set-cast', cast: [screen, sourceNo(1)] },
    );
    expect(preview.onAir.stage).toContain(screen);
    const document: StudioDocument = after(preview, { type: 'withdraw-source', source: screen });
    expect(document.stage).not.toContain(screen);
    expect(document.onAir.stage).toEqual([sourceNo(0), sourceNo(1)]);
    expect(document.scenes[document.scene]?.cast).toEqual([sourceNo(1)]);
    expect(refusalOf(document, { type: 'withdraw-source', source: screen })).toBe('not_on_stage');
  });
});
