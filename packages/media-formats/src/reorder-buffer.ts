/** What comes out of the buffer, in order: packets, and how many are missing where a gap was given up. */
export type Ordered<T> =
  | { readonly kind: 'packet'; readonly packet: T }
  | { readonly kind: 'gap'; readonly missing: number };

export interface ReorderOptions {
  /** How long the packet after a gap waits for the gap to close, in ms. */
  readonly holdMs: number;
  /** Most packets held; reaching it gives the gap up at once. */
  readonly capacity: number;
}

interface Held<T> {
  readonly packet: T;
  readonly at: number;
}

/** Puts packets with extended sequence numbers back in order; duplicates and packets behind the output are dropped. */
export class ReorderBuffer<T> {
  readonly #options: ReorderOptions;
  readonly #held = new Map<number, Held<T>>();
  #next: number | undefined;
  #discarded = 0;

  constructor(options: ReorderOptions) {
    this.#options = options;
  }

  /** Duplicates and packets that came after their place was given up. */
  get discarded(): number {
    return this.#discarded;
  }

  get size(): number {
    return this.#held.size;
  }

  push(sequence: number, packet: T, now: number): Ordered<T>[] {
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
    return this.poll(now);
  }

  /** Releases what is complete, and what waited longer than `holdMs` behind a gap. Call it at least every `holdMs` / 4. */
  poll(now: number): Ordered<T>[] {
    const out: Ordered<T>[] = [];
    this.#drain(out);
    while (this.#held.size > 0 && this.#mustGiveUp(now)) {
      const lowest = Math.min(...this.#held.keys());
      out.push({ kind: 'gap', missing: lowest - (this.#next ?? lowest) });
      this.#next = lowest;
      this.#drain(out);
    }
    return out;
  }

  #mustGiveUp(now: number): boolean {
    if (this.#held.size >= this.#options.capacity) return true;
    for (const held of this.#held.values()) if (now - held.at >= this.#options.holdMs) return true;
    return false;
  }

  #drain(out: Ordered<T>[]): void {
    while (this.#next !== undefined) {
      const held = this.#held.get(this.#next);
      if (held === undefined) return;
      this.#held.delete(this.#next);
      this.#next += 1;
      out.push({ kind: 'packet', packet: held.packet });
    }
  }
}
