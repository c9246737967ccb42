import { idleOutputHealth, type OutputHealth, type OutputView, outputIdSchema } from '@streamus/contracts';
import {
  type AnyCommand,
  newScene,
  newStudioDocument,
  overlaySchema,
  personIdSchema,
  reduce,
  type StudioDocument,
  sceneIdSchema,
  sourceId,
} from '@streamus/studio';
import { expect, test } from 'vitest';
import { changesOnAir } from './changes-on-air.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const by = personIdSchema.parse(uuid(1));
const camera = sourceId('camera', by);
const banner = overlaySchema.parse({ id: uuid(2), kind: 'banner', text: 'Tonight', style: 'solid' });
const second = newScene(sceneIdSchema.parse(uuid(3)), 'Break');

function after(document: StudioDocument, ...commands: readonly AnyCommand[]): StudioDocument {
  return commands.reduce((before, command) => {
    const reduced = reduce(before, command, { live: false, by, atMs: 0 });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, document);
}

const desk = after(
  newStudioDocument(),
  { type: 'add-person', person: { id: by, name: 'Gina', role: 'host' } },
  { type: 'add-overlay', overlay: banner },
  { type: 'add-scene', id: second.id, name: second.name, layout: 'grid' },
);
const idle = { outputs: [], stream: null };
/** What is said when these commands run. */
const said = (from: StudioDocument, ...commands: readonly AnyCommand[]) =>
  changesOnAir({ ...idle, document: from }, { ...idle, document: after(from, ...commands) }).map(
    ({ key }) => key,
  );

test('says who and what comes to air and goes', () => {
  const staged = after(desk, { type: 'put-on-stage', source: camera });
  const shown = after(desk, { type: 'show-overlay', overlay: banner.id, where: 'scene' });
  expect(said(desk, { type: 'put-on-stage', source: camera })).toEqual(['onStage']);
  expect(said(staged, { type: 'put-backstage', source: camera })).toEqual(['backstage']);
  expect(said(desk, { type: 'set-layout', layout: 'solo' })).toEqual(['layout']);
  expect(said(desk, { type: 'show-overlay', overlay: banner.id, where: 'scene' })).toEqual(['overlayShown']);
  expect(said(shown, { type: 'hide-overlay', overlay: banner.id })).toEqual(['overlayHidden']);
  expect(said(desk, { type: 'select-scene', scene: second.id })).toEqual(['scene']);
  const spotlit = after(staged, { type: 'set-spotlight', source: camera });
  expect(said(staged, { type: 'set-spotlight', source: camera })).toEqual(['spotlight']);
  expect(said(spotlit, { type: 'set-spotlight', source: null })).toEqual(['spotlightEnded']);
});

test('says nothing of what is prepared in preview mode, only of the take', () => {
  expect(said(desk, { type: 'set-mode', mode: 'preview' })).toEqual(['preview']);
  const preview = after(desk, { type: 'set-mode', mode: 'preview' });
  expect(said(preview, { type: 'select-scene', scene: second.id })).toEqual([]);
  expect(said(preview, { type: 'set-layout', layout: 'solo' })).toEqual([]);
  expect(said(preview, { type: 'set-layout', layout: 'solo' }, { type: 'take' })).toEqual([
    'scene',
    'layout',
  ]);
});

test('says when a destination is lost and when it is back, and nothing of the first connection', () => {
  const output = (health: Partial<OutputHealth>): OutputView => ({
    id: outputIdSchema.parse(uuid(4)),
    destinationId: null,
    platform: 'custom',
    name: 'Church',
    health: { ...idleOutputHealth, ...health },
  });
  const lastError = { code: 'target_refused', message: '', at: '2026-01-01T00:00:00Z' } as const;
  const between = (from: Partial<OutputHealth>, to: Partial<OutputHealth>) =>
    changesOnAir(
      { document: null, stream: null, outputs: [output(from)] },
      { document: null, stream: null, outputs: [output(to)] },
    ).map(({ key }) => key);
  expect(between({ state: 'connecting' }, { state: 'live' })).toEqual([]);
  expect(between({ state: 'live' }, { state: 'backing-off', lastError })).toEqual(['destinationLost']);
  expect(between({ state: 'backing-off', lastError }, { state: 'connecting', lastError })).toEqual([]);
  expect(between({ state: 'connecting', lastError }, { state: 'live', lastError })).toEqual([
    'destinationBack',
  ]);
  expect(between({ state: 'degraded', lastError }, { state: 'live', lastError })).toEqual([]);
});
