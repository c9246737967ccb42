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
/** A server that acknowledges is asked, too, how far behind it is. */
const ASK_MS = 1_000;
/** Between two looks no more time passes than this, ms: after a pause of our own answers may lie unread. */
const MOST_STEP_MS = 300;

interface Asked {
  readonly stamp: number;
  /** Time in which answers were read, ms. */
  readonly awake: number;
}

/** What a ping that is sent now carries. */
export const stampOf = (now: number): number => Math.floor(now) >>> 0;

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
  /** Pings that are not answered yet, oldest first. */
  readonly #asked: Asked[] = [];
  #askedAt = Number.NEGATIVE_INFINITY;
  /** Time in which answers were read, ms, as of the last look. */
  #awakeMs = 0;
  #lookedAt: number | undefined;
  /** From the newest answered ping to its answer, and the shortest there was, ms. */
  #trip = 0;
  #shortestTrip: number | undefined;

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

  /** `stamp`: of the ping that is answered. */
  ponged(stamp: number, now: number): void {
    this.#answersPings = true;
    this.#unanswered = 0;
    // A server that gives stamps of its own answers in order all the same.
    const place = Math.max(
      0,
      this.#asked.findIndex((ping) => ping.stamp === stamp),
    );
    const answered = this.#asked.splice(0, place + 1).at(-1);
    if (answered === undefined) return;
    this.#trip = this.#awake(now) - answered.awake;
    this.#shortestTrip = Math.min(this.#shortestTrip ?? this.#trip, this.#trip);
  }

  /** How much later than at its best the server reads what it is sent, ms; 0 for one that answers no pings. */
  behindMs(now: number): number {
    const awake = this.#awake(now);
    const waiting = awake - (this.#asked[0]?.awake ?? awake);
    return Math.max(0, Math.max(this.#trip, waiting) - (this.#shortestTrip ?? 0));
  }

  /** What to do now; to be asked four times a second. A ping carries `stampOf(now)`. */
  next(now: number): 'nothing' | 'ping' | 'give up' {
    this.#awakeMs = this.#awake(now);
    this.#lookedAt = now;
    if (!this.#answersPings) return this.#missesAcknowledgement(now) ? 'give up' : 'nothing';
    if (this.#justAcknowledged) {
      this.#justAcknowledged = false;
      this.#unanswered = 0;
      return now - this.#askedAt < ASK_MS ? 'nothing' : this.#ping(now);
    }
    if (this.#unanswered >= UNANSWERED_PINGS) return 'give up';
    this.#unanswered += 1;
    return this.#ping(now);
  }

  #ping(now: number): 'ping' {
    this.#askedAt = now;
    this.#asked.push({ stamp: stampOf(now), awake: this.#awakeMs });
    return 'ping';
  }

  #awake(now: number): number {
    return this.#awakeMs + Math.min(MOST_STEP_MS, now - (this.#lookedAt ?? now));
  }

  #missesAcknowledgement(now: number): boolean {
    return (
      this.#acknowledgements >= TRUSTED_AFTER &&
      now - this.#acknowledgedAt > SILENT_MS &&
      this.#sentSince > PATIENCE * this.#longest
    );
  }
}
