import { z } from 'zod';
import { backgroundSchema, brandSchema } from '../brand/brand.ts';
import { sceneIdSchema, sourceIdSchema } from '../ids.ts';
import { layoutKindSchema } from '../layout/layout-choice.ts';
import { ownLayoutSchema } from '../layout/own-layout.ts';
import { overlaySchema } from '../overlays/overlay.ts';
import { transitionSchema } from '../scenes/transition.ts';

/**
 * A scene with everything it shows copied in, so that nothing done to the plan can change it: what the painter
 * draws. SPEC A.
 */
export const airSceneSchema = z.object({
  /** The scene it was copied from; null: it was deleted since. */
  scene: sceneIdSchema.nullable(),
  /** Another number than before: the picture changes to this one by `transition`; the same: at once. */
  take: z.int().nonnegative(),
  transition: transitionSchema,
  /** Who is seen (as far as the layout shows them) and heard, most prominent first. */
  stage: z.array(sourceIdSchema),
  layout: z.union([layoutKindSchema, ownLayoutSchema]),
  spotlight: sourceIdSchema.nullable(),
  followSpeaker: z.boolean(),
  /** In the order in which they are drawn. */
  overlays: z.array(overlaySchema),
  brand: brandSchema,
  background: backgroundSchema,
});
export type AirScene = z.infer<typeof airSceneSchema>;
