import { z } from 'zod';
import { type AirScene, airSceneSchema } from './air/air-scene.ts';
import { brandSchema, DEFAULT_BRAND } from './brand/brand.ts';
import {
  layoutIdSchema,
  overlayIdSchema,
  personIdSchema,
  type SourceId,
  sceneIdSchema,
  sourceIdSchema,
  sourceKind,
  sourcePerson,
} from './ids.ts';
import { ownLayoutSchema } from './layout/own-layout.ts';
import {
  LAYOUTS_LIMIT,
  OVERLAYS_LIMIT,
  SCENES_LIMIT,
  SHOWN_LIMIT,
  STAGE_PEOPLE_LIMIT,
  STAGE_SCREENS_LIMIT,
  STUDIO_PEOPLE_LIMIT,
} from './limits.ts';
import { overlaySchema } from './overlays/overlay.ts';
import { personSchema } from './people/person.ts';
import { DEFAULT_PROGRAMME, type Programme, programmeSchema } from './programme.ts';
import { FIRST_SCENE, newScene, type Scene, sceneSchema } from './scenes/scene.ts';
import { DEFAULT_TRANSITION, transitionSchema } from './scenes/transition.ts';
import { historySchema } from './undo/history.ts';

/** Version of the documents this code reads and writes; older ones are migrated. */
export const DOCUMENT_VERSION = 3;

/** direct: the scene in edit is on air; preview: it comes to air by `take`. */
export const modeSchema = z.enum(['direct', 'preview']);
export type Mode = z.infer<typeof modeSchema>;

/**
 * The saved state of a studio: everything that survives when everybody leaves. The plan, and `onAir`, a copy of the
 * part of it that is seen. Nothing in it is optional, so that it is the same after a journey through JSON. SPEC D.
 */
export const studioDocumentSchema = z
  .object({
    version: z.literal(DOCUMENT_VERSION),
    programme: programmeSchema,
    people: z.record(personIdSchema, personSchema),
    /** Sources on stage in every scene without a cast of its own, most prominent first. */
    stage: z.array(sourceIdSchema),
    scenes: z.record(sceneIdSchema, sceneSchema),
    sceneOrder: z.array(sceneIdSchema).min(1).max(SCENES_LIMIT),
    /** The scene in edit. */
    scene: sceneIdSchema,
    overlays: z.record(overlayIdSchema, overlaySchema),
    /** In the order in which they are drawn. */
    overlayOrder: z.array(overlayIdSchema).max(OVERLAYS_LIMIT),
    /** Overlays shown in every scene, in the order in which they were switched on. */
    shownEverywhere: z.array(overlayIdSchema).max(SHOWN_LIMIT),
    /** The studio's own layouts. */
    layouts: z.record(layoutIdSchema, ownLayoutSchema),
    brand: brandSchema,
    mode: modeSchema,
    transition: transitionSchema,
    onAir: airSceneSchema,
    /** What hosts and co-hosts can undo. */
    history: z.record(personIdSchema, historySchema),
  })
  .refine(stagesAreGood, {
    path: ['stage'],
    message: 'a stage has a source twice, a stranger’s, or too many',
  })
  .refine(({ people }) => isKeyedById(people), { path: ['people'], message: 'filed under another id' })
  .refine(({ people }) => Object.keys(people).length <= STUDIO_PEOPLE_LIMIT, {
    path: ['people'],
    message: 'too many people in the studio',
  })
  .refine(({ scenes, sceneOrder }) => isKeyedById(scenes) && isOrderOf(sceneOrder, scenes), {
    path: ['scenes'],
    message: 'scenes and their order do not agree',
  })
  .refine(({ scenes, scene }) => scenes[scene] !== undefined, {
    path: ['scene'],
    message: 'the scene in edit does not exist',
  })
  .refine(({ overlays, overlayOrder }) => isKeyedById(overlays) && isOrderOf(overlayOrder, overlays), {
    path: ['overlays'],
    message: 'overlays and their order do not agree',
  })
  .refine(({ layouts }) => isKeyedById(layouts) && Object.keys(layouts).length <= LAYOUTS_LIMIT, {
    path: ['layouts'],
    message: 'too many layouts, or one filed under another id',
  })
  .refine(scenesAreGood, { path: ['scenes'], message: 'a scene refers to what does not exist' })
  .refine(({ history, people }) => Object.keys(history).every((person) => isIn(people, person)), {
    path: ['history'],
    message: 'a history of nobody',
  });
export type StudioDocument = z.infer<typeof studioDocumentSchema>;

export function newStudioDocument(programme: Programme = DEFAULT_PROGRAMME): StudioDocument {
  const scene = newScene(FIRST_SCENE, 'Scene 1');
  const onAir: AirScene = {
    scene: scene.id,
    take: 0,
    transition: DEFAULT_TRANSITION,
    stage: [],
    layout: 'grid',
    spotlight: null,
    followSpeaker: false,
    overlays: [],
    brand: DEFAULT_BRAND,
    background: DEFAULT_BRAND.background,
  };
  return {
    version: DOCUMENT_VERSION,
    programme,
    people: {},
    stage: [],
    scenes: { [scene.id]: scene },
    sceneOrder: [scene.id],
    scene: scene.id,
    overlays: {},
    overlayOrder: [],
    shownEverywhere: [],
    layouts: {},
    brand: DEFAULT_BRAND,
    mode: 'direct',
    transition: DEFAULT_TRANSITION,
    onAir,
    history: {},
  };
}

type People = Readonly<Record<string, unknown>>;

interface Plan {
  readonly stage: readonly SourceId[];
  readonly people: People;
  readonly scenes: Readonly<Record<string, Scene>>;
  readonly overlays: Readonly<Record<string, unknown>>;
  readonly layouts: Readonly<Record<string, unknown>>;
  readonly shownEverywhere: readonly string[];
  readonly onAir: AirScene;
}

function isIn(record: Readonly<Record<string, unknown>>, id: string): boolean {
  return Object.hasOwn(record, id);
}

function isSet(list: readonly string[]): boolean {
  return new Set(list).size === list.length;
}

function isOrderOf(order: readonly string[], record: Readonly<Record<string, unknown>>): boolean {
  return isSet(order) && order.length === Object.keys(record).length && order.every((id) => isIn(record, id));
}

function isKeyedById(record: Readonly<Record<string, { readonly id: string } | undefined>>): boolean {
  return Object.entries(record).every(([id, value]) => id === value?.id);
}

/** The studio's stage, each scene's cast and the stage on air. */
function stagesAreGood({ stage, scenes, onAir, people }: Plan): boolean {
  const casts = Object.values(scenes).map(({ cast }) => cast ?? []);
  return [stage, onAir.stage, ...casts].every(
    (list) => isSet(list) && fitsStage(list) && list.every((source) => isIn(people, sourcePerson(source))),
  );
}

/** Not more cameras and screens than a stage has room for. */
export function fitsStage(stage: readonly SourceId[]): boolean {
  const cameras = stage.filter((source) => sourceKind(source) === 'camera').length;
  return cameras <= STAGE_PEOPLE_LIMIT && stage.length - cameras <= STAGE_SCREENS_LIMIT;
}

function scenesAreGood({ scenes, overlays, layouts, people, shownEverywhere, onAir }: Plan): boolean {
  const isPerson = (source: SourceId | null) => source === null || isIn(people, sourcePerson(source));
  const isShown = (shown: readonly string[]) =>
    shown.length <= SHOWN_LIMIT && isSet(shown) && shown.every((id) => isIn(overlays, id));
  return (
    isShown(shownEverywhere) &&
    isPerson(onAir.spotlight) &&
    (onAir.scene === null || isIn(scenes, onAir.scene)) &&
    Object.values(scenes).every(
      ({ layout, spotlight, shown }) =>
        isShown(shown) && isPerson(spotlight) && (typeof layout === 'string' || isIn(layouts, layout.layout)),
    )
  );
}
