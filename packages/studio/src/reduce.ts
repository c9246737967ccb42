import type { AnyCommand } from './commands.ts';
import {
  type Person,
  STAGE_PEOPLE_LIMIT,
  STAGE_SCREENS_LIMIT,
  STUDIO_PEOPLE_LIMIT,
  type StudioDocument,
} from './document.ts';
import { type PersonId, type SourceId, sourceKind, sourcePerson } from './ids.ts';

/** Why a well-formed command does not fit the document it meets. SPEC C. */
export type Refusal =
  | 'unknown_person'
  | 'unknown_source'
  | 'not_on_stage'
  | 'already_on_stage'
  | 'stage_full'
  | 'studio_full'
  | 'programme_locked';

export type Reduced = { ok: true; document: StudioDocument } | { ok: false; refusal: Refusal };

/** Facts outside the document that a rule needs. */
export interface ReduceContext {
  /** A stream of this studio is live: the programme's shape is locked. */
  readonly live: boolean;
}

/**
 * The document after a command, or why it does not fit. Pure; `document` is never changed. `command` is taken
 * as parsed by its schema: a valid document and a parsed command give a valid document (SPEC D6).
 */
export function reduce(document: StudioDocument, command: AnyCommand, context: ReduceContext): Reduced {
  switch (command.type) {
    case 'set-layout':
      return done({ ...document, layout: command.layout });
    case 'put-on-stage':
      return putOnStage(document, command.source);
    case 'put-backstage':
      return putBackstage(document, command.source);
    case 'move-on-stage':
      return moveOnStage(document, command.source, command.index);
    case 'rename-person':
      return withPerson(document, command.person, (person) =>
        done(savePerson(document, { ...person, name: command.name })),
      );
    case 'mute-person':
      return withPerson(document, command.person, () => done(document));
    case 'remove-person':
      return withPerson(document, command.person, () => done(removePerson(document, command.person)));
    case 'set-background':
      return done({ ...document, background: command.background });
    case 'set-logo':
      return done({ ...document, logo: command.logo });
    case 'set-name-tags':
      return done({ ...document, nameTags: command.shown });
    case 'set-accent':
      return done({ ...document, accent: command.accent });
    case 'set-programme':
      return context.live ? refused('programme_locked') : done({ ...document, programme: command.programme });
    case 'add-person':
      return addPerson(document, command.person);
  }
}

function done(document: StudioDocument): Reduced {
  return { ok: true, document };
}

function refused(refusal: Refusal): Reduced {
  return { ok: false, refusal };
}

function withPerson(document: StudioDocument, id: PersonId, then: (person: Person) => Reduced): Reduced {
  const person = document.people[id];
  return person === undefined ? refused('unknown_person') : then(person);
}

function savePerson(document: StudioDocument, person: Person): StudioDocument {
  return { ...document, people: { ...document.people, [person.id]: person } };
}

function addPerson(document: StudioDocument, person: Person): Reduced {
  const known = document.people[person.id] !== undefined;
  if (!known && Object.keys(document.people).length >= STUDIO_PEOPLE_LIMIT) return refused('studio_full');
  return done(savePerson(document, person));
}

function removePerson(document: StudioDocument, id: PersonId): StudioDocument {
  const people = { ...document.people };
  delete people[id];
  return { ...document, people, stage: document.stage.filter((source) => sourcePerson(source) !== id) };
}

function putOnStage(document: StudioDocument, source: SourceId): Reduced {
  if (document.people[sourcePerson(source)] === undefined) return refused('unknown_source');
  if (document.stage.includes(source)) return refused('already_on_stage');
  const kind = sourceKind(source);
  const sameKind = document.stage.filter((other) => sourceKind(other) === kind).length;
  const limit = kind === 'camera' ? STAGE_PEOPLE_LIMIT : STAGE_SCREENS_LIMIT;
  if (sameKind >= limit) return refused('stage_full');
  return done({ ...document, stage: [...document.stage, source] });
}

function putBackstage(document: StudioDocument, source: SourceId): Reduced {
  if (!document.stage.includes(source)) return refused('not_on_stage');
  return done({ ...document, stage: document.stage.filter((other) => other !== source) });
}

function moveOnStage(document: StudioDocument, source: SourceId, index: number): Reduced {
  if (!document.stage.includes(source)) return refused('not_on_stage');
  const stage = document.stage.filter((other) => other !== source);
  stage.splice(index, 0, source);
  return done({ ...document, stage });
}
