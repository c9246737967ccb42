import { z } from 'zod';
import {
  backgroundSchema,
  colourSchema,
  displayNameSchema,
  layoutKindSchema,
  logoSchema,
  personSchema,
  programmeSchema,
} from './document.ts';
import { personIdSchema, sourceIdSchema } from './ids.ts';

/**
 * What a person (or an automation) can ask of a studio. The backend validates, authorises and reduces every
 * one of these; clients apply the same reducer at once and are corrected when the backend refuses.
 */
export const studioCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-layout'), layout: layoutKindSchema }),
  z.object({ type: z.literal('put-on-stage'), source: sourceIdSchema }),
  z.object({ type: z.literal('put-backstage'), source: sourceIdSchema }),
  z.object({ type: z.literal('move-on-stage'), source: sourceIdSchema, index: z.int().min(0).max(64) }),
  z.object({ type: z.literal('rename-person'), person: personIdSchema, name: displayNameSchema }),
  /** Mutes the person's microphone in the room; the document does not change, the person may unmute. */
  z.object({ type: z.literal('mute-person'), person: personIdSchema }),
  /** Removes the person from the studio and ends their session. */
  z.object({ type: z.literal('remove-person'), person: personIdSchema }),
  z.object({ type: z.literal('set-background'), background: backgroundSchema }),
  z.object({ type: z.literal('set-logo'), logo: logoSchema.nullable() }),
  z.object({ type: z.literal('set-name-tags'), shown: z.boolean() }),
  z.object({ type: z.literal('set-accent'), accent: colourSchema }),
  z.object({ type: z.literal('set-programme'), programme: programmeSchema }),
]);
export type StudioCommand = z.infer<typeof studioCommandSchema>;
export type StudioCommandType = StudioCommand['type'];

/** Commands only the backend issues: somebody came in by a link or left for good. */
export const systemCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('add-person'), person: personSchema }),
]);
export type SystemCommand = z.infer<typeof systemCommandSchema>;

export const anyCommandSchema = z.union([studioCommandSchema, systemCommandSchema]);
export type AnyCommand = z.infer<typeof anyCommandSchema>;
