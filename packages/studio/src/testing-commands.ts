import fc from 'fast-check';
import { DEFAULT_BRAND, nameTagStyleSchema, themeSchema } from './brand/brand.ts';
import { type AnyCommand, anyCommandSchema } from './commands.ts';
import type { SourceKind } from './ids.ts';
import { layoutKindSchema } from './layout/layout-choice.ts';
import { roleSchema } from './people/person.ts';
import { FIRST_SCENE } from './scenes/scene.ts';
import { transitionSchema } from './scenes/transition.ts';
import {
  assetNo,
  kitNo,
  layoutNo,
  overlayNo,
  overlaysOfEachKind,
  ownLayout,
  personNo,
  sceneNo,
  sourceNo,
} from './testing.ts';

const { kit: _, ...brandWithoutKit } = DEFAULT_BRAND;
const brandFields = Object.fromEntries(
  Object.entries(brandWithoutKit).map(([key, value]) => [key, fc.constant(value)]),
);
const number = (max: number) => fc.integer({ min: 0, max });
const person = number(33).map(personNo);
const source = fc
  .tuple(number(33), fc.constantFrom<SourceKind>('camera', 'screen'))
  .map(([n, kind]) => sourceNo(n, kind));
const name = fc.constantFrom('Ada', '  Grace Hopper ', 'محمد', 'x'.repeat(60), '李');
const sceneId = number(5).map((n) => (n === 0 ? FIRST_SCENE : sceneNo(n)));
const scene = fc.option(sceneId, { nil: undefined });
const overlayId = number(5).map(overlayNo);
const layoutId = number(3).map(layoutNo);
const colour = fc.constantFrom('#000000', '#ff8800', '#5b7cfa');
const layout = fc.oneof(
  fc.constantFrom(...layoutKindSchema.options),
  fc.record({ kind: fc.constant('own' as const), layout: layoutId }),
);
/** One id may be of any kind, so that people meet what has become something else. */
const overlay = fc.tuple(number(5), fc.constantFrom(...overlaysOfEachKind)).map(([n, make]) => make(n));
const background = fc.oneof(
  fc.record({ kind: fc.constant('colour' as const), colour }),
  fc.record({ kind: fc.constant('image' as const), asset: number(3).map(assetNo) }),
);
const transition = fc.record({
  kind: fc.constantFrom('cut' as const, 'fade' as const, 'slide' as const, 'wipe' as const),
  direction: fc.constantFrom('left' as const, 'up' as const),
  durationMs: number(2000),
  easing: fc.constantFrom(...transitionSchema.shape.easing.options),
});

const command = <T extends string, F extends Record<string, fc.Arbitrary<unknown>>>(type: T, fields: F) =>
  fc.record({ type: fc.constant(type), ...fields });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const people: fc.Arbitrary<unknown> = fc.oneof(
  often(
    4,
    command('add-person', {
      person: fc.record({ id: person, name, role: fc.constantFrom(...roleSchema.options) }),
    }),
  ),
  often(1, command('remove-person', { person })),
  often(1, command('rename-person', { person, name })),
  often(1, command('mute-person', { person })),
);
const stage: fc.Arbitrary<unknown> = fc.oneof(
  often(5, command('put-on-stage', { source, scene })),
  often(2, command('put-backstage', { source, scene })),
  often(2, command('move-on-stage', { source, index: number(64), scene })),
  often(1, command('withdraw-source', { source })),
);
const scenes: fc.Arbitrary<unknown> = fc.oneof(
  often(
    3,
    command('add-scene', { id: sceneId, name, layout, index: fc.option(number(9), { nil: undefined }) }),
  ),
  often(2, command('duplicate-scene', { scene: sceneId, copy: sceneId, name })),
  command('rename-scene', { scene: sceneId, name }),
  often(2, command('delete-scene', { scene: sceneId })),
  command('move-scene', { scene: sceneId, index: number(9) }),
  often(2, command('set-layout', { layout, scene })),
  command('set-spotlight', { source: fc.option(source), scene }),
  command('set-follow-speaker', { follow: fc.boolean(), scene }),
  command('set-cast', { cast: fc.option(fc.uniqueArray(source, { maxLength: 4 })), scene }),
  command('set-scene-background', { background: fc.option(background), scene }),
  command('set-scene-transition', { transition: fc.option(transition), scene }),
);
const air: fc.Arbitrary<unknown> = fc.oneof(
  often(3, command('select-scene', { scene: sceneId })),
  often(2, command('take', { scene, transition: fc.option(transition, { nil: undefined }) })),
  command('set-mode', { mode: fc.constantFrom('direct', 'preview') }),
  command('set-transition', { transition }),
);
const overlays: fc.Arbitrary<unknown> = fc.oneof(
  often(3, command('add-overlay', { overlay })),
  command('edit-overlay', {
    overlay: overlayId,
    change: fc.record({ kind: fc.constant('banner'), text: name }),
  }),
  often(
    2,
    command('edit-overlay', {
      overlay: overlayId,
      change: fc.record({ kind: fc.constant('image'), opacity: number(100) }),
    }),
  ),
  command('edit-overlay', { overlay: overlayId, change: overlay.map(({ id: _, ...change }) => change) }),
  often(2, command('start-countdown', { overlay: overlayId })),
  command('reset-countdown', { overlay: overlayId }),
  command('delete-overlay', { overlay: overlayId }),
  command('move-overlay', { overlay: overlayId, index: number(6) }),
  often(
    3,
    command('show-overlay', { overlay: overlayId, where: fc.constantFrom('scene', 'everywhere'), scene }),
  ),
  command('hide-overlay', {
    overlay: overlayId,
    where: fc.option(fc.constantFrom('scene', 'everywhere'), { nil: undefined }),
    scene,
  }),
);
const looks: fc.Arbitrary<unknown> = fc.oneof(
  often(
    2,
    command('save-layout', {
      layout: fc.tuple(number(3), name).map(([n, text]) => ownLayout(n, text.trim())),
    }),
  ),
  command('delete-layout', { layout: layoutId }),
  command('set-background', { background }),
  command('set-logo', {
    logo: fc.option(fc.record({ asset: number(3).map(assetNo), corner: fc.constant('top-left') })),
  }),
  command('set-name-tags', { shown: fc.boolean() }),
  command('set-accent', { accent: colour }),
  command('set-brand', {
    brand: fc.record({ font: fc.constant('inter'), colours: fc.record({ text: colour }) }),
  }),
  often(2, command('set-brand', { brand: fc.record({ colours: fc.record({ accent: colour }) }) })),
  command('set-brand', {
    brand: fc.record({
      theme: fc.constantFrom(...themeSchema.options),
      nameTags: fc.record({ style: fc.constantFrom(...nameTagStyleSchema.options) }),
    }),
  }),
  command('use-kit', {
    kit: fc.constant(kitNo(1)),
    content: fc.record({
      brand: fc.record({ ...brandFields, theme: fc.constantFrom(...themeSchema.options), background }),
      overlays: fc.uniqueArray(overlay, { maxLength: 3, selector: ({ id }) => id }),
      layouts: fc.uniqueArray(
        number(3).map((n) => ownLayout(n)),
        { maxLength: 2, selector: ({ id }) => id },
      ),
    }),
  }),
  command('set-programme', {
    programme: fc.constantFrom(
      { width: 1280, height: 720, fps: 30, videoBitrate: 3_000_000 },
      { width: 720, height: 1280, fps: 30, videoBitrate: 3_000_000 },
    ),
  }),
);
/** The newest step, or the one somebody saw: often another by now. */
const step = fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined, freq: 2 });
const undo: fc.Arbitrary<unknown> = fc.oneof(often(2, command('undo', { step })), command('redo', { step }));

/** Any parsed command about a small set of people, scenes, overlays and layouts, so that commands meet. */
export const anyCommand: fc.Arbitrary<AnyCommand> = fc
  .oneof(
    often(4, people),
    often(4, stage),
    often(4, scenes),
    often(2, air),
    often(3, overlays),
    often(2, looks),
    often(3, undo),
  )
  .map((given) => anyCommandSchema.parse(given));

/** Time between two commands: within one gesture, or after a pause. */
export const anyPauseMs = fc.constantFrom(0, 200, 900, 5000);

/** A command and who gives it: one of two producers most of the time. */
export const anyCommandBy = fc.record({
  command: anyCommand,
  pauseMs: anyPauseMs,
  by: fc.oneof(often(6, fc.constantFrom(personNo(1), personNo(2))), often(1, fc.option(person))),
});
