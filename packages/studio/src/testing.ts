import fc from 'fast-check';
import { type AnyCommand, anyCommandSchema } from './commands.ts';
import { layoutKindSchema, newStudioDocument, roleSchema, type StudioDocument } from './document.ts';
import { type PersonId, personIdSchema, type SourceId, type SourceKind, sourceId } from './ids.ts';
import { reduce } from './reduce.ts';

/** Person number `n`, the same in every run. */
export function personNo(n: number): PersonId {
  return personIdSchema.parse(`00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`);
}

export function sourceNo(n: number, kind: SourceKind = 'camera'): SourceId {
  return sourceId(kind, personNo(n));
}

/** The document after commands that must all be accepted. */
export function after(document: StudioDocument, ...commands: readonly AnyCommand[]): StudioDocument {
  return commands.reduce((before, command) => {
    const reduced = reduce(before, command, { live: false });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, document);
}

export function add(n: number): AnyCommand {
  return { type: 'add-person', person: { id: personNo(n), name: `Person ${n}`, role: 'guest' } };
}

/** A studio of `count` people, nobody on stage. */
export function studioOf(count: number): StudioDocument {
  return after(newStudioDocument(), ...Array.from({ length: count }, (_, n) => add(n)));
}

/** A studio of `count` people, all of their cameras on stage. */
export function stageOf(count: number): StudioDocument {
  return after(
    studioOf(count),
    ...Array.from({ length: count }, (_, n): AnyCommand => ({ type: 'put-on-stage', source: sourceNo(n) })),
  );
}

const person = fc.integer({ min: 0, max: 33 }).map(personNo);
const source = fc
  .tuple(fc.integer({ min: 0, max: 33 }), fc.constantFrom<SourceKind>('camera', 'screen'))
  .map(([n, kind]) => sourceNo(n, kind));
const name = fc.constantFrom('Ada', '  Grace Hopper ', 'محمد', 'x'.repeat(60), '李');

/** Any parsed command about a small set of people, so that commands meet. */
export const anyCommand: fc.Arbitrary<AnyCommand> = fc
  .oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('put-on-stage'), source }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('put-backstage'), source }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('move-on-stage'),
        source,
        index: fc.integer({ min: 0, max: 64 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        type: fc.constant('add-person'),
        person: fc.record({ id: person, name, role: fc.constantFrom(...roleSchema.options) }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('remove-person'), person }) },
    fc.record({ type: fc.constant('rename-person'), person, name }),
    fc.record({ type: fc.constant('mute-person'), person }),
    fc.record({ type: fc.constant('set-layout'), layout: fc.constantFrom(...layoutKindSchema.options) }),
    fc.record({ type: fc.constant('set-name-tags'), shown: fc.boolean() }),
    fc.record({
      type: fc.constant('set-programme'),
      programme: fc.constantFrom(
        { width: 1280, height: 720, fps: 30, videoBitrate: 3_000_000 },
        { width: 720, height: 1280, fps: 30, videoBitrate: 3_000_000 },
      ),
    }),
  )
  .map((command) => anyCommandSchema.parse(command));
