import { WrapExtender } from './sequence.ts';

/** Largest correction per ms of show time: 5 ms a second, inaudible and invisible (media research 1.4), SPEC C2. */
const SLEW = 0.005;
/** Sender reports that put picture and sound further apart are wrong, not late. */
const MAX_SYNC_ERROR_MS = 5_000;
/** Time stamps that lead further away from their arrival than this (ms) jumped: the track starts anew at its arrival. */
const MAX_DEVIATION_MS = 3_000;
/** What is so late without a jump had queued on the way, and the rest follows at once; for this long (ms) it is waited for. */
const QUEUE_PATIENCE_MS = 5_000;

/** So many packets tell how late a track's come: 0.2 s of sound. */
const DELAY_PACKETS = 10;

export interface SenderReport {
  /** Sender's wall clock in ms. */
  readonly wallMs: number;
  /** RTP time stamp of the same instant, 32 bits. */
  readonly rtpTimestamp: number;
}

/**
 * Maps one track's RTP time stamps to the machine's monotonic clock in ms. The first packet is "now"; after that the
 * sender's clock rules, corrected as its owner says. Never goes backwards. A new SSRC or composer epoch is a new TrackClock that
 * starts at `floorMs` or later, so a rebase is always to "now", never to zero.
 */
export class TrackClock {
  readonly #rate: number;
  readonly #extender = new WrapExtender(32);
  #anchorTimestamp: number | undefined;
  #anchorMs = 0;
  #correction = 0;
  #target = 0;
  #lastRaw = 0;
  #last: number;
  #settled = false;
  #lastExtended: number | undefined;
  #lateSince: number | undefined;
  /** Arrival minus uncorrected time of the newest packets. */
  #lateness: number[] = [];

  /** `rate`: RTP clock in Hz. `floorMs`: nothing is mapped below. */
  constructor(rate: number, floorMs = Number.NEGATIVE_INFINITY) {
    this.#rate = rate;
    this.#last = floorMs;
  }

  /** Show time in ms of a time stamp whose packet arrived at `arrivalMs`. */
  map(timestamp: number, arrivalMs: number): number {
    const extended = this.#extender.extend(timestamp);
    if (this.#anchorTimestamp === undefined) {
      this.#anchorTimestamp = extended;
      this.#anchorMs = Math.max(arrivalMs, this.#last);
      this.#lastRaw = this.#anchorMs;
    }
    let raw = this.#anchorMs + ((extended - this.#anchorTimestamp) * 1000) / this.#rate;
    if (this.#startsAnew(extended, raw + this.#correction - arrivalMs, arrivalMs)) {
      raw = Math.max(arrivalMs, this.#last);
      this.#anchorTimestamp = extended;
      this.#anchorMs = raw;
      this.#lastRaw = raw;
      this.#correction = 0;
      this.#target = 0;
      this.#settled = false;
      this.#lateness = [];
    }
    this.#lateness.push(arrivalMs - raw);
    if (this.#lateness.length > DELAY_PACKETS) this.#lateness.shift();
    const room = Math.max(0, raw - this.#lastRaw) * SLEW;
    this.#lastRaw = Math.max(raw, this.#lastRaw);
    this.#correction += Math.max(-room, Math.min(room, this.#target - this.#correction));
    this.#last = Math.max(this.#last, raw + this.#correction);
    return this.#last;
  }

  #startsAnew(extended: number, aheadMs: number, arrivalMs: number): boolean {
    const stepMs = ((extended - (this.#lastExtended ?? extended)) * 1000) / this.#rate;
    this.#lastExtended = extended;
    if (Math.abs(aheadMs) <= MAX_DEVIATION_MS) {
      this.#lateSince = undefined;
      return false;
    }
    this.#lateSince ??= arrivalMs;
    const queued = aheadMs < 0 && stepMs > -MAX_DEVIATION_MS;
    if (queued && arrivalMs - this.#lateSince < QUEUE_PATIENCE_MS) return false;
    this.#lateSince = undefined;
    return true;
  }

  /** The newest time given out. */
  get last(): number {
    return this.#last;
  }

  /** How far this track is moved from where its first packet put it, ms. */
  get correction(): number {
    return this.#correction;
  }

  /** How far the show clock is ahead of the sender's wall clock according to a report; undefined before the first packet. */
  offsetTo(report: SenderReport): number | undefined {
    if (this.#anchorTimestamp === undefined) return undefined;
    const range = 2 ** 32;
    const anchor = this.#anchorTimestamp % range;
    let ticks = (((report.rtpTimestamp - anchor) % range) + range) % range;
    if (ticks >= range / 2) ticks -= range;
    const reference = this.#lastRaw - this.#anchorMs;
    const wraps = Math.round(((reference * this.#rate) / 1000 - ticks) / range);
    const at = this.#anchorMs + ((ticks + wraps * range) * 1000) / this.#rate;
    return at + this.#correction - report.wallMs;
  }

  /** Whether it was corrected since it began: until then nobody has a reference. */
  get settled(): boolean {
    return this.#settled;
  }

  /** How late the newest packets come against this clock, ms; what the way and repairs add to some of them does not count. */
  get delay(): number {
    return Math.min(...this.#lateness) - this.#correction;
  }

  /** Moves this track by `errorMs`, at once (`step`) or slowly. */
  correct(errorMs: number, step: boolean): void {
    if (!Number.isFinite(errorMs) || Math.abs(errorMs) > MAX_SYNC_ERROR_MS) return;
    this.#target = this.#correction + errorMs;
    if (step) this.#correction = this.#target;
    this.#settled = true;
  }

  /** Moves this track at once, and where it was being moved to as well. */
  shift(ms: number): void {
    if (this.#anchorTimestamp === undefined) return;
    this.#correction += ms;
    this.#target += ms;
  }
}
