import { z } from 'zod';
import { personIdSchema } from '../ids.ts';
import { displayNameSchema } from '../text.ts';

export const roleSchema = z.enum(['host', 'co-host', 'moderator', 'guest']);
export type Role = z.infer<typeof roleSchema>;

export const personSchema = z.object({
  id: personIdSchema,
  name: displayNameSchema,
  role: roleSchema,
});
export type Person = z.infer<typeof personSchema>;
