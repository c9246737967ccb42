import { z } from 'zod';
import { sceneIdSchema, sourceIdSchema } from '../ids.ts';

/** The scene whose stage is meant; left out: the one in edit. */
const scene = sceneIdSchema.optional();

export const stageCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put-on-stage'), source: sourceIdSchema, scene }),
  z.object({ type: z.literal('put-backstage'), source: sourceIdSchema, scene }),
  z.object({
    type: z.literal('move-on-stage'),
    source: sourceIdSchema,
    index: z.int().min(0).max(64),
    scene,
  }),
  /** The source is gone: it leaves every stage, the one on air too. */
  z.object({ type: z.literal('withdraw-source'), source: sourceIdSchema }),
]);
export type StageCommand = z.infer<typeof stageCommandSchema>;
