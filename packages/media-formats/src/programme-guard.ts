/** Why a programme cannot be passed on as it is; codes of the error catalogue. */
export type ProgrammeBreach =
  | 'programme_not_h264'
  | 'programme_size_changed'
  | 'programme_low_frame_rate'
  | 'programme_keyframes_missing'
  | 'programme_damaged';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface GuardFormat extends PictureSize {
  readonly fps: number;
}

/** No picture for this long is a programme that stopped, not a slow one. */
const STOPPED_MS = 2_000;
const RATE_WINDOW_MS = 10_000;
const LEAST_RATE_SHARE = 0.5;
/** YouTube and Facebook: never above (media research 3.5). */
const MOST_KEY_DISTANCE_MS = 4_000;
const FAR_KEYS = 2;
const MINUTE_MS = 60_000;
const BAD_MINUTES = 3;
const MOST_SET_CHANGES = 3;

/**
 * Watches the programme for what platforms do not accept (SPEC.md, rules G). Times are ms of the show clock or the
 * machine's; only differences count. Once broken it stays so, a low rate that is forgiven apart.
 */
export class ProgrammeGuard {
  readonly #format: GuardFormat;
  #breach: ProgrammeBreach | undefined;
  #lastAt: number | undefined;
  #rateStart: number | undefined;
  #pictures = 0;
  #keyAt: number | undefined;
  #farKeys = 0;
  #minuteStart: number | undefined;
  #damaged = 0;
  #badMinutes = 0;
  #setChanges: number[] = [];

  /** `breach`: what an earlier process of the same stream found. */
  constructor(format: GuardFormat, breach?: ProgrammeBreach) {
    this.#format = format;
    this.#breach = breach;
  }

  get breach(): ProgrammeBreach | undefined {
    return this.#breach;
  }

  /** A new composer, or its track published anew: what was counted is not its doing. */
  restart(): void {
    this.#lastAt = undefined;
    this.#rateStart = undefined;
    this.#keyAt = undefined;
    this.#farKeys = 0;
  }

  /** Nothing can be done about the rate here: it is counted from the beginning. */
  forgiveRate(): void {
    if (this.#breach !== 'programme_low_frame_rate') return;
    this.#breach = undefined;
    this.#rateStart = this.#lastAt;
    this.#pictures = 0;
  }

  codec(name: string): void {
    if (name !== 'h264') this.#found('programme_not_h264');
  }

  size({ width, height }: PictureSize): void {
    if (width !== this.#format.width || height !== this.#format.height) this.#found('programme_size_changed');
  }

  /** The parameters of the picture changed, its size perhaps not. */
  parametersChanged(at: number): void {
    this.#setChanges = [...this.#setChanges.filter((time) => at - time < MINUTE_MS), at];
    if (this.#setChanges.length > MOST_SET_CHANGES) this.#found('programme_size_changed');
  }

  /** A picture arrived, whole or damaged. */
  picture(at: number, key: boolean): void {
    if (this.#lastAt === undefined || at - this.#lastAt > STOPPED_MS) {
      this.restart();
      this.#rateStart = at;
      this.#pictures = 0;
    }
    this.#lastAt = at;
    this.#countRate(at);
    if (key) this.#countKey(at);
  }

  damagedGop(at: number): void {
    const start = this.#minuteStart;
    if (start === undefined || at - start >= 2 * MINUTE_MS) {
      this.#badMinutes = 0;
      this.#minuteStart = at;
      this.#damaged = 0;
    } else if (at - start >= MINUTE_MS) {
      this.#badMinutes = this.#damaged > 1 ? this.#badMinutes + 1 : 0;
      this.#minuteStart = start + MINUTE_MS;
      this.#damaged = 0;
    }
    this.#damaged += 1;
    const badNow = this.#damaged > 1 ? 1 : 0;
    if (this.#badMinutes + badNow >= BAD_MINUTES) this.#found('programme_damaged');
  }

  #countRate(at: number): void {
    const start = this.#rateStart ?? at;
    if (at - start >= RATE_WINDOW_MS) {
      const rate = (this.#pictures * 1_000) / (at - start);
      if (rate < this.#format.fps * LEAST_RATE_SHARE) this.#found('programme_low_frame_rate');
      this.#rateStart = at;
      this.#pictures = 0;
    }
    this.#pictures += 1;
  }

  #countKey(at: number): void {
    if (this.#keyAt !== undefined) {
      this.#farKeys = at - this.#keyAt > MOST_KEY_DISTANCE_MS ? this.#farKeys + 1 : 0;
      if (this.#farKeys >= FAR_KEYS) this.#found('programme_keyframes_missing');
    }
    this.#keyAt = at;
  }

  #found(breach: ProgrammeBreach): void {
    this.#breach ??= breach;
  }
}
