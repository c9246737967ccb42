import { z } from 'zod';
import { overlayIdSchema, sceneIdSchema } from '../ids.ts';
import { overlayChangeSchema, overlaySchema } from './overlay.ts';

const where = z.enum(['scene', 'everywhere']);
/** The scene that is meant; left out: the one in edit. */
const scene = sceneIdSchema.optional();

export const overlayCommandSchema = z.discriminatedUnion('type', [
  /** It is drawn over the others and shown nowhere yet. */
  z.object({ type: z.literal('add-overlay'), overlay: overlaySchema }),
  z.object({ type: z.literal('edit-overlay'), overlay: overlayIdSchema, change: overlayChangeSchema }),
  z.object({ type: z.literal('delete-overlay'), overlay: overlayIdSchema }),
  /** A countdown that runs for a while runs from now on; set back, it stands. */
  z.object({ type: z.literal('start-countdown'), overlay: overlayIdSchema }),
  z.object({ type: z.literal('reset-countdown'), overlay: overlayIdSchema }),
  z.object({ type: z.literal('move-overlay'), overlay: overlayIdSchema, index: z.int().min(0).max(255) }),
  z.object({ type: z.literal('show-overlay'), overlay: overlayIdSchema, where, scene }),
  /** Without `where`: from wherever it is shown in the scene. */
  z.object({ type: z.literal('hide-overlay'), overlay: overlayIdSchema, where: where.optional(), scene }),
]);
export type OverlayCommand = z.infer<typeof overlayCommandSchema>;
