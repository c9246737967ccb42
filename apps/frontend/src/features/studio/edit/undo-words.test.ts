import {
  type AnyCommand,
  FIRST_SCENE,
  newStudioDocument,
  nextUndo,
  personIdSchema,
  reduce,
  sourceId,
} from '@streamus/studio';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import direction from '@/i18n/en/direction.json';
import { stepWords } from './undo-words.ts';

const by = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
const source = sourceId('camera', by);
const words = i18next.createInstance();
await words.init({
  lng: 'en',
  initAsync: false,
  resources: { en: { direction } },
  interpolation: { escapeValue: false },
});

/** What undo would say after these commands. */
function undoAfter(...commands: readonly AnyCommand[]): string {
  const first: AnyCommand = { type: 'add-person', person: { id: by, name: 'Gina', role: 'host' } };
  const document = [first, ...commands].reduce((before, command, index) => {
    const reduced = reduce(before, command, { live: false, by, atMs: index * 60_000 });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, newStudioDocument());
  const step = nextUndo(document, by);
  if (step === null) throw new Error('There is nothing to undo.');
  return stepWords(step, document, words.getFixedT('en', 'direction'));
}

test('a step about the stage names the person, also where the stage is the scene’s own', () => {
  const own: AnyCommand = { type: 'set-cast', cast: [], scene: FIRST_SCENE };
  expect(undoAfter({ type: 'put-on-stage', source })).toBe('Gina on stage');
  expect(undoAfter(own, { type: 'put-on-stage', source })).toBe('Gina on stage');
  expect(undoAfter(own, { type: 'put-on-stage', source }, { type: 'put-backstage', source })).toBe(
    'Gina backstage',
  );
});

test('a step about a scene’s own people or background names the scene', () => {
  const background = { kind: 'colour', colour: '#112233' } as const;
  expect(undoAfter({ type: 'set-cast', cast: [source] })).toBe('people of scene “Scene 1”');
  expect(undoAfter({ type: 'set-cast', cast: [] }, { type: 'set-cast', cast: [source] })).toBe(
    'people of scene “Scene 1”',
  );
  expect(undoAfter({ type: 'set-scene-background', background })).toBe('background of scene “Scene 1”');
});
