/** Before anything was measured: a round trip between neighbouring countries. */
const FIRST_TIMEOUT_MS = 100;
/** An answer needs as long as two ticks of the caller's clock. */
const LEAST_TIMEOUT_MS = 20;
const MOST_TIMEOUT_MS = 250;
const SAMPLES = 32;
/** Fewer may all be of packets that were only late: they say that the round trip is long, never that it is short. */
const ENOUGH_SAMPLES = 16;
/**
 * Answers to a second request are the slowest few, packets that were only late and came by themselves the fastest ones: the
 * round trip is between them.
 */
const SHARE = 0.8;
const MARGIN = 1.25;
const REMEMBERED_MS = 60_000;

/** The round trip to the sender, estimated from requests that were answered. */
export class RoundTrip {
  #samples: { readonly ms: number; readonly at: number }[] = [];
  #timeoutMs = FIRST_TIMEOUT_MS;

  /** `ms` from the first request for a packet to its arrival at `now`. */
  sample(ms: number, now: number): void {
    this.#samples.push({ ms, at: now });
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.#estimate();
  }

  /** Lets go of what was measured long ago. */
  forget(now: number): void {
    const [oldest] = this.#samples;
    if (oldest === undefined || now - oldest.at < REMEMBERED_MS) return;
    this.#samples.shift();
    this.#estimate();
  }

  /** An answer that takes longer is not coming any more, ms. */
  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  #estimate(): void {
    const sorted = this.#samples.toSorted((a, b) => a.ms - b.ms);
    const typical = sorted[Math.floor((sorted.length - 1) * SHARE)]?.ms ?? FIRST_TIMEOUT_MS / MARGIN;
    const least = sorted.length < ENOUGH_SAMPLES ? FIRST_TIMEOUT_MS : LEAST_TIMEOUT_MS;
    this.#timeoutMs = Math.max(least, Math.min(MOST_TIMEOUT_MS, typical * MARGIN));
  }
}
