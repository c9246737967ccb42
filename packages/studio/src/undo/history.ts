import { z } from 'zod';
import { UNDO_LIMIT } from '../limits.ts';

const path = z.array(z.string());

/** Where an item of a list stands: after this one (null: first), formerly at this index. */
const placeSchema = z.object({ after: z.string().nullable(), index: z.int().nonnegative() });
export type Place = z.infer<typeof placeSchema>;

export const entityCollectionSchema = z.enum(['scenes', 'overlays', 'layouts']);
export type EntityCollection = z.infer<typeof entityCollectionSchema>;

/** One thing a command changed in the plan, with what was there before. Values are parts of the document. */
export const patchSchema = z.discriminatedUnion('kind', [
  /** A value was replaced. */
  z.object({ kind: z.literal('field'), path, before: z.unknown(), after: z.unknown() }),
  /** An item of a list of ids was added (`before` null), removed (`after` null) or moved. */
  z.object({
    kind: z.literal('item'),
    path,
    item: z.string(),
    before: placeSchema.nullable(),
    after: placeSchema.nullable(),
  }),
  /** A scene, overlay or layout was made (`before` null) or deleted (`after` null); layouts have no order. */
  z.object({
    kind: z.literal('entity'),
    of: entityCollectionSchema,
    id: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    place: placeSchema.nullable(),
  }),
]);
export type Patch = z.infer<typeof patchSchema>;

/** What one command did, or several that belong together. */
export const undoStepSchema = z.object({
  /** Grows by one with each of a person's changes: names the step a person means. */
  step: z.int().positive(),
  /** When it was changed last, in milliseconds since 1970; null: nothing joins it any more. */
  atMs: z.int().nonnegative().nullable(),
  /** Type of the command. */
  command: z.string(),
  patches: z.array(patchSchema).min(1),
});
export type UndoStep = z.infer<typeof undoStepSchema>;

/** What a person can undo and redo, newest last. SPEC U. */
export const historySchema = z.object({
  undo: z.array(undoStepSchema).max(UNDO_LIMIT),
  redo: z.array(undoStepSchema).max(UNDO_LIMIT),
  lastStep: z.int().nonnegative(),
});
export type History = z.infer<typeof historySchema>;

export const NO_HISTORY: History = { undo: [], redo: [], lastStep: 0 };
