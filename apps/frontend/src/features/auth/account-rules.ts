import { emailSchema, usernameSchema } from '@streamus/contracts';

export type PasswordProblem =
  | { readonly kind: 'short'; readonly missing: number }
  | { readonly kind: 'long' };

const SHORTEST_PASSWORD = 10;
/** bcrypt reads no further. */
const LONGEST_PASSWORD_BYTES = 72;

export function isEmail(text: string): boolean {
  return emailSchema.safeParse(text).success;
}

export function isUsername(text: string): boolean {
  return usernameSchema.safeParse(text).success;
}

export function passwordProblem(password: string): PasswordProblem | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return { kind: 'short', missing: SHORTEST_PASSWORD - length };
  if (new TextEncoder().encode(password).byteLength > LONGEST_PASSWORD_BYTES) return { kind: 'long' };
  return null;
}
