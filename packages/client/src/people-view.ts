import type { Presence } from '@streamus/contracts';
import {
  isOnAir,
  isOnStage,
  type PersonId,
  type SourceId,
  type StudioDocument,
  sourceId,
  stageOfScene,
} from '@streamus/studio';
import type { RoomPerson } from './room-person.ts';
import type { PersonView } from './session.ts';

/** One's own devices as far as others perceive them. */
export interface OwnFeeds {
  readonly person: PersonId;
  readonly camera: MediaStreamTrack | null;
  readonly cameraOn: boolean;
  readonly microphone: MediaStreamTrack | null;
  readonly microphoneOn: boolean;
  readonly screen: MediaStreamTrack | null;
  readonly screenAudio: MediaStreamTrack | null;
  readonly speaking: boolean;
  readonly level: number;
  readonly quality: PersonView['quality'];
}

export type RoomPeople = ReadonlyMap<PersonId, RoomPerson>;

/**
 * Everybody's feeds by person. One's own devices in this tab win over those of another tab of the same person,
 * which still show where this tab offers nothing.
 */
export function mergeFeeds(room: RoomPeople, own: OwnFeeds | null): RoomPeople {
  if (own === null) return room;
  const other = room.get(own.person);
  const merged = new Map(room);
  merged.set(own.person, {
    camera: own.camera ?? other?.camera ?? null,
    cameraOn: own.cameraOn || (other?.cameraOn ?? false),
    microphone: own.microphone ?? other?.microphone ?? null,
    microphoneOn: own.microphoneOn || (other?.microphoneOn ?? false),
    screen: own.screen ?? other?.screen ?? null,
    screenOn: own.screen !== null || (other?.screenOn ?? false),
    screenAudio: own.screenAudio ?? other?.screenAudio ?? null,
    speaking: own.speaking || (other?.speaking ?? false),
    level: Math.max(own.level, other?.level ?? 0),
    quality: own.quality,
  });
  return merged;
}

/** The studio's people, on stage first in stage order, then by name. */
export function peopleViews(options: {
  document: StudioDocument;
  presence: Presence;
  feeds: RoomPeople;
  you: PersonId | null;
  frozen: readonly SourceId[];
}): PersonView[] {
  const { document, presence, feeds, you, frozen } = options;
  const connected = new Set(
    presence.filter(({ connections }) => connections.length > 0).map(({ person }) => person),
  );
  const views = Object.values(document.people).map((person): PersonView => {
    const feed = feeds.get(person.id);
    return {
      id: person.id,
      name: person.name,
      role: person.role,
      you: person.id === you,
      connected: connected.has(person.id),
      microphoneOn: feed?.microphoneOn ?? false,
      cameraOn: feed?.cameraOn ?? false,
      screenOn: feed?.screenOn ?? false,
      speaking: feed?.speaking ?? false,
      level: feed?.level ?? 0,
      onStage: isOnStage(document, sourceId('camera', person.id)),
      screenOnStage: isOnStage(document, sourceId('screen', person.id)),
      onAir: isOnAir(document, sourceId('camera', person.id)),
      screenOnAir: isOnAir(document, sourceId('screen', person.id)),
      quality: feed?.quality ?? 'unknown',
      frozen: frozen.includes(sourceId('camera', person.id)),
    };
  });
  return views.sort((a, b) => stageOrder(document, a) - stageOrder(document, b) || compareNames(a, b));
}

function stageOrder(document: StudioDocument, { id }: PersonView): number {
  const stage = stageOfScene(document);
  const index = stage.indexOf(sourceId('camera', id));
  return index === -1 ? stage.length : index;
}

function compareNames(a: PersonView, b: PersonView): number {
  return a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1;
}

/** `next` with every person (and the whole list) that did not change replaced by the same object as before. */
export function keepUnchanged(
  before: readonly PersonView[],
  next: readonly PersonView[],
): readonly PersonView[] {
  const known = new Map(before.map((person) => [person.id, person]));
  const kept = next.map((person) => {
    const old = known.get(person.id);
    return old !== undefined && samePerson(old, person) ? old : person;
  });
  return kept.length === before.length && kept.every((person, index) => person === before[index])
    ? before
    : kept;
}

function samePerson(a: PersonView, b: PersonView): boolean {
  const values = new Map(Object.entries(b));
  return Object.entries(a).every(([key, value]) => values.get(key) === value);
}

/**
 * What the compositor draws and mixes: pictures of everybody who is here (null: an avatar), sounds of the people
 * and screens on air, and how loud the people are.
 */
export function composerFeeds(options: { document: StudioDocument; presence: Presence; feeds: RoomPeople }): {
  pictures: Map<SourceId, MediaStreamTrack | null>;
  sounds: Map<string, MediaStreamTrack>;
  levels: Map<SourceId, number>;
} {
  const { document, presence, feeds } = options;
  const pictures = new Map<SourceId, MediaStreamTrack | null>();
  const sounds = new Map<string, MediaStreamTrack>();
  const levels = new Map<SourceId, number>();
  const here = new Set([
    ...presence.filter(({ connections }) => connections.length > 0).map(({ person }) => person),
    ...feeds.keys(),
  ]);
  for (const person of here) {
    const feed = feeds.get(person);
    const camera = sourceId('camera', person);
    const screen = sourceId('screen', person);
    pictures.set(camera, feed?.camera ?? null);
    if (feed?.screen) pictures.set(screen, feed.screen);
    if (isOnAir(document, camera)) levels.set(camera, feed?.level ?? 0);
    if (feed?.microphone && isOnAir(document, camera)) sounds.set(camera, feed.microphone);
    if (feed?.screenAudio && isOnAir(document, screen)) sounds.set(screen, feed.screenAudio);
  }
  return { pictures, sounds, levels };
}
