/** The least a cached item must say about itself. */
export interface Cacheable {
  readonly kind: 'video' | 'audio';
  readonly key: boolean;
}

/**
 * Keeps everything since the newest keyframe, so that a late joiner starts at once and on an IDR.
 * `limit` bounds the items kept; beyond it the cache is empty until the next keyframe.
 */
export class GopCache<T extends Cacheable> {
  #items: T[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(item: T): void {
    if (item.kind === 'video' && item.key) this.#items = [item];
    else if (this.#items.length >= this.#limit) this.#items = [];
    else if (this.#items.length > 0) this.#items.push(item);
  }

  /** Items in order, the first one a keyframe; empty before the first keyframe. */
  items(): readonly T[] {
    return this.#items;
  }

  clear(): void {
    this.#items = [];
  }
}
