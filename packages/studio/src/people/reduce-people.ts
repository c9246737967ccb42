import type { StudioDocument } from '../document.ts';
import { type PersonId, type SourceId, sourcePerson } from '../ids.ts';
import { STUDIO_PEOPLE_LIMIT } from '../limits.ts';
import { withoutKey } from '../lists.ts';
import { done, type Reduced, refused } from '../result.ts';
import type { PeopleCommand } from './people-commands.ts';
import type { Person } from './person.ts';

/** Who is in the studio. SPEC C5 to C7, C9. */
export function reducePeople(document: StudioDocument, command: PeopleCommand): Reduced {
  const person = document.people[command.person];
  if (person === undefined) return refused('unknown_person');
  switch (command.type) {
    case 'rename-person':
      return done(savePerson(document, { ...person, name: command.name }));
    case 'mute-person':
      return done(document);
    case 'remove-person':
      return done(withoutPerson(document, command.person));
  }
}

export function addPerson(document: StudioDocument, person: Person): Reduced {
  const known = document.people[person.id] !== undefined;
  if (!known && Object.keys(document.people).length >= STUDIO_PEOPLE_LIMIT) return refused('studio_full');
  return done(savePerson(document, person));
}

function savePerson(document: StudioDocument, person: Person): StudioDocument {
  return { ...document, people: { ...document.people, [person.id]: person } };
}

/** The document without a person, their sources anywhere, or anything for them to undo. */
function withoutPerson(document: StudioDocument, id: PersonId): StudioDocument {
  const stays = (source: SourceId) => sourcePerson(source) !== id;
  const keep = (source: SourceId | null) => (source !== null && stays(source) ? source : null);
  const scenes = { ...document.scenes };
  for (const scene of Object.values(document.scenes)) {
    const cast = scene.cast?.filter(stays) ?? null;
    const spotlight = keep(scene.spotlight);
    if (cast?.length !== scene.cast?.length || spotlight !== scene.spotlight) {
      scenes[scene.id] = { ...scene, cast, spotlight };
    }
  }
  const { onAir } = document;
  return {
    ...document,
    people: withoutKey(document.people, id),
    history: withoutKey(document.history, id),
    stage: document.stage.filter(stays),
    scenes,
    onAir: { ...onAir, stage: onAir.stage.filter(stays), spotlight: keep(onAir.spotlight) },
  };
}
