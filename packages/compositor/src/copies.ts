/** What a surface made of bitmaps and shapes, by what it was made of; a copy not asked for between two sweeps is disposed of. */
export interface Copies<K, C> {
  get(from: K, make: () => C): C;
  sweep(): void;
  close(): void;
}

export function createCopies<K, C>(dispose: (copy: C) => void): Copies<K, C> {
  let current = new Map<K, C>();
  let previous = new Map<K, C>();
  const disposeOf = (copies: ReadonlyMap<K, C>): void => {
    for (const copy of copies.values()) dispose(copy);
  };
  return {
    get(from, make) {
      const known = current.get(from);
      if (known !== undefined) return known;
      const copy = previous.get(from) ?? make();
      previous.delete(from);
      current.set(from, copy);
      return copy;
    },
    sweep() {
      disposeOf(previous);
      previous = current;
      current = new Map();
    },
    close() {
      disposeOf(previous);
      disposeOf(current);
      previous.clear();
      current.clear();
    },
  };
}
