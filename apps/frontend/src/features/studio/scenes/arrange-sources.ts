import type { SourceId } from '@streamus/studio';

/**
 * The rows in which one chooses a scene's people: those who are in it in their order, the others where they were, so that
 * a row stays under the pointer that switches it. Only what somebody else has ordered anew moves rows.
 */
export function arrangeSources(
  rows: readonly SourceId[],
  cast: readonly SourceId[],
  here: readonly SourceId[],
): SourceId[] {
  const known = rows.filter((source) => here.includes(source));
  const all = [...known, ...here.filter((source) => !known.includes(source))];
  const chosen = castOf(all, cast);
  const agrees = chosen.length === cast.length && chosen.every((source, index) => source === cast[index]);
  return agrees ? all : [...cast, ...all.filter((source) => !cast.includes(source))];
}

/** Those of the rows who are in the scene, most prominent first. */
export function castOf(rows: readonly SourceId[], cast: readonly SourceId[]): SourceId[] {
  return rows.filter((source) => cast.includes(source));
}
