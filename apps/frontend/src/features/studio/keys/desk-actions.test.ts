import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonView, StudioSession, StudioView } from '@streamus/client';
import { brandKitViewSchema } from '@streamus/contracts';
import { brandFonts } from '@streamus/fonts';
import {
  type AnyCommand,
  assetIdSchema,
  layoutIdSchema,
  newStudioDocument,
  overlaySchema,
  type PersonId,
  personIdSchema,
  reduce,
  type StudioCommand,
  type StudioCommandType,
  type StudioDocument,
  sceneIdSchema,
  sourceId,
  studioCommandSchema,
} from '@streamus/studio';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import brand from '@/i18n/en/brand.json';
import direction from '@/i18n/en/direction.json';
import keys from '@/i18n/en/keys.json';
import overlays from '@/i18n/en/overlays.json';
import studio from '@/i18n/en/studio.json';
import { contentOf } from '../../brand/kit-commands.ts';
import type { Desk } from '../desk.tsx';
import type { Action } from './action.ts';
import { deskActions } from './desk-actions.ts';
import { DEFAULT_HOTKEYS } from './hotkey-plan.ts';
import { searchActions } from './search-actions.ts';

/** Commands that want more than a key: what their action opens has fields for the rest. */
const FORMS: Readonly<Partial<Record<StudioCommandType, string>>> = {
  'add-overlay': 'tab-overlays',
  'delete-overlay': 'tab-overlays',
  'edit-overlay': 'tab-overlays',
  'move-overlay': 'tab-overlays',
  'rename-person': 'rename-1',
  'rename-scene': 'rename-scene',
  'save-layout': 'new-layout',
  'set-background': 'tab-brand',
  'set-cast': 'scene-sheet',
  'set-scene-background': 'scene-sheet',
};

const uuid = (n: number) => `00000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`;
const me = personIdSchema.parse(uuid(1));
const gina = personIdSchema.parse(uuid(2));
const second = sceneIdSchema.parse(uuid(3));
const ours = layoutIdSchema.parse(uuid(4));
const camera = sourceId('camera', gina);
const screen = sourceId('screen', me);
const banner = overlaySchema.parse({ id: uuid(10), kind: 'banner', text: 'Tonight', style: 'solid' });
const countdown = overlaySchema.parse({
  id: uuid(11),
  kind: 'countdown',
  title: 'We begin',
  end: { kind: 'duration', durationMs: 60_000, startedAt: null },
  atZero: 'stay',
});
const logo = { asset: assetIdSchema.parse(uuid(5)), corner: 'top-left', size: 'small' } as const;
const cut = { kind: 'cut', direction: 'left', durationMs: 300, easing: 'linear' } as const;

function after(document: StudioDocument, ...commands: readonly AnyCommand[]): StudioDocument {
  return commands.reduce((before, command, index) => {
    const reduced = reduce(before, command, { live: false, by: me, atMs: index * 60_000 });
    if (!reduced.ok) throw new Error(`${command.type}: ${reduced.refusal}`);
    return reduced.document;
  }, document);
}

const calm = after(
  newStudioDocument(),
  { type: 'add-person', person: { id: me, name: 'Hanna', role: 'host' } },
  { type: 'add-person', person: { id: gina, name: 'Gina', role: 'guest' } },
  { type: 'put-on-stage', source: camera },
  { type: 'add-overlay', overlay: banner },
  { type: 'add-overlay', overlay: countdown },
  { type: 'save-layout', layout: { id: ours, name: 'Ours', slots: [] } },
);
const busy = after(
  calm,
  { type: 'add-scene', id: second, name: 'Break', layout: 'solo' },
  { type: 'put-on-stage', source: screen },
  { type: 'set-spotlight', source: camera },
  { type: 'set-logo', logo },
  { type: 'set-scene-transition', transition: cut },
  { type: 'show-overlay', overlay: banner.id, where: 'everywhere' },
  { type: 'start-countdown', overlay: countdown.id },
  { type: 'set-mode', mode: 'preview' },
  { type: 'set-layout', layout: 'solo' },
  { type: 'undo' },
);

const bold = after(calm, { type: 'set-brand', brand: { theme: 'bold', font: 'oswald' } });
const kits = [
  brandKitViewSchema.parse({
    ...{ id: uuid(20), name: 'Club evening', version: 1, updatedAt: '2031-05-04T19:30:00.000Z' },
    content: contentOf(bold),
  }),
];

const person = (id: PersonId, document: StudioDocument): PersonView => ({
  id,
  name: document.people[id]?.name ?? '',
  role: document.people[id]?.role ?? 'guest',
  you: id === me,
  connected: true,
  microphoneOn: true,
  cameraOn: true,
  screenOn: id === me,
  speaking: false,
  level: 0,
  onStage: false,
  screenOnStage: false,
  onAir: false,
  screenOnAir: false,
  quality: 'good',
  frozen: false,
});

function viewOf(document: StudioDocument): StudioView {
  const device = { on: false, starting: false, deviceId: null, problem: null };
  return {
    connection: { kind: 'open' },
    room: 'connected',
    you: { person: me, role: 'host' },
    studioName: 'Morning show',
    document,
    people: [person(me, document), person(gina, document)],
    stream: null,
    outputs: [],
    programmeHealth: null,
    composing: null,
    healthHistory: [],
    happened: [],
    composer: { kind: 'none' },
    camera: device,
    microphone: device,
    screen: { on: false, audio: false, problem: null },
    devices: { cameras: [], microphones: [] },
    level: 0,
    refusal: null,
  };
}

const nothing = () => {};
const never = async () => {};
const idleDesk: Desk = {
  sheet: null,
  open: nothing,
  panelOpen: true,
  scenesOpen: true,
  togglePanel: nothing,
  toggleScenes: nothing,
  tab: 'people',
  chooseTab: nothing,
  openTab: nothing,
  tabAsked: false,
  tabReached: nothing,
  asksEnd: false,
  askEnd: nothing,
  renaming: null,
  rename: nothing,
  saying: null,
  say: nothing,
  quiet: nothing,
};

const words = i18next.createInstance();
await words.init({
  lng: 'en',
  initAsync: false,
  defaultNS: 'common',
  resources: { en: { brand, direction, keys, overlays, studio } },
  interpolation: { escapeValue: false },
});

/** The actions at a desk with this document, and the commands they have given so far. */
function deskWith(document: StudioDocument): { actions: Action[]; given: StudioCommand[] } {
  const given: StudioCommand[] = [];
  const session: StudioSession = {
    store: createStore(() => viewOf(document)),
    command: async (command) => {
      given.push(command);
      return { ok: true };
    },
    dismissRefusal: nothing,
    setMicrophone: never,
    setCamera: never,
    chooseCamera: never,
    chooseMicrophone: never,
    startScreen: never,
    stopScreen: never,
    attachSource: () => nothing,
    attachProgramme: () => nothing,
    startAudio: never,
    takeOver: async () => ({ ok: true }),
    setSurface: nothing,
    picture: async () => null,
    close: never,
  };
  const actions = deskActions({
    session,
    studioId: uuid(90),
    role: 'host',
    desk: idleDesk,
    leave: nothing,
    t: words.getFixedT('en', 'direction'),
    keysWords: words.getFixedT('en', 'keys'),
    studioWords: words.getFixedT('en', 'studio'),
    overlayWords: words.getFixedT('en', 'overlays'),
    brandWords: words.getFixedT('en', 'brand'),
    kits,
  });
  return { actions, given };
}

/** Every command that is named anywhere in the source of the screens, but where steps of undo get their words. */
function sentByScreens(): StudioCommandType[] {
  const features = join(import.meta.dirname, '../..');
  const source = readdirSync(features, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|undo-words\.ts$/.test(file))
    .map((file) => readFileSync(join(features, file), 'utf8'))
    .join('\n');
  return commandTypes().filter((type) => source.includes(`'${type}'`));
}

function commandTypes(): StudioCommandType[] {
  type Named = { readonly shape: { readonly type: { readonly value: StudioCommandType } } };
  const options = studioCommandSchema.options.flatMap((group): readonly Named[] => [...group.options]);
  return options.map(({ shape }) => shape.type.value);
}

test('every command the screens send is given by an action, or in what an action opens', () => {
  const ids = new Set<string>();
  const given = new Set<string>();
  for (const document of [calm, busy, after(calm, { type: 'undo' })]) {
    const desk = deskWith(document);
    for (const action of desk.actions) {
      ids.add(action.id);
      if (!action.unavailable) action.run();
    }
    for (const { type } of desk.given) given.add(type);
  }
  const sent = sentByScreens();
  expect(sent.length).toBeGreaterThan(30);
  const without = sent.filter((type) => !given.has(type) && !ids.has(FORMS[type] ?? ''));
  expect(without, 'commands without a keyboard way').toEqual([]);
  const needless = Object.keys(FORMS).filter((type) => given.has(type));
  expect(needless, 'these have an action of their own').toEqual([]);
});

test('actions have distinct ids, and names that are words', () => {
  for (const document of [calm, busy]) {
    const { actions } = deskWith(document);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    expect(actions.filter(({ name }) => name === '' || /^\w+(\.\w+)+$|\{\{/.test(name))).toEqual([]);
  }
});

test('a key one begins with belongs to an action; places have theirs as far as there are things', () => {
  const { actions } = deskWith(busy);
  const ids = new Set(actions.map(({ id }) => id));
  const homeless = Object.keys(DEFAULT_HOTKEYS).filter(
    (id) => !ids.has(id) && !/^(layout|scene)-\d$/.test(id),
  );
  expect(homeless).toEqual([]);
});

test('people, overlays and countdowns are bound by place; what is one person’s own is in the palette only', () => {
  const { actions } = deskWith(busy);
  const of = (id: string) => actions.find((action) => action.id === id);
  expect(of('stage-1')?.name).toBe('Put on stage: Hanna');
  expect(of('stage-2')?.name).toBe('Move backstage: Gina');
  expect(of('screen-stage-1')?.name).toBe('Move backstage: Hanna’s screen');
  expect(of('spotlight-2')?.name).toBe('End spotlight on Gina');
  expect(of('spotlight-1')?.unavailable).toBe('Hanna is not on stage.');
  expect(of('overlay-1')?.name).toBe('Countdown: show “We begin”');
  expect(of('overlay-2')?.name).toBe('Banner: hide “Tonight”');
  expect(of('countdown-1')?.name).toBe('Countdown: set “We begin” back');
  expect(of('mute-1'), 'oneself').toBeUndefined();
  expect(of('remove-2')?.unlisted).toBe(true);
  expect(of('remove-1'), 'the host').toBeUndefined();
  expect(of('overlay-2')?.unlisted).toBe(false);
  expect(of('end-stream')?.unavailable).toBe('Nothing is on air.');
});

test('every brand kit and every font is found by its name, and says when it is on already', () => {
  const { actions, given } = deskWith(calm);
  const found = (query: string) => searchActions(actions, query).map(({ name }) => name);
  expect(found('use kit club')).toEqual(['Use kit Club evening']);
  for (const { family } of brandFonts) expect(found(`font: ${family}`)).toContain(`Font: ${family}`);
  const run = (name: string) => actions.find((action) => action.name === name)?.run();
  run('Font: Caveat');
  run('Use kit Club evening');
  expect(given).toMatchObject([
    { type: 'set-brand', brand: { font: 'caveat' } },
    { type: 'use-kit', kit: uuid(20), content: { brand: { theme: 'bold' } } },
  ]);
  const dressed = deskWith(after(calm, ...given)).actions;
  const reason = (name: string) => dressed.find((action) => action.name === name)?.unavailable;
  expect(reason('Use kit Club evening')).toBe('The studio has this look.');
  expect(reason('Font: Oswald')).toBe('The studio has this font.');
  expect(reason('Font: Caveat')).toBeNull();
});
