import type { RateLimit } from '@streamus/contracts';

interface Window {
  readonly endsAt: number;
  count: number;
}

/** Fixed windows counted in memory. Old windows are swept while counting, so memory stays bounded by traffic. */
export class RateLimiter {
  readonly #windows = new Map<string, Window>();
  #nextSweep = 0;

  /** Counts one call at `nowMs`; returns the seconds to wait when `limit` is used up, else 0. */
  take(key: string, limit: RateLimit, nowMs: number): number {
    if (nowMs >= this.#nextSweep) this.#sweep(nowMs);
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= nowMs) {
      this.#windows.set(key, { endsAt: nowMs + limit.perSeconds * 1000, count: 1 });
      return 0;
    }
    if (window.count >= limit.max) return Math.ceil((window.endsAt - nowMs) / 1000);
    window.count += 1;
    return 0;
  }

  #sweep(nowMs: number): void {
    for (const [key, window] of this.#windows) if (window.endsAt <= nowMs) this.#windows.delete(key);
    this.#nextSweep = nowMs + 10_000;
  }
}
