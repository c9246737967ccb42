import { z } from 'zod';

const stepsSchema = z.array(z.looseObject({}));

/** Steps of undo did not say when they were made. The rest is as it is today. */
export const documentV2Schema = z.looseObject({
  version: z.literal(2),
  history: z.record(z.string(), z.looseObject({ undo: stepsSchema, redo: stepsSchema })),
});
export type DocumentV2 = z.infer<typeof documentV2Schema>;
