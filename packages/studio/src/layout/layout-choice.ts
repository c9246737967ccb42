import { z } from 'zod';
import { layoutIdSchema } from '../ids.ts';

export const layoutKindSchema = z.enum([
  'solo',
  'grid',
  'side-by-side',
  'leader',
  'picture-in-picture',
  'screen-people',
  'screen-only',
]);
/** A layout that arranges whatever is on stage by itself. */
export type LayoutKind = z.infer<typeof layoutKindSchema>;

/** What a scene uses: a layout kind, or one of the studio's own layouts. */
export const layoutChoiceSchema = z.union([
  layoutKindSchema,
  z.object({ kind: z.literal('own'), layout: layoutIdSchema }),
]);
export type LayoutChoice = z.infer<typeof layoutChoiceSchema>;
