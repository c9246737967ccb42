/** LiveKit lets one request a second through to the publisher (media research 1.5); an urgent one is worth a second try before. */
const URGENT_PAUSE_MS = 500;
const PAUSE_MS = 1_000;
const GOP_MS = 2_000;
/** Requests go out this much early: about one round trip and an encoder frame. */
const GOP_LEAD_MS = 60;
/** Indications without a keyframe before the stronger request. */
const IGNORED_INDICATIONS = 2;

export type KeyframeRequest = 'indication' | 'demand';

/** Decides when to ask the composer for a keyframe: every 2 s, and at once when nothing can be shown without one. */
export class KeyframeRequests {
  #keyAt: number | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #unanswered = 0;

  keyframe(now: number): void {
    this.#keyAt = now;
    this.#unanswered = 0;
  }

  /** A keyframe is on its way: there is no need to ask for another before it had time to come whole. */
  arriving(now: number): void {
    this.#askedAt = now;
  }

  /** `waiting`: nothing can be shown before the next keyframe. */
  due(now: number, waiting: boolean): KeyframeRequest | undefined {
    const dueNow = waiting || this.#keyAt === undefined || now - this.#keyAt >= GOP_MS - GOP_LEAD_MS;
    if (!dueNow || now - this.#askedAt < (waiting ? URGENT_PAUSE_MS : PAUSE_MS)) return undefined;
    this.#askedAt = now;
    this.#unanswered += 1;
    // Some senders ignore one kind; both are tried in turn.
    return this.#unanswered > IGNORED_INDICATIONS && this.#unanswered % 2 === 0 ? 'demand' : 'indication';
  }
}
