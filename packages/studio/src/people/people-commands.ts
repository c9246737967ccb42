import { z } from 'zod';
import { personIdSchema } from '../ids.ts';
import { displayNameSchema } from '../text.ts';
import { personSchema } from './person.ts';

export const peopleCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('rename-person'), person: personIdSchema, name: displayNameSchema }),
  /** Mutes the person's microphone in the room; the document does not change, the person may unmute. */
  z.object({ type: z.literal('mute-person'), person: personIdSchema }),
  /** Removes the person from the studio and ends their session. */
  z.object({ type: z.literal('remove-person'), person: personIdSchema }),
]);
export type PeopleCommand = z.infer<typeof peopleCommandSchema>;

export const addPersonSchema = z.object({ type: z.literal('add-person'), person: personSchema });
