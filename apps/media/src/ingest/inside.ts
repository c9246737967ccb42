/** What a library keeps under a name and does not offer; undefined where there is none. */
export function inside(owner: unknown, name: string): unknown {
  return typeof owner === 'object' && owner !== null ? Reflect.get(owner, name) : undefined;
}
