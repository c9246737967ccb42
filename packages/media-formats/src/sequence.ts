/**
 * Extends wrapping counters of `bits` bits to plain numbers, taking each value to be the one nearest to the
 * newest seen. Works for RTP sequence numbers (16) and time stamps (32).
 */
export class WrapExtender {
  readonly #range: number;
  #newest: number | undefined;

  constructor(bits: 16 | 32) {
    this.#range = 2 ** bits;
  }

  extend(value: number): number {
    const newest = this.#newest;
    if (newest === undefined) {
      // One range above zero, so that values from just before the first one stay positive.
      this.#newest = this.#range + value;
      return this.#newest;
    }
    const half = this.#range / 2;
    const step = (((value - newest) % this.#range) + this.#range) % this.#range;
    const extended = newest + (step >= half ? step - this.#range : step);
    if (extended > newest) this.#newest = extended;
    return extended;
  }
}
