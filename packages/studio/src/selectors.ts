import type { Person, StudioDocument } from './document.ts';
import { type PersonId, type SourceId, type SourceKind, sourceId, sourceKind, sourcePerson } from './ids.ts';

export function isOnStage(document: StudioDocument, source: SourceId): boolean {
  return document.stage.includes(source);
}

/** Sources of one kind on stage, most prominent first. */
export function onStage(document: StudioDocument, kind: SourceKind): SourceId[] {
  return document.stage.filter((source) => sourceKind(source) === kind);
}

export function findPerson(document: StudioDocument, id: PersonId): Person | null {
  return document.people[id] ?? null;
}

export function personOfSource(document: StudioDocument, source: SourceId): Person | null {
  return findPerson(document, sourcePerson(source));
}

/** People whose camera is on stage, most prominent first: they are seen and heard. */
export function peopleOnStage(document: StudioDocument): Person[] {
  return onStage(document, 'camera').flatMap((source) => personOfSource(document, source) ?? []);
}

/** Everybody else in the studio, by name. */
export function peopleBackstage(document: StudioDocument): Person[] {
  return Object.values(document.people)
    .filter((person) => !isOnStage(document, sourceId('camera', person.id)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

/** Whether the programme carries what this person says. */
export function isHeard(document: StudioDocument, person: PersonId): boolean {
  return isOnStage(document, sourceId('camera', person));
}

/** One or two letters that stand for a person without a picture. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .flatMap((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? [])
    .join('')
    .toLocaleUpperCase('en');
}
