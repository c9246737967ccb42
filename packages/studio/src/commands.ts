import { z } from 'zod';
import { airCommandSchema } from './air/air-commands.ts';
import { brandCommandSchema } from './brand/brand-commands.ts';
import { layoutCommandSchema } from './layout/layout-commands.ts';
import { overlayCommandSchema } from './overlays/overlay-commands.ts';
import { addPersonSchema, peopleCommandSchema } from './people/people-commands.ts';
import { sceneCommandSchema } from './scenes/scene-commands.ts';
import { stageCommandSchema } from './stage/stage-commands.ts';
import { undoCommandSchema } from './undo/undo-commands.ts';

/**
 * What a person (or an automation) can ask of a studio. The backend validates, authorises and reduces every
 * one of these; clients apply the same reducer at once and are corrected when the backend refuses.
 */
export const studioCommandSchema = z.discriminatedUnion('type', [
  stageCommandSchema,
  peopleCommandSchema,
  sceneCommandSchema,
  airCommandSchema,
  overlayCommandSchema,
  layoutCommandSchema,
  brandCommandSchema,
  undoCommandSchema,
]);
export type StudioCommand = z.infer<typeof studioCommandSchema>;
export type StudioCommandType = StudioCommand['type'];

/** Commands only the backend issues: somebody came in by a link or left for good. */
export const systemCommandSchema = z.discriminatedUnion('type', [addPersonSchema]);
export type SystemCommand = z.infer<typeof systemCommandSchema>;

export const anyCommandSchema = z.union([studioCommandSchema, systemCommandSchema]);
export type AnyCommand = z.infer<typeof anyCommandSchema>;
