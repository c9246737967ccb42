import { z } from 'zod';
import { backgroundSchema } from '../brand/brand.ts';
import { sceneIdSchema, sourceIdSchema } from '../ids.ts';
import { layoutChoiceSchema } from '../layout/layout-choice.ts';
import { STAGE_PEOPLE_LIMIT, STAGE_SCREENS_LIMIT } from '../limits.ts';
import { displayNameSchema } from '../text.ts';
import { transitionSchema } from './transition.ts';

/** The scene that is meant; left out: the one in edit, whichever that is when the command arrives. */
const scene = sceneIdSchema.optional();
const index = z.int().min(0).max(64);

/** Scenes and what each of them says. */
export const sceneCommandSchema = z.discriminatedUnion('type', [
  /** `id` is the new scene's; it comes last unless `index` says otherwise. */
  z.object({
    type: z.literal('add-scene'),
    id: sceneIdSchema,
    name: displayNameSchema,
    layout: layoutChoiceSchema,
    index: index.optional(),
  }),
  /** Puts a copy named `name` with the id `copy` after the scene. */
  z.object({
    type: z.literal('duplicate-scene'),
    scene: sceneIdSchema,
    copy: sceneIdSchema,
    name: displayNameSchema,
  }),
  z.object({ type: z.literal('rename-scene'), scene: sceneIdSchema, name: displayNameSchema }),
  z.object({ type: z.literal('delete-scene'), scene: sceneIdSchema }),
  z.object({ type: z.literal('move-scene'), scene: sceneIdSchema, index }),
  z.object({ type: z.literal('set-layout'), layout: layoutChoiceSchema, scene }),
  z.object({ type: z.literal('set-spotlight'), source: sourceIdSchema.nullable(), scene }),
  z.object({ type: z.literal('set-follow-speaker'), follow: z.boolean(), scene }),
  /** A stage of the scene's own; null: the studio's again. */
  z.object({
    type: z.literal('set-cast'),
    cast: z
      .array(sourceIdSchema)
      .max(STAGE_PEOPLE_LIMIT + STAGE_SCREENS_LIMIT)
      .refine((cast) => new Set(cast).size === cast.length)
      .nullable(),
    scene,
  }),
  z.object({ type: z.literal('set-scene-background'), background: backgroundSchema.nullable(), scene }),
  z.object({ type: z.literal('set-scene-transition'), transition: transitionSchema.nullable(), scene }),
]);
export type SceneCommand = z.infer<typeof sceneCommandSchema>;
