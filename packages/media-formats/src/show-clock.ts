import { WrapExtender } from './sequence.ts';

/** Largest correction per ms of show time: 5 ms a second, inaudible and invisible (media research 1.4). */
const SLEW = 0.005;
/** Sender reports that put picture and sound further apart are wrong, not late. */
const MAX_SYNC_ERROR_MS = 5_000;
/** Two reports of one track in a row that agree this closely (ms) are believed; some stacks send reports whose clock jumps. */
const REPORT_AGREEMENT_MS = 20;

/** Time stamps that lead further away from their arrival than this (ms) jumped: the track starts anew at its arrival. */
const MAX_DEVIATION_MS = 3_000;
/** What is so late without a jump had queued on the way, and the rest follows at once; for this long (ms) it is waited for. */
const QUEUE_PATIENCE_MS = 5_000;

export interface SenderReport {
  /** Sender's wall clock in ms. */
  readonly wallMs: number;
  /** RTP time stamp of the same instant, 32 bits. */
  readonly rtpTimestamp: number;
}

/**
 * Maps one track's RTP time stamps to the machine's monotonic clock in ms. The first packet is "now"; after that the
 * sender's clock rules, corrected slowly. Never goes backwards. A new SSRC or composer epoch is a new TrackClock that
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
    }
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

  /**
   * Moves this track by `errorMs` in the long run. The first call may step (`step`), because no listener has a
   * reference yet; later ones slew.
   */
  correct(errorMs: number, step: boolean): void {
    if (!Number.isFinite(errorMs) || Math.abs(errorMs) > MAX_SYNC_ERROR_MS) return;
    this.#target = this.#correction + errorMs;
    if (step && !this.#settled) this.#correction = this.#target;
    this.#settled = true;
  }
}

/** Believes a track's sender reports once two in a row agree. */
class ReportFilter {
  #previous: number | undefined;
  #believed: number | undefined;

  /** `offset`: show clock minus sender's wall clock, ms, as one report has it. */
  report(offset: number | undefined): void {
    if (offset === undefined) return;
    const agrees = this.#previous !== undefined && Math.abs(offset - this.#previous) <= REPORT_AGREEMENT_MS;
    this.#believed = agrees ? offset : undefined;
    this.#previous = offset;
  }

  get offset(): number | undefined {
    return this.#believed;
  }
}

/** How far arrival may run ahead of or behind the show clock before it is followed, in ms. */
const DRIFT_TOLERANCE_MS = 40;
const DRIFT_WINDOW_MS = 10_000;

/**
 * Keeps picture and sound of one composer together. Video leads and follows the smallest observed delay of its packets,
 * so that its clock does not run away from this machine's; audio is moved to where sender reports put it relative to video.
 */
export class ShowClock {
  #video: TrackClock;
  #audio: TrackClock;
  #videoReports = new ReportFilter();
  #audioReports = new ReportFilter();
  #windowStart: number | undefined;
  #smallestDelay = Number.POSITIVE_INFINITY;

  constructor(floorMs = Number.NEGATIVE_INFINITY) {
    this.#video = new TrackClock(90_000, floorMs);
    this.#audio = new TrackClock(48_000, floorMs);
  }

  /** How far sound is moved against picture, ms; its change is drift. */
  get skewMs(): number {
    return this.#audio.correction - this.#video.correction;
  }

  /** The video track is a new one, at `floorMs` or later; also never before what was shown already. */
  rebaseVideo(floorMs: number): void {
    this.#video = new TrackClock(90_000, Math.max(floorMs, this.#video.last));
    this.#videoReports = new ReportFilter();
    this.#windowStart = undefined;
    this.#smallestDelay = Number.POSITIVE_INFINITY;
  }

  rebaseAudio(floorMs: number): void {
    this.#audio = new TrackClock(48_000, Math.max(floorMs, this.#audio.last));
    this.#audioReports = new ReportFilter();
  }

  video(timestamp: number, arrivalMs: number): number {
    const shown = this.#video.map(timestamp, arrivalMs);
    this.#followDrift(arrivalMs - shown, arrivalMs);
    return shown;
  }

  audio(timestamp: number, arrivalMs: number): number {
    return this.#audio.map(timestamp, arrivalMs);
  }

  videoReport(report: SenderReport): void {
    this.#videoReports.report(this.#video.offsetTo(report));
  }

  audioReport(report: SenderReport): void {
    this.#audioReports.report(this.#audio.offsetTo(report));
    const { offset: video } = this.#videoReports;
    const { offset: audio } = this.#audioReports;
    if (video !== undefined && audio !== undefined) this.#audio.correct(video - audio, true);
  }

  #followDrift(delay: number, now: number): void {
    this.#windowStart ??= now;
    this.#smallestDelay = Math.min(this.#smallestDelay, delay);
    if (now - this.#windowStart < DRIFT_WINDOW_MS) return;
    if (Math.abs(this.#smallestDelay) > DRIFT_TOLERANCE_MS) this.#video.correct(this.#smallestDelay, false);
    this.#windowStart = now;
    this.#smallestDelay = Number.POSITIVE_INFINITY;
  }
}
