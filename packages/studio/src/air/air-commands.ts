import { z } from 'zod';
import { sceneIdSchema } from '../ids.ts';
import { transitionSchema } from '../scenes/transition.ts';

/** What is seen and what is in edit. */
export const airCommandSchema = z.discriminatedUnion('type', [
  /** Brings a scene into edit; in direct mode that is on air. */
  z.object({ type: z.literal('select-scene'), scene: sceneIdSchema }),
  /** Brings the scene in edit (or `scene`) to air, by its own transition unless another is given. */
  z.object({
    type: z.literal('take'),
    scene: sceneIdSchema.optional(),
    transition: transitionSchema.optional(),
  }),
  z.object({ type: z.literal('set-mode'), mode: z.enum(['direct', 'preview']) }),
  /** The transition of scenes without one of their own. */
  z.object({ type: z.literal('set-transition'), transition: transitionSchema }),
]);
export type AirCommand = z.infer<typeof airCommandSchema>;
