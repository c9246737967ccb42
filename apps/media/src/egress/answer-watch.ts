/** Fewer may be chance: a server that acknowledged this often goes on doing so. */
const TRUSTED_AFTER = 5;
const SILENT_MS = 3_000;
/** Bytes beyond what it usually lets pass between two acknowledgements, in multiples of that. */
const PATIENCE = 2;
/**
 * Asked four times a second, 3.25 s of pings: a slow line needs seconds for what is sent first. They are counted, not timed:
 * after a pause of our own their answers may still lie unread.
 */
const UNANSWERED_PINGS = 13;

/**
 * Tells from a server's answers that it has stopped reading, which the kernel's buffers hide for a long time. One that answers
 * pings is pinged whenever it acknowledges nothing, another must go on acknowledging; one that does neither is never found
 * silent.
 */
export class AnswerWatch {
  #acknowledgements = 0;
  #acknowledgedAt = 0;
  #sentSince = 0;
  #longest = 0;
  #answersPings = false;
  #unanswered = 0;
  /** Since it was last asked. */
  #justAcknowledged = false;

  sent(bytes: number): void {
    this.#sentSince += bytes;
  }

  acknowledged(now: number): void {
    this.#acknowledgements += 1;
    this.#acknowledgedAt = now;
    this.#longest = Math.max(this.#longest, this.#sentSince);
    this.#sentSince = 0;
    this.#justAcknowledged = true;
  }

  ponged(): void {
    this.#answersPings = true;
    this.#unanswered = 0;
  }

  /** What to do now; to be asked four times a second. */
  next(now: number): 'nothing' | 'ping' | 'give up' {
    if (!this.#answersPings) return this.#missesAcknowledgement(now) ? 'give up' : 'nothing';
    if (this.#justAcknowledged) {
      this.#justAcknowledged = false;
      this.#unanswered = 0;
      return 'nothing';
    }
    if (this.#unanswered >= UNANSWERED_PINGS) return 'give up';
    this.#unanswered += 1;
    return 'ping';
  }

  #missesAcknowledgement(now: number): boolean {
    return (
      this.#acknowledgements >= TRUSTED_AFTER &&
      now - this.#acknowledgedAt > SILENT_MS &&
      this.#sentSince > PATIENCE * this.#longest
    );
  }
}
