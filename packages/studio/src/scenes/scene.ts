import { z } from 'zod';
import { backgroundSchema } from '../brand/brand.ts';
import { overlayIdSchema, type SceneId, sceneIdSchema, sourceIdSchema } from '../ids.ts';
import { type LayoutChoice, layoutChoiceSchema } from '../layout/layout-choice.ts';
import { displayNameSchema } from '../text.ts';
import { transitionSchema } from './transition.ts';

/** One prepared picture of the show. */
export const sceneSchema = z.object({
  id: sceneIdSchema,
  name: displayNameSchema,
  layout: layoutChoiceSchema,
  /** Who is on stage in this scene, most prominent first; null: the studio's stage. */
  cast: z.array(sourceIdSchema).nullable(),
  /** Whoever is shown most prominently, whatever the order on stage. */
  spotlight: sourceIdSchema.nullable(),
  /** Without a spotlight, whoever speaks has it. */
  followSpeaker: z.boolean(),
  /** Overlays shown in this scene, in the order in which they were switched on. */
  shown: z.array(overlayIdSchema),
  /** Null: the brand's. */
  background: backgroundSchema.nullable(),
  /** How this scene comes to air; null: as the studio's. */
  transition: transitionSchema.nullable(),
});
export type Scene = z.infer<typeof sceneSchema>;

/** The scene every studio begins with; ids are unique within one studio only. */
export const FIRST_SCENE: SceneId = sceneIdSchema.parse('5ce9e000-0000-4000-8000-000000000001');

export function newScene(id: SceneId, name: string, layout: LayoutChoice = 'grid'): Scene {
  return {
    id,
    name,
    layout,
    cast: null,
    spotlight: null,
    followSpeaker: false,
    shown: [],
    background: null,
    transition: null,
  };
}
