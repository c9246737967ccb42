import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyCommand, studioCommandSchema } from './commands.ts';
import {
  displayNameSchema,
  newStudioDocument,
  type StudioDocument,
  studioDocumentSchema,
} from './document.ts';
import { assetIdSchema } from './ids.ts';
import { type Refusal, reduce } from './reduce.ts';
import { peopleBackstage, peopleOnStage } from './selectors.ts';
import { add, after, anyCommand, personNo, sourceNo, stageOf, studioOf } from './testing.ts';

function expectRefused(document: StudioDocument, command: AnyCommand, refusal: Refusal, live = false): void {
  expect(reduce(document, command, { live })).toEqual({ ok: false, refusal });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

describe('document', () => {
  test('D1 a new document is valid and empty', () => {
    const document = newStudioDocument();
    expect(studioDocumentSchema.parse(document)).toEqual(document);
    expect(document).toMatchObject({ layout: 'grid', stage: [], people: {}, nameTags: true });
  });

  test('D2 D3 D4 a document that breaks a rule is not parsed', () => {
    const good = stageOf(10);
    const bad = [
      { ...good, stage: [sourceNo(0), sourceNo(0)] },
      { ...good, stage: [sourceNo(77)] },
      { ...good, people: { ...good.people, [personNo(77)]: good.people[personNo(1)] } },
      { ...studioOf(11), stage: Array.from({ length: 11 }, (_, n) => sourceNo(n)) },
      { ...good, stage: [0, 1, 2].map((n) => sourceNo(n, 'screen')) },
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

  test('D6 any commands in any order keep the document valid and never modify what they were given', () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 120 }), fc.boolean(), (commands, live) => {
        let document = deepFreeze(newStudioDocument());
        for (const command of commands) {
          const reduced = reduce(document, deepFreeze(command), { live });
          if (reduced.ok) document = deepFreeze(reduced.document);
        }
        expect(studioDocumentSchema.parse(document)).toEqual(document);
      }),
    );
  });
});

describe('commands', () => {
  test('C1 looks are replaced at once', () => {
    const asset = assetIdSchema.parse('11111111-1111-4111-8111-111111111111');
    const document = after(
      newStudioDocument(),
      { type: 'set-layout', layout: 'leader' },
      { type: 'set-background', background: { kind: 'image', asset } },
      { type: 'set-logo', logo: { asset, corner: 'top-left' } },
      { type: 'set-name-tags', shown: false },
      { type: 'set-accent', accent: '#ff8800' },
    );
    expect(document).toMatchObject({
      layout: 'leader',
      background: { kind: 'image', asset },
      logo: { asset, corner: 'top-left' },
      nameTags: false,
      accent: '#ff8800',
    });
    expect(after(document, { type: 'set-logo', logo: null }).logo).toBeNull();
  });

  test('C2 put-on-stage adds at the end and is refused for strangers, twice, and when full', () => {
    const full = stageOf(10);
    expect(full.stage.at(-1)).toBe(sourceNo(9));
    expectRefused(full, { type: 'put-on-stage', source: sourceNo(99) }, 'unknown_source');
    expectRefused(full, { type: 'put-on-stage', source: sourceNo(3) }, 'already_on_stage');
    const crowd = after(full, add(10));
    expectRefused(crowd, { type: 'put-on-stage', source: sourceNo(10) }, 'stage_full');
    const screens = after(
      crowd,
      { type: 'put-on-stage', source: sourceNo(10, 'screen') },
      { type: 'put-on-stage', source: sourceNo(1, 'screen') },
    );
    expect(screens.stage).toHaveLength(12);
    expectRefused(screens, { type: 'put-on-stage', source: sourceNo(2, 'screen') }, 'stage_full');
  });

  test('C3 put-backstage takes one source off', () => {
    const document = after(stageOf(3), { type: 'put-backstage', source: sourceNo(1) });
    expect(document.stage).toEqual([sourceNo(0), sourceNo(2)]);
    expect(peopleBackstage(document).map((person) => person.id)).toEqual([personNo(1)]);
    expectRefused(document, { type: 'put-backstage', source: sourceNo(1) }, 'not_on_stage');
  });

  test('C4 move-on-stage puts the source at its index, or last', () => {
    const first = after(stageOf(3), { type: 'move-on-stage', source: sourceNo(2), index: 0 });
    expect(first.stage).toEqual([sourceNo(2), sourceNo(0), sourceNo(1)]);
    const last = after(first, { type: 'move-on-stage', source: sourceNo(2), index: 50 });
    expect(last.stage).toEqual([sourceNo(0), sourceNo(1), sourceNo(2)]);
    const same = after(last, { type: 'move-on-stage', source: sourceNo(1), index: 1 });
    expect(same.stage).toEqual(last.stage);
    expectRefused(studioOf(1), { type: 'move-on-stage', source: sourceNo(0), index: 0 }, 'not_on_stage');
  });

  test('C5 rename-person changes the name only', () => {
    const document = after(stageOf(2), { type: 'rename-person', person: personNo(0), name: 'Ada' });
    expect(document.people[personNo(0)]).toEqual({ id: personNo(0), name: 'Ada', role: 'guest' });
    expectRefused(document, { type: 'rename-person', person: personNo(9), name: 'Ada' }, 'unknown_person');
  });

  test('C6 mute-person leaves the document alone', () => {
    const document = stageOf(2);
    expect(after(document, { type: 'mute-person', person: personNo(0) })).toBe(document);
    expectRefused(document, { type: 'mute-person', person: personNo(9) }, 'unknown_person');
  });

  test('C7 remove-person takes all of their sources off stage', () => {
    const document = after(
      stageOf(3),
      { type: 'put-on-stage', source: sourceNo(1, 'screen') },
      { type: 'remove-person', person: personNo(1) },
    );
    expect(document.stage).toEqual([sourceNo(0), sourceNo(2)]);
    expect(document.people[personNo(1)]).toBeUndefined();
    expectRefused(document, { type: 'remove-person', person: personNo(1) }, 'unknown_person');
  });

  test('C8 set-programme is refused while live', () => {
    const command: AnyCommand = {
      type: 'set-programme',
      programme: { width: 640, height: 360, fps: 15, videoBitrate: 600_000 },
    };
    expect(after(newStudioDocument(), command).programme.fps).toBe(15);
    expectRefused(newStudioDocument(), command, 'programme_locked', true);
  });

  test('C9 add-person files or replaces a person, and is refused when the studio is full', () => {
    const document = after(stageOf(2), {
      type: 'add-person',
      person: { id: personNo(0), name: 'Ada', role: 'co-host' },
    });
    expect(document.people[personNo(0)]).toEqual({ id: personNo(0), name: 'Ada', role: 'co-host' });
    expect(document.stage).toEqual(stageOf(2).stage);
    expectRefused(studioOf(30), add(30), 'studio_full');
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
});
