/** When to ask, in ms. */
export interface NackPace {
  /** Reordering is not loss: the first request waits this long. */
  readonly firstAfterMs: number;
  /** Pause between requests for one packet. */
  readonly retryMs: number;
}

/** A hole in the numbers. */
export interface Missing {
  readonly since: number;
  /** When it was asked for the first and the last time. */
  readonly firstAskedAt: number | undefined;
  readonly askedAt: number | undefined;
}

/**
 * Decides which RTP sequence numbers to ask for again. Works on extended numbers, so a loss across the 16-bit
 * wrap is an ordinary loss; what it returns is 16 bits wide, as a generic NACK carries it (RFC 4585).
 */
export class NackTracker {
  readonly #maxMissing: number;
  readonly #missing = new Map<number, Missing>();
  #highest: number | undefined;
  #givenUp = 0;

  /** More missing packets than `maxMissing` are not worth asking for: a keyframe is. */
  constructor(maxMissing: number) {
    this.#maxMissing = maxMissing;
  }

  /** Packets that were asked for in vain, or that were too many to ask for. */
  get givenUp(): number {
    return this.#givenUp;
  }

  get outstanding(): number {
    return this.#missing.size;
  }

  /** Tells the hole that this packet fills, if it fills one. */
  received(sequence: number, now: number): Missing | undefined {
    const highest = this.#highest;
    const filled = this.#missing.get(sequence);
    this.#missing.delete(sequence);
    if (highest === undefined || sequence > highest) {
      this.#highest = sequence;
      if (highest !== undefined) this.#noteGap(highest + 1, sequence, now);
    }
    return filled;
  }

  /** The 16-bit numbers to request now, in sending order. */
  due(now: number, pace: NackPace): number[] {
    const wanted: number[] = [];
    for (const [sequence, { since, firstAskedAt = now, askedAt }] of this.#missing) {
      if (now - (askedAt ?? since) < (askedAt === undefined ? pace.firstAfterMs : pace.retryMs)) continue;
      this.#missing.set(sequence, { since, firstAskedAt, askedAt: now });
      wanted.push(sequence & 0xffff);
    }
    return wanted;
  }

  /** Nobody waits for what is missing before this extended number any more. Tells what that is. */
  giveUp(before: number): number[] {
    const lost = [...this.#missing.keys()].filter((sequence) => sequence < before);
    for (const sequence of lost) this.#missing.delete(sequence);
    this.#givenUp += lost.length;
    return lost;
  }

  #noteGap(from: number, to: number, now: number): void {
    if (to - from + this.#missing.size > this.#maxMissing) {
      this.#givenUp += to - from + this.#missing.size;
      this.#missing.clear();
      return;
    }
    for (let sequence = from; sequence < to; sequence += 1) {
      this.#missing.set(sequence, { since: now, firstAskedAt: undefined, askedAt: undefined });
    }
  }
}
