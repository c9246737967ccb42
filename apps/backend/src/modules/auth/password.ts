import { hash, verify } from '@node-rs/bcrypt';

/** OWASP's floor is 10; 12 costs about 0.25 s on this decade's servers, in a worker thread. */
const COST = 12;
const MIN_LENGTH = 10;

/** A few that pass the length rule and are tried first by everybody. */
const common = new Set([
  '1234567890',
  'password123',
  'password1234',
  'qwertyuiop',
  '12345678910',
  'iloveyou123',
  'passwordpassword',
]);

export function isWeakPassword(
  password: string,
  account: { readonly email: string; readonly username: string },
): boolean {
  const lower = password.toLowerCase();
  return (
    password.length < MIN_LENGTH ||
    common.has(lower) ||
    new Set(lower).size < 4 ||
    lower === account.email ||
    lower === account.username.toLowerCase()
  );
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, { cost: COST });
}

let decoy: Promise<string> | null = null;

/** Takes as long when there is no such account, so that the answer's time tells nothing. */
export async function verifyPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const matches = await verify(password, passwordHash ?? (await decoy));
  return matches && passwordHash !== null;
}
