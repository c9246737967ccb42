import type { StudioDocument } from './document.ts';
import {
  type PersonId,
  type SceneId,
  type SourceId,
  type SourceKind,
  sourceId,
  sourceKind,
  sourcePerson,
} from './ids.ts';
import type { Person } from './people/person.ts';
import { newScene, type Scene } from './scenes/scene.ts';
import type { UndoStep } from './undo/history.ts';

/** The scene everybody edits. */
export function sceneInEdit(document: StudioDocument): Scene {
  // A valid document has it; a new scene stands for nothing that could be lost.
  return document.scenes[document.scene] ?? newScene(document.scene, '');
}

/** Scenes in their order. */
export function scenesInOrder({ scenes, sceneOrder }: StudioDocument): Scene[] {
  return sceneOrder.flatMap((id) => scenes[id] ?? []);
}

/** Who is on stage in a scene (the one in edit), most prominent first. */
export function stageOfScene(document: StudioDocument, id: SceneId = document.scene): SourceId[] {
  return document.scenes[id]?.cast ?? document.stage;
}

/** On the stage of the scene in edit. */
export function isOnStage(document: StudioDocument, source: SourceId): boolean {
  return stageOfScene(document).includes(source);
}

/** The programme shows it (as far as its layout does) and carries its sound. */
export function isOnAir(document: StudioDocument, source: SourceId): boolean {
  return document.onAir.stage.includes(source);
}

/** Sources of one kind on stage, most prominent first. */
export function onStage(document: StudioDocument, kind: SourceKind): SourceId[] {
  return stageOfScene(document).filter((source) => sourceKind(source) === kind);
}

export function findPerson({ people }: Pick<StudioDocument, 'people'>, id: PersonId): Person | null {
  return people[id] ?? null;
}

export function personOfSource(studio: Pick<StudioDocument, 'people'>, source: SourceId): Person | null {
  return findPerson(studio, sourcePerson(source));
}

/** People whose camera is on stage, most prominent first. */
export function peopleOnStage(document: StudioDocument): Person[] {
  return onStage(document, 'camera').flatMap((source) => personOfSource(document, source) ?? []);
}

/** People whose camera is on air, most prominent first: they are seen and heard. */
export function peopleOnAir(document: StudioDocument): Person[] {
  return document.onAir.stage
    .filter((source) => sourceKind(source) === 'camera')
    .flatMap((source) => personOfSource(document, source) ?? []);
}

/** Everybody who is not on stage, by name. */
export function peopleBackstage(document: StudioDocument): Person[] {
  return Object.values(document.people)
    .filter((person) => !isOnStage(document, sourceId('camera', person.id)))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

/** Whether the programme carries what this person says. */
export function isHeard(document: StudioDocument, person: PersonId): boolean {
  return isOnAir(document, sourceId('camera', person));
}

/** The step a person would undo next. */
export function nextUndo({ history }: StudioDocument, person: PersonId): UndoStep | null {
  return history[person]?.undo.at(-1) ?? null;
}

/** The step a person would do again next. */
export function nextRedo({ history }: StudioDocument, person: PersonId): UndoStep | null {
  return history[person]?.redo.at(-1) ?? null;
}

/** Letters of these scripts join with the one beside them, and two initials would read as a word. */
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Mongolian}]/u;
const ZERO_WIDTH_NON_JOINER = '\u200c';

/** One or two letters, or a sign where a name has none, that stand for a person without a picture. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return name.match(/\p{Extended_Pictographic}/u)?.[0] ?? '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  return [first, last]
    .flatMap((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? [])
    .join(JOINING.test(first) ? ZERO_WIDTH_NON_JOINER : '')
    .toLocaleUpperCase('en');
}

/** Discs of avatars: seven hues of one lightness, white text on each has a contrast above 4.5:1. */
const AVATAR_COLOURS = ['#3f5bd9', '#7a4bd0', '#b03a86', '#b8443c', '#8a6410', '#2f7d4f', '#1f7390'] as const;

/** The same name has the same colour in the programme, in the studio and on the watch page. */
export function avatarColour(name: string): string {
  const seed = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
  return AVATAR_COLOURS[seed % AVATAR_COLOURS.length] ?? AVATAR_COLOURS[0];
}
