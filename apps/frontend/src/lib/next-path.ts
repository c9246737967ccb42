/** Where to go after signing in: a path of this site, never another site's address. */
export function safeNextPath(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return '/dashboard';
  return next;
}
