import { type SenderReport, TrackClock } from './track-clock.ts';

/** Two reports of one track in a row that agree this closely (ms) are believed; some stacks send reports whose clock jumps. */
const REPORT_AGREEMENT_MS = 20;
/** Sound that is out of step by more is moved at once where packets prove it: EBU R 37 allows 40 ms early, 60 late. */
const STEP_MS = 40;

/** How far arrival may run ahead of or behind the show clock before it is followed, in ms. */
const DRIFT_TOLERANCE_MS = 40;
const DRIFT_WINDOW_MS = 10_000;

/** Egress has put silence where sound is later than 700 ms; a track that is all this late, for this long, is followed at once. */
const LATE_MS = 500;
const LATE_PATIENCE_MS = 2_000;

/**
 * LiveKit's reports go on for two more, 3 s each, as if no sound had been lost (measured): that they have picture and sound in step
 * while the packets say otherwise counts only after so many.
 */
const CONTRADICTIONS = 10;

/**
 * The first report believed may be as old, so that what was lost as the show began is missing in it and in the reference taken
 * with it. So many of those that follow are believed like it where they tell of more lost sound, not of less: that one is the old one.
 */
const FIRST_BELIEFS = 3;

const agree = (a: number, b: number): boolean => Math.abs(a - b) <= REPORT_AGREEMENT_MS;

interface Claim {
  /** Show clock minus sender's wall clock, ms. */
  readonly offset: number;
  /** Arrival minus sender's wall clock, ms: the track's own clock has no part in it. */
  readonly way: number;
}

/** Believes a track's sender reports once two in a row agree (SPEC C3). */
class ReportFilter {
  #previous: Claim | undefined;
  #believed: number | undefined;

  report(offset: number | undefined, delay: number): void {
    if (offset === undefined) return;
    const claim = { offset, way: offset + delay };
    const previous = this.#previous;
    this.#previous = claim;
    const agrees =
      previous !== undefined && (agree(claim.offset, previous.offset) || agree(claim.way, previous.way));
    this.#believed = agrees ? offset : undefined;
  }

  get offset(): number | undefined {
    return this.#believed;
  }
}

/** Tells when a track has been late throughout (SPEC C5). */
class Lateness {
  #since: number | undefined;

  /** Once for each time of patience. */
  lasts(delay: number, now: number): boolean {
    this.#since = delay > LATE_MS ? (this.#since ?? now) : undefined;
    if (this.#since === undefined || now - this.#since < LATE_PATIENCE_MS) return false;
    this.#since = undefined;
    return true;
  }
}

/**
 * Keeps picture and sound of one composer together (SPEC C). Video leads and follows the smallest observed delay of its
 * packets, so that its clock does not run away from this machine's; audio is moved to where sender reports put it
 * relative to video.
 */
export class ShowClock {
  #video: TrackClock;
  #audio: TrackClock;
  #videoReports = new ReportFilter();
  #audioReports = new ReportFilter();
  #videoLateness = new Lateness();
  #audioLateness = new Lateness();
  /** How much later than pictures sound comes when both are in step, ms. */
  #laterInStep = 0;
  #contradictions = 0;
  #firstBeliefs = 0;
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
    this.#videoLateness = new Lateness();
    this.#laterInStep = 0;
    this.#beginWindow(undefined);
  }

  rebaseAudio(floorMs: number): void {
    this.#audio = new TrackClock(48_000, Math.max(floorMs, this.#audio.last));
    this.#audioReports = new ReportFilter();
    this.#audioLateness = new Lateness();
    this.#laterInStep = 0;
  }

  video(timestamp: number, arrivalMs: number): number {
    const shown = this.#video.map(timestamp, arrivalMs);
    if (this.#videoLateness.lasts(arrivalMs - shown, arrivalMs)) this.#followWay(arrivalMs);
    else this.#followDrift(arrivalMs - shown, arrivalMs);
    return shown;
  }

  audio(timestamp: number, arrivalMs: number): number {
    const shown = this.#audio.map(timestamp, arrivalMs);
    if (this.#audioLateness.lasts(arrivalMs - shown, arrivalMs)) this.#followLostSound();
    return shown;
  }

  videoReport(report: SenderReport): void {
    this.#videoReports.report(this.#video.offsetTo(report), this.#video.delay);
  }

  audioReport(report: SenderReport): void {
    this.#audioReports.report(this.#audio.offsetTo(report), this.#audio.delay);
    const { offset: video } = this.#videoReports;
    const { offset: audio } = this.#audioReports;
    if (video !== undefined && audio !== undefined) this.#correctSound(video - audio);
  }

  /** How much later than pictures sound comes, ms. */
  get #later(): number {
    return this.#audio.delay - this.#video.delay;
  }

  #correctSound(errorMs: number): void {
    if (!this.#audio.settled) this.#firstBeliefs = 1 + FIRST_BELIEFS;
    if (this.#firstBeliefs > 0) {
      this.#firstBeliefs -= 1;
      if (!this.#audio.settled || errorMs > STEP_MS) {
        this.#settle(errorMs);
        return;
      }
    }
    const lost = this.#later - this.#laterInStep;
    const proven = Math.sign(lost) === Math.sign(errorMs) && Math.abs(lost) >= Math.abs(errorMs) - STEP_MS;
    this.#audio.correct(errorMs, proven && Math.abs(errorMs) > STEP_MS);
    if (Math.abs(errorMs) <= STEP_MS) this.#noteInStep(lost);
  }

  /** Where sound would not be heard it does not belong (C5): that report is from before it was lost. */
  #settle(errorMs: number): void {
    if (this.#audio.delay - errorMs > LATE_MS) return;
    this.#audio.correct(errorMs, true);
    this.#laterInStep = this.#later;
    this.#contradictions = 0;
  }

  #noteInStep(lost: number): void {
    this.#contradictions = Math.abs(lost) > STEP_MS ? this.#contradictions + 1 : 0;
    if (this.#contradictions > 0 && this.#contradictions < CONTRADICTIONS) return;
    this.#contradictions = 0;
    this.#laterInStep += lost;
  }

  /** Where pictures are as late, their way is longer, which moves both. */
  #followLostSound(): void {
    if (!Number.isFinite(this.#video.delay)) return;
    this.#audio.shift(this.#later - this.#laterInStep);
  }

  #followWay(now: number): void {
    const late = this.#video.delay;
    this.#video.shift(late);
    this.#audio.shift(late);
    this.#beginWindow(now);
  }

  #followDrift(delay: number, now: number): void {
    this.#windowStart ??= now;
    this.#smallestDelay = Math.min(this.#smallestDelay, delay);
    if (now - this.#windowStart < DRIFT_WINDOW_MS) return;
    if (Math.abs(this.#smallestDelay) > DRIFT_TOLERANCE_MS) this.#video.correct(this.#smallestDelay, false);
    this.#beginWindow(now);
  }

  #beginWindow(now: number | undefined): void {
    this.#windowStart = now;
    this.#smallestDelay = Number.POSITIVE_INFINITY;
  }
}
