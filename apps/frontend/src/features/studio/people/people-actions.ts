import type { PersonView, StudioView } from '@streamus/client';
import { type PersonId, type SourceId, type StudioDocument, sceneInEdit, sourceId } from '@streamus/studio';
import { type Action, atPlace } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { stageOf } from '../session-context.tsx';

/**
 * Everything one does with people and their screens. Who has which key goes by the order in which they came: it does not
 * change while people come on stage and go.
 */
export function peopleActions(context: DeskContext): Action[] {
  const view = context.session.store.getState();
  const { document } = view;
  if (document === null) return [];
  return inOrderOfComing(document, view).flatMap((person, index) => [
    ...sourceActions(context, document, { person, index, source: sourceId('camera', person.id) }),
    ...personActions(context, person, index),
    ...screenActions(context, document, person, index),
  ]);
}

function inOrderOfComing(document: StudioDocument, view: StudioView): PersonView[] {
  const staged = stageOf(view);
  return Object.keys(document.people).flatMap((id) => {
    const person = view.people.find((one) => one.id === id);
    if (person === undefined) return [];
    const here = person.connected || staged.includes(sourceId('camera', person.id));
    return here ? person : [];
  });
}

interface Place {
  readonly person: PersonView;
  readonly index: number;
  readonly source: SourceId;
}

/** On stage, its place there, and in the spotlight. */
function sourceActions(
  { session, studioWords }: DeskContext,
  document: StudioDocument,
  { person, index, source }: Place,
): Action[] {
  const screen = source.startsWith('screen');
  const of = screen ? 'screen-' : '';
  const name = screen ? studioWords('person.screenOf', { name: person.name }) : person.name;
  const stage = stageOf(session.store.getState());
  const place = stage.indexOf(source);
  const staged = place >= 0;
  const spotlit = sceneInEdit(document).spotlight === source;
  const { scene } = document;
  const notStaged = staged ? null : studioWords('person.notOnStage', { name });
  const move = (id: string, key: 'first' | 'earlier' | 'later', to: number): Action => ({
    ...atPlace(`${of}${id}`, index),
    unlisted: true,
    group: 'people',
    name: studioWords(`person.action.${key}`, { name }),
    unavailable:
      notStaged ??
      (to < 0 || to >= stage.length || to === place ? studioWords(`person.already.${key}`, { name }) : null),
    run: () => void session.command({ type: 'move-on-stage', source, index: to, scene }),
  });
  return [
    {
      ...atPlace(`${of}stage`, index),
      group: 'people',
      name: studioWords(staged ? 'person.action.backstage' : 'person.action.stage', { name }),
      run: () => void session.command({ type: staged ? 'put-backstage' : 'put-on-stage', source, scene }),
    },
    {
      ...atPlace(`${of}spotlight`, index),
      group: 'people',
      name: studioWords(spotlit ? 'person.action.endSpotlight' : 'person.action.spotlight', { name }),
      unavailable: spotlit ? null : notStaged,
      run: () => void session.command({ type: 'set-spotlight', source: spotlit ? null : source, scene }),
    },
    move('first', 'first', 0),
    move('earlier', 'earlier', place - 1),
    move('later', 'later', place + 1),
  ];
}

function screenActions(
  context: DeskContext,
  document: StudioDocument,
  person: PersonView,
  index: number,
): Action[] {
  const source = sourceId('screen', person.id);
  if (!person.screenOn && !stageOf(context.session.store.getState()).includes(source)) return [];
  return sourceActions(context, document, { person, index, source });
}

/** Mute, rename, remove: oneself one mutes with one's own key, and nobody removes the host. */
function personActions(
  { session, studioWords, desk }: DeskContext,
  person: PersonView,
  index: number,
): Action[] {
  const { id, name, you, role } = person;
  const rename: Action = {
    ...atPlace('rename', index),
    unlisted: true,
    group: 'people',
    name: studioWords('person.renameTitle', { name }),
    run: () => desk.open({ kind: 'person', person: id }),
  };
  if (you) return [rename];
  const mute: Action = {
    ...atPlace('mute', index),
    group: 'people',
    name: studioWords('person.mute', { name }),
    unavailable: person.microphoneOn ? null : studioWords('person.isMuted', { name }),
    run: () => void session.command({ type: 'mute-person', person: id }),
  };
  const remove = (who: PersonId): Action => ({
    ...atPlace('remove', index),
    unlisted: true,
    group: 'people',
    name: studioWords('person.action.remove', { name }),
    run: () => void session.command({ type: 'remove-person', person: who }),
  });
  return [mute, rename, ...(role === 'host' ? [] : [remove(id)])];
}
