/** Fewer may be chance: a server that acknowledged this often goes on doing so. */
const TRUSTED_AFTER = 5;
const SILENT_MS = 3_000;
/** Bytes beyond what it usually lets pass between two, in multiples of that. */
const PATIENCE = 2;

/**
 * Tells from a server's acknowledgements that it has stopped reading, which the kernel's buffers hide for a long time. Servers
 * that never acknowledge are never found silent.
 */
export class AcknowledgementWatch {
  #count = 0;
  #lastAt = 0;
  #sentSince = 0;
  #longest = 0;

  sent(bytes: number): void {
    this.#sentSince += bytes;
  }

  acknowledged(now: number): void {
    this.#count += 1;
    this.#lastAt = now;
    this.#longest = Math.max(this.#longest, this.#sentSince);
    this.#sentSince = 0;
  }

  silent(now: number): boolean {
    return (
      this.#count >= TRUSTED_AFTER &&
      now - this.#lastAt > SILENT_MS &&
      this.#sentSince > PATIENCE * this.#longest
    );
  }
}
