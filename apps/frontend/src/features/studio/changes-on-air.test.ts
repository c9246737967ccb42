import { idleOutputHealth, type OutputHealth, type OutputView, outputIdSchema } from '@streamus/contracts';
import {
  type AnyCommand,
  assetIdSchema,
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
const countdown = overlaySchema.parse({
  id: uuid(6),
  kind: 'countdown',
  title: '',
  end: { kind: 'duration', durationMs: 60_000, startedAt: null },
  atZero: 'stay',
});
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

test('says how the programme looks: background, logo, colours, theme, font and name tags', () => {
  const brand = (change: Extract<AnyCommand, { type: 'set-brand' }>['brand']) =>
    said(desk, { type: 'set-brand', brand: change });
  const asset = assetIdSchema.parse(uuid(5));
  const logo = { asset, corner: 'top-left', size: 'small' } as const;
  const branded = after(desk, { type: 'set-logo', logo });
  expect(said(desk, { type: 'set-background', background: { kind: 'colour', colour: '#112233' } })).toEqual([
    'backgroundColour',
  ]);
  expect(said(desk, { type: 'set-scene-background', background: { kind: 'image', asset } })).toEqual([
    'backgroundImage',
  ]);
  expect(said(desk, { type: 'set-logo', logo })).toEqual(['logoShown']);
  expect(said(branded, { type: 'set-logo', logo: { ...logo, corner: 'top-right' } })).toEqual([
    'logoChanged',
  ]);
  expect(said(branded, { type: 'set-logo', logo: null })).toEqual(['logoHidden']);
  expect(brand({ colours: { accent: '#112233' } })).toEqual(['colours']);
  expect(brand({ theme: 'bold' })).toEqual(['theme']);
  expect(brand({ font: 'inter' })).toEqual(['font']);
  expect(said(desk, { type: 'set-name-tags', shown: false })).toEqual(['nameTagsHidden']);
  const untagged = after(desk, { type: 'set-name-tags', shown: false });
  expect(said(untagged, { type: 'set-name-tags', shown: true })).toEqual(['nameTagsShown']);
  expect(brand({ nameTags: { style: 'pill' } })).toEqual(['nameTagStyle']);
  expect(said(untagged, { type: 'set-brand', brand: { nameTags: { style: 'pill' } } })).toEqual([]);
});

test('the background a scene has of its own is no news beside the scene', () => {
  const background = { kind: 'colour', colour: '#112233' } as const;
  const own = after(desk, { type: 'set-scene-background', background, scene: second.id });
  expect(said(own, { type: 'select-scene', scene: second.id })).toEqual(['scene']);
});

test('says what a shown overlay says now, and that its countdown runs; of hidden ones nothing', () => {
  const text = { type: 'edit-overlay', overlay: banner.id, change: { kind: 'banner', text: 'Now' } } as const;
  const shown = after(desk, { type: 'show-overlay', overlay: banner.id, where: 'scene' });
  expect(said(shown, text)).toEqual(['overlayChanged']);
  expect(said(desk, text)).toEqual([]);
  const counting = after(
    desk,
    { type: 'add-overlay', overlay: countdown },
    { type: 'show-overlay', overlay: countdown.id, where: 'everywhere' },
  );
  const startAt = (startedAt: number | null) =>
    ({
      type: 'edit-overlay',
      overlay: countdown.id,
      change: { kind: 'countdown', end: { kind: 'duration', durationMs: 60_000, startedAt } },
    }) as const;
  expect(said(counting, startAt(1000))).toEqual(['countdownStarted']);
  expect(said(after(counting, startAt(1000)), startAt(1200)), 'as the server’s clock has it').toEqual([]);
  expect(said(after(counting, startAt(1000)), startAt(null))).toEqual(['countdownReset']);
});

test('says a new order on stage, and whether the speaker is followed', () => {
  const two = after(
    desk,
    { type: 'put-on-stage', source: camera },
    { type: 'put-on-stage', source: sourceId('screen', by) },
  );
  expect(said(two, { type: 'move-on-stage', source: camera, index: 1 })).toEqual(['stageOrder']);
  expect(said(two, { type: 'put-backstage', source: camera })).toEqual(['backstage']);
  expect(said(two, { type: 'set-follow-speaker', follow: true })).toEqual(['followsSpeaker']);
  const following = after(two, { type: 'set-follow-speaker', follow: true });
  expect(said(following, { type: 'set-follow-speaker', follow: false })).toEqual(['followsNobody']);
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
