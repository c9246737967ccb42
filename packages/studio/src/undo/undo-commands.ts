import { z } from 'zod';

/** The step that is meant, so that nobody undoes another than they saw; left out: the newest. */
const step = z.int().positive().optional();

export const undoCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('undo'), step }),
  z.object({ type: z.literal('redo'), step }),
]);
export type UndoCommand = z.infer<typeof undoCommandSchema>;
