import { z } from 'zod';
import { layoutIdSchema } from '../ids.ts';
import { ownLayoutSchema } from './own-layout.ts';

export const layoutCommandSchema = z.discriminatedUnion('type', [
  /** Files one of the studio's own layouts, or replaces the one of the same id. */
  z.object({ type: z.literal('save-layout'), layout: ownLayoutSchema }),
  z.object({ type: z.literal('delete-layout'), layout: layoutIdSchema }),
]);
export type LayoutCommand = z.infer<typeof layoutCommandSchema>;
