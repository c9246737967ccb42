/** `list` without `item`. */
export function without<T>(list: readonly T[], item: T): T[] {
  return list.filter((other) => other !== item);
}

/** `list` with `item` at `index` of the list without it; at the end when `index` is larger. */
export function withItemAt<T>(list: readonly T[], item: T, index: number): T[] {
  const others = without(list, item);
  others.splice(index, 0, item);
  return others;
}

/** `record` without `key`. */
export function withoutKey<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  const copy = { ...record };
  delete copy[key];
  return copy;
}

/** Whether two values of JSON are the same. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
  );
}
