import { type Missing, NackTracker } from './nack-tracker.ts';
import { type Ordered, ReorderBuffer } from './reorder-buffer.ts';
import { RoundTrip } from './round-trip.ts';
import { WrapExtender } from './sequence.ts';

/** Of 1,000 packets lost at 2 % loss, 40 need a second request and 2 a third: the sixth is for one in 10⁷. */
const TRIES = 6;
/**
 * Requests are lost, too, and LiveKit hears none within min(100 ms, two round trips) of sending a packet or repairing it (lastNack
 * in pkg/sfu/sequencer.go, 1.13.5), which at 60 ms is most first ones. One more costs a few bytes; waiting for an answer to one
 * that was not heard costs the packet. Two ticks of the caller's clock.
 */
const RETRY_MS = 30;
/** Packets swapped on their way differ by less; waiting less than a tick of the caller's clock is no waiting. */
const LEAST_REORDER_MS = 8;
const MOST_REORDER_MS = 60;
const LEAST_HOLD_MS = 200;
/** Beyond this a new keyframe is there sooner than the packet. */
const MOST_HOLD_MS = 1_000;
/** What was grown for late packets is halved in this time when none come any more. */
const SHRINK_HALF_LIFE_MS = 20_000;
const GROWTH_MARGIN = 1.25;
/** Numbers that stay behind the output for this long are a sender that began anew. */
const RESTART_AFTER_MS = 1_000;
/**
 * A longer step of time is a machine that stood still, with whatever came meanwhile still unread: that is no reason to give
 * it up.
 */
const MOST_STEP_MS = 50;
/**
 * LiveKit repairs nothing of a picture track from the moment that it is asked for a keyframe until it sends one (isNACKThrottled
 * in pkg/sfu/downtrack.go, 1.13.5), also when it asks the publisher for none because it did so less than a second ago. Time
 * without repair is no time of waiting for it, up to this: with the longest hold it is less than the 1.9 s after which viewers
 * see the slate.
 */
const MOST_DEAF_MS = 700;
/** Given-up packets that are remembered, to learn from those that come after all. */
const REMEMBERED = 512;
const WINDOW_MS = 1_000;

interface Arrived<T> {
  readonly packet: T;
  readonly at: number;
}

/**
 * One RTP stream from its network order to its own: decides what to ask for again and how long to wait for it. Nothing waits
 * while nothing is missing; behind a gap packets wait for as long as repair can still come.
 */
export class JitterBuffer<T> {
  readonly #capacity: number;
  readonly #mostHoldMs: number;
  readonly #roundTrip = new RoundTrip();
  readonly #lost = new Map<number, number>();
  #extender = new WrapExtender(16);
  #nack: NackTracker;
  #reorder: ReorderBuffer<Arrived<T>>;
  #reorderMs = LEAST_REORDER_MS;
  #extraMs = 0;
  /** Time in which packets were read, ms, and when it was last. */
  #awakeMs = 0;
  #awakeAt: number | undefined;
  /** Time without repair, ms, and since when there is none. */
  #deafMs = 0;
  #deafSince: number | undefined;
  #shrunkAt: number | undefined;
  #forwardAt: number | undefined;
  #highest = Number.NEGATIVE_INFINITY;
  #missed = 0;
  #windowStart = Number.NEGATIVE_INFINITY;
  #longestWait = 0;
  #addedMs = 0;

  /** `capacity`: most packets that wait; `mostHoldMs`: for how long at most. */
  constructor(capacity: number, mostHoldMs = MOST_HOLD_MS) {
    this.#capacity = capacity;
    this.#mostHoldMs = mostHoldMs;
    this.#nack = new NackTracker(capacity);
    this.#reorder = new ReorderBuffer(capacity);
  }

  /** How long a gap is waited for, ms. */
  get holdMs(): number {
    const hold = this.#reorderMs + TRIES * this.#roundTrip.timeoutMs + this.#extraMs;
    return Math.min(this.#mostHoldMs, Math.max(LEAST_HOLD_MS, hold));
  }

  /** Longest wait of a packet in the last second, ms. */
  get addedMs(): number {
    return this.#addedMs;
  }

  /** Packets that did not come at the first try. */
  get missed(): number {
    return this.#missed;
  }

  /** Packets that wait. */
  get size(): number {
    return this.#reorder.size;
  }

  /** The sender answers no request from now on. */
  repairStops(at: number): void {
    this.#deafSince ??= this.#awake(at);
  }

  /** The sender answers requests again. */
  repairResumes(at: number): void {
    const now = this.#awake(at);
    this.#deafMs = now - this.#waitClock(now);
    this.#deafSince = undefined;
  }

  /** `sequence`: 16 bits, as the packet has it. */
  push(sequence: number, packet: T, at: number): Ordered<T>[] {
    const now = this.#awake(at);
    let extended = this.#extender.extend(sequence);
    const out: Ordered<T>[] = [];
    if (extended > this.#highest) {
      this.#highest = extended;
      this.#forwardAt = now;
    } else if (now - (this.#forwardAt ?? now) >= RESTART_AFTER_MS) {
      out.push(...this.#restart(now, at));
      extended = this.#extender.extend(sequence);
      this.#highest = extended;
    }
    const filled = this.#nack.received(extended, now);
    if (filled !== undefined) this.#learn(filled, now);
    else this.#learnFromLate(extended, now);
    const ordered = this.#reorder.push(extended, { packet, at }, this.#waitClock(now), this.holdMs);
    return [...out, ...this.#release(ordered, at)];
  }

  /** Call it every 10 to 20 ms. `wanted`: the 16-bit numbers to ask for now. */
  tick(at: number): { readonly ordered: Ordered<T>[]; readonly wanted: number[] } {
    const now = this.#awake(at);
    this.#shrink(now);
    const waited = this.#waitClock(now);
    const holdMs = this.holdMs;
    const ordered = this.#release(this.#reorder.poll(waited, holdMs), at);
    for (const lost of this.#nack.giveUp(this.#reorder.next ?? 0)) this.#remember(lost, waited - holdMs);
    const retryMs = Math.min(RETRY_MS, this.#roundTrip.timeoutMs);
    return { ordered, wanted: this.#nack.due(now, { firstAfterMs: this.#reorderMs, retryMs }) };
  }

  /** Time in which repair could have come, ms. */
  #waitClock(now: number): number {
    const deaf = this.#deafSince === undefined ? 0 : Math.min(MOST_DEAF_MS, now - this.#deafSince);
    return now - this.#deafMs - deaf;
  }

  #remember(sequence: number, since: number): void {
    this.#lost.set(sequence, since);
    if (this.#lost.size <= REMEMBERED) return;
    const [oldest] = this.#lost.keys();
    if (oldest !== undefined) this.#lost.delete(oldest);
  }

  #awake(at: number): number {
    const last = this.#awakeAt ?? at;
    this.#awakeMs += Math.min(MOST_STEP_MS, Math.max(0, at - last));
    this.#awakeAt = Math.max(at, last);
    return this.#awakeMs;
  }

  #restart(now: number, at: number): Ordered<T>[] {
    const rest = this.#release(this.#reorder.poll(this.#waitClock(now), 0), at);
    this.#extender = new WrapExtender(16);
    this.#nack = new NackTracker(this.#capacity);
    this.#reorder = new ReorderBuffer(this.#capacity);
    this.#lost.clear();
    this.#forwardAt = now;
    return [...rest, { kind: 'gap', missing: 0 }];
  }

  #learn(filled: Missing, now: number): void {
    if (filled.firstAskedAt === undefined) {
      const late = (now - filled.since) * GROWTH_MARGIN;
      this.#reorderMs = Math.min(MOST_REORDER_MS, Math.max(this.#reorderMs, late));
      return;
    }
    this.#missed += 1;
    this.#roundTrip.sample(now - filled.firstAskedAt, now);
  }

  #learnFromLate(sequence: number, now: number): void {
    const since = this.#lost.get(sequence);
    if (since === undefined) return;
    this.#lost.delete(sequence);
    const needed = (this.#waitClock(now) - since) * GROWTH_MARGIN - (this.holdMs - this.#extraMs);
    this.#extraMs = Math.min(MOST_HOLD_MS, Math.max(this.#extraMs, needed));
  }

  #shrink(now: number): void {
    const passed = now - (this.#shrunkAt ?? now);
    this.#shrunkAt = now;
    this.#roundTrip.forget(now);
    const kept = 0.5 ** (passed / SHRINK_HALF_LIFE_MS);
    this.#extraMs *= kept;
    this.#reorderMs = LEAST_REORDER_MS + (this.#reorderMs - LEAST_REORDER_MS) * kept;
  }

  #release(ordered: readonly Ordered<Arrived<T>>[], now: number): Ordered<T>[] {
    if (now - this.#windowStart >= WINDOW_MS) {
      this.#addedMs = this.#longestWait;
      this.#longestWait = 0;
      this.#windowStart = now;
    }
    return ordered.map((item) => {
      if (item.kind === 'gap') {
        this.#missed += item.missing;
        return item;
      }
      this.#longestWait = Math.max(this.#longestWait, now - item.packet.at);
      return { kind: 'packet', packet: item.packet.packet };
    });
  }
}
