export interface NackOptions {
  /** Reordering is not loss: the first request waits this long (ms). */
  readonly firstAfterMs: number;
  /** Pause between requests for one packet (ms). */
  readonly retryMs: number;
  /** A packet missing for longer is given up (ms); the reorder buffer's hold time. */
  readonly giveUpMs: number;
  /** More missing packets than this are not worth asking for: a keyframe is. */
  readonly maxMissing: number;
}

interface Missing {
  readonly since: number;
  askedAt: number;
}

/**
 * Decides which RTP sequence numbers to ask for again. Works on extended numbers, so a loss across the 16-bit
 * wrap is an ordinary loss; what it returns is 16 bits wide, as a generic NACK carries it (RFC 4585).
 */
export class NackTracker {
  readonly #options: NackOptions;
  readonly #missing = new Map<number, Missing>();
  #highest: number | undefined;
  #givenUp = 0;

  constructor(options: NackOptions) {
    this.#options = options;
  }

  /** Packets that were asked for in vain, or that were too many to ask for. */
  get givenUp(): number {
    return this.#givenUp;
  }

  get outstanding(): number {
    return this.#missing.size;
  }

  received(sequence: number, now: number): void {
    const highest = this.#highest;
    this.#missing.delete(sequence);
    if (highest === undefined || sequence > highest) {
      this.#highest = sequence;
      if (highest !== undefined) this.#noteGap(highest + 1, sequence, now);
    }
  }

  /** The 16-bit numbers to request now, in sending order. */
  due(now: number): number[] {
    const numbers: number[] = [];
    for (const [sequence, missing] of this.#missing) {
      if (now - missing.since >= this.#options.giveUpMs) {
        this.#missing.delete(sequence);
        this.#givenUp += 1;
      } else if (
        now - missing.since >= this.#options.firstAfterMs &&
        now - missing.askedAt >= this.#options.retryMs
      ) {
        missing.askedAt = now;
        numbers.push(sequence & 0xffff);
      }
    }
    return numbers;
  }

  #noteGap(from: number, to: number, now: number): void {
    if (to - from + this.#missing.size > this.#options.maxMissing) {
      this.#givenUp += to - from + this.#missing.size;
      this.#missing.clear();
      return;
    }
    for (let sequence = from; sequence < to; sequence += 1) {
      this.#missing.set(sequence, { since: now, askedAt: Number.NEGATIVE_INFINITY });
    }
  }
}
