/** What a surface made of bitmaps, by the bitmap; a copy not asked for between two sweeps is disposed of. */
export interface Copies<K extends object, C> {
  get(bitmap: K, make: () => C): C;
  sweep(): void;
  close(): void;
}

export function createCopies<K extends object, C>(dispose: (copy: C) => void): Copies<K, C> {
  let current = new Map<K, C>();
  let previous = new Map<K, C>();
  const disposeOf = (copies: ReadonlyMap<K, C>): void => {
    for (const copy of copies.values()) dispose(copy);
  };
  return {
    get(bitmap, make) {
      const known = current.get(bitmap);
      if (known !== undefined) return known;
      const copy = previous.get(bitmap) ?? make();
      previous.delete(bitmap);
      current.set(bitmap, copy);
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
