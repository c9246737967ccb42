/** What comes out of the buffer, in order: packets, and how many are missing where a gap was given up. */
export type Ordered<T> =
  | { readonly kind: 'packet'; readonly packet: T }
  | { readonly kind: 'gap'; readonly missing: number };

interface Held<T> {
  readonly packet: T;
  readonly at: number;
}

/** Puts packets with extended sequence numbers back in order; duplicates and packets behind the output are dropped. */
export class ReorderBuffer<T> {
  readonly #capacity: number;
  readonly #held = new Map<number, Held<T>>();
  #next: number | undefined;
  /** Arrival of the first packet behind the gap at the front. */
  #waitingSince = Number.POSITIVE_INFINITY;
  #discarded = 0;

  /** `capacity`: most packets held; reaching it gives the gap up at once. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Duplicates and packets that came after their place was given up. */
  get discarded(): number {
    return this.#discarded;
  }

  get size(): number {
    return this.#held.size;
  }

  /** The number that comes out next; undefined before the first. */
  get next(): number | undefined {
    return this.#next;
  }

  /** `holdMs`: how long the packet after a gap waits for the gap to close. */
  push(sequence: number, packet: T, now: number, holdMs: number): Ordered<T>[] {
    this.#next ??= sequence;
    if (sequence < this.#next || this.#held.has(sequence)) {
      this.#discarded += 1;
      return [];
    }
    if (sequence === this.#next && this.#held.size === 0) {
      this.#next = sequence + 1;
      return [{ kind: 'packet', packet }];
    }
    this.#held.set(sequence, { packet, at: now });
    this.#waitingSince = Math.min(this.#waitingSince, now);
    if (sequence !== this.#next && this.#held.size < this.#capacity) return [];
    return this.poll(now, holdMs);
  }

  /** Releases what is complete, and what waited longer than `holdMs` behind a gap. Call it at least every `holdMs` / 4. */
  poll(now: number, holdMs: number): Ordered<T>[] {
    const out: Ordered<T>[] = [];
    this.#drain(out);
    while (this.#held.size > 0 && (this.#held.size >= this.#capacity || now - this.#waitingSince >= holdMs)) {
      let lowest = Number.POSITIVE_INFINITY;
      for (const sequence of this.#held.keys()) lowest = Math.min(lowest, sequence);
      out.push({ kind: 'gap', missing: lowest - (this.#next ?? lowest) });
      this.#next = lowest;
      this.#drain(out);
    }
    return out;
  }

  #drain(out: Ordered<T>[]): void {
    const before = out.length;
    while (this.#next !== undefined) {
      const held = this.#held.get(this.#next);
      if (held === undefined) break;
      this.#held.delete(this.#next);
      this.#next += 1;
      out.push({ kind: 'packet', packet: held.packet });
    }
    if (out.length === before) return;
    this.#waitingSince = Number.POSITIVE_INFINITY;
    for (const { at } of this.#held.values()) this.#waitingSince = Math.min(this.#waitingSince, at);
  }
}
