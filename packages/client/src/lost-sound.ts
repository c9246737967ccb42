/** How much sound a sender has sent in all, as of a moment of any one clock; both ms. */
export interface SentSound {
  readonly at: number;
  readonly sentMs: number;
}

/** Sound comes in packets, and a busy page sends what it has kept in one go: the least of three readings is right. */
const READINGS = 3;
/** Two packets. A sound card that is slower than the clock loses less in a second. */
const LEAST_MS = 40;

/** Of sound that is sent all the time, counts what a page was too busy to send. */
export class LostSound {
  #before: SentSound | null = null;
  #behind: number[] = [];
  #known: number | null = null;
  #lostMs = 0;

  /** ms since the beginning. */
  get ms(): number {
    return this.#lostMs;
  }

  /** Once a second; null: nothing is sent just now. */
  note(sound: SentSound | null): void {
    const anew = sound === null || (this.#before !== null && sound.sentMs < this.#before.sentMs);
    this.#before = sound;
    if (anew) {
      this.#behind = [];
      this.#known = null;
    }
    if (sound === null) return;
    this.#behind = [...this.#behind, sound.at - sound.sentMs].slice(-READINGS);
    if (this.#behind.length < READINGS) return;
    const now = Math.min(...this.#behind);
    const grown = now - (this.#known ?? now);
    if (grown >= LEAST_MS) this.#lostMs += grown;
    this.#known = now;
  }
}
