import {
  type BusRecord,
  buildAvcC,
  complete,
  describeVideo,
  mergeParameterSets,
  NO_PARAMETER_SETS,
  type ParameterSets,
  parseAvcC,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import { AAC_CONFIG } from './aac-encoder.ts';
import type { ShowMemory } from './journal.ts';
import type { ShowBus } from './show-bus.ts';
import { audioItem, videoItem } from './show-item.ts';
import { ShowSound } from './show-sound.ts';
import type { PictureFormat, Slate, SlateLook } from './slate.ts';
import { SlateSource } from './slate-source.ts';

/** No video for this long puts the slate on air: at the servers within 2 s, a tick and the ways from ingest and to them included. */
const SLATE_AFTER_MS = 1_910;
/** Without any programme the show begins with the slate after this long: a composer publishes when the show is live, and needs a few s. */
export const FIRST_WAIT_MS = 12_000;
/** The slate is stamped this long before now, so that returning pictures are always newer. */
const SLATE_LAG_MS = 350;
/** Returning pictures that are older than the slate's newest by more than this had queued; an encoder that starts anew takes less. */
const MOST_LATE_MS = 1_000;
/** Keyframes come every 2 s: a programme that is late for longer stays late, and is better than the slate. */
const LATE_PATIENCE_MS = 5_000;
const TICK_MS = 40;
/** 10 s at 30 fps: more than encoding a slate takes. */
const EARLY_LIMIT = 300;
/** A length and a NAL header; what is shorter is no picture. */
const LEAST_UNIT_BYTES = 5;
/** Records further from now than this were stamped by a clock that is wrong. */
const CLOCK_TOLERANCE_MS = 30_000;
/** What an avcC can list (ISO 14496-15), less the slate's. */
const MOST_SPS = 30;
const MOST_PPS = 254;
/** A slate is made up to this size (4096 × 2304). */
const MOST_PIXELS = 9_437_184;

export type ProgrammeState = 'waiting' | 'live' | 'slate';

export interface ProgrammeCounters {
  liveUnits: number;
  slateUnits: number;
  slates: number;
  droppedUnits: number;
  audioRestarts: number;
}

export interface ProgrammeOptions {
  readonly bus: ShowBus;
  readonly format: PictureFormat;
  readonly look: SlateLook;
  /** How long the show waits for a programme before it begins with the slate, ms. */
  readonly firstWaitMs: number;
  /** The show that another process began; null: a new one. */
  readonly continued: ShowMemory | null;
  /** Called when there is something new to remember. */
  readonly remember: (memory: ShowMemory) => void;
  readonly log: (message: string, fields: object) => void;
}

/** Makes one unbroken show out of what ingest delivers: live pictures, the slate between them, sound or silence. */
export class Programme {
  readonly counters: ProgrammeCounters = {
    liveUnits: 0,
    slateUnits: 0,
    slates: 0,
    droppedUnits: 0,
    audioRestarts: 0,
  };
  readonly #options: ProgrammeOptions;
  readonly #sound: ShowSound;
  readonly #slate: SlateSource;
  readonly #ticker: NodeJS.Timeout;
  readonly #startedAt = monotonicMs();
  #format: PictureFormat;
  #state: ProgrammeState = 'waiting';
  /** Video of the current GOP that came before the slate was ready. */
  #early: Extract<BusRecord, { kind: 'video' }>[] = [];
  #slatePosition = 0;
  #live: ParameterSets = NO_PARAMETER_SETS;
  #zeroMs: number | undefined;
  #lastVideoMs = Number.NEGATIVE_INFINITY;
  #lastLiveAt = Number.NEGATIVE_INFINITY;
  /** When pictures that are too late for the slate began to come. */
  #lateSince: number | undefined;

  constructor(options: ProgrammeOptions) {
    const { continued, log } = options;
    this.#options = options;
    this.#format = continued?.format ?? options.format;
    if (continued?.avcC != null) this.#live = parseAvcC(continued.avcC) ?? NO_PARAMETER_SETS;
    this.#sound = new ShowSound(
      {
        frame: (time, data) => options.bus.publish(audioItem(time, data)),
        failed: (reason) => {
          this.counters.audioRestarts += 1;
          log('audio encoder restarts', { reason });
        },
      },
      monotonicMs,
    );
    this.#slate = new SlateSource(options.look, () => this.#slateReady(), log);
    this.#slate.prepare(this.#format, this.#live, false);
    this.#ticker = setInterval(() => this.#tick(monotonicMs()), TICK_MS);
  }

  get state(): ProgrammeState {
    return this.#state;
  }

  /** Seconds since the show began; 0 before. */
  get seconds(): number {
    return this.#zeroMs === undefined ? 0 : (this.#lastVideoMs - this.#zeroMs) / 1000;
  }

  /** From a sound packet's arrival to its AAC frame, ms. */
  get aacLagMs(): number {
    return this.#sound.lagMs;
  }

  close(): void {
    clearInterval(this.#ticker);
    this.#slate.close();
    this.#sound.close();
  }

  take(record: BusRecord): void {
    if (record.kind === 'config') {
      this.#takeConfig(record.avcC);
      return;
    }
    if (Math.abs(record.time - monotonicMs()) > CLOCK_TOLERANCE_MS) this.counters.droppedUnits += 1;
    else if (record.kind === 'opus') this.#sound.packet(record.time, record.packet);
    else if (record.unit.length < LEAST_UNIT_BYTES) this.counters.droppedUnits += 1;
    else if (this.#slate.current === undefined) this.#keepEarly(record);
    else this.#takeVideo(record);
  }

  #takeConfig(avcC: Uint8Array): void {
    const sets = parseAvcC(avcC);
    if (sets === undefined || !complete(sets)) return;
    if (sets.sps.length > MOST_SPS || sets.pps.length > MOST_PPS) return;
    this.#live = sets;
    const shown = describeVideo(sets);
    if (shown === undefined) return;
    const { width, height } = shown;
    if (width !== this.#format.width || height !== this.#format.height || this.#state === 'waiting')
      this.#options.log('programme parameters', shown);
    if (width * height <= MOST_PIXELS) {
      this.#format = { width, height, fps: this.#format.fps };
      this.#slate.prepare(this.#format, sets, this.#state !== 'waiting');
    }
    this.#remember();
  }

  #keepEarly(record: Extract<BusRecord, { kind: 'video' }>): void {
    if (record.key) this.#early = [record];
    else if (this.#early.length > 0 && this.#early.length < EARLY_LIMIT) this.#early.push(record);
    else this.#early = [];
  }

  #takeVideo({ time, unit, key }: Extract<BusRecord, { kind: 'video' }>): void {
    if (this.#state !== 'live' && (!key || this.#isTooLate(time, monotonicMs()))) {
      this.counters.droppedUnits += 1;
      return;
    }
    if (this.#state !== 'live') {
      this.#begin(time);
      this.#enter('live');
    }
    this.#lastLiveAt = monotonicMs();
    this.counters.liveUnits += 1;
    this.#emitVideo(time, unit, key);
  }

  /** What had queued on a busy machine comes in one go behind the slate; the keyframes after it are on time again. */
  #isTooLate(time: number, now: number): boolean {
    if (this.#state !== 'slate' || this.#lastVideoMs - time <= MOST_LATE_MS) return false;
    this.#lateSince ??= now;
    return now - this.#lateSince < LATE_PATIENCE_MS;
  }

  #tick(now: number): void {
    this.#sound.tick(now);
    const slate = this.#slate.current;
    if (slate === undefined) return;
    const patience = this.#options.continued === null ? this.#options.firstWaitMs : 0;
    if (this.#state === 'waiting' && now - this.#startedAt >= patience) {
      this.#begin(now - SLATE_LAG_MS);
      this.#enter('slate');
    }
    if (this.#state === 'live' && now - this.#lastLiveAt >= SLATE_AFTER_MS) this.#enter('slate');
    if (this.#state === 'slate') this.#emitSlate(now - SLATE_LAG_MS, slate);
  }

  #emitSlate(until: number, slate: Slate): void {
    if (this.#slatePosition === 0) this.#lastVideoMs = Math.max(this.#lastVideoMs, until - slate.frameMs);
    while (this.#lastVideoMs + slate.frameMs <= until) {
      const picture = slate.pictures[this.#slatePosition % slate.pictures.length];
      if (picture === undefined) return;
      this.#slatePosition += 1;
      this.counters.slateUnits += 1;
      this.#emitVideo(this.#lastVideoMs + slate.frameMs, picture.unit, picture.key);
    }
  }

  #begin(time: number): void {
    if (this.#zeroMs !== undefined) return;
    const { continued, log } = this.#options;
    const zero = continued?.zeroMs ?? time;
    this.#zeroMs = zero;
    this.#sound.begin(time, time - zero);
    log(continued === null ? 'show begins' : 'show continues', {});
    this.#remember();
  }

  #remember(): void {
    if (this.#zeroMs === undefined) return;
    const avcC = complete(this.#live) ? buildAvcC(this.#live) : null;
    this.#options.remember({ zeroMs: this.#zeroMs, format: this.#format, avcC });
  }

  #enter(state: 'live' | 'slate'): void {
    if (state === 'slate') {
      this.counters.slates += 1;
      this.#slatePosition = 0;
    }
    this.#lateSince = undefined;
    this.#state = state;
    this.#options.log('programme changes', { state });
  }

  #emitVideo(timeMs: number, unit: Uint8Array, key: boolean): void {
    const zero = this.#zeroMs;
    if (zero === undefined) return;
    // FLV counts whole ms and wants each picture later than the one before.
    const least = Math.floor(this.#lastVideoMs - zero) + 1;
    const time = Math.max(Math.floor(timeMs - zero), Number.isFinite(least) ? least : 0);
    this.#lastVideoMs = Math.max(timeMs, zero + time);
    if (key && !this.#announce(time)) return;
    this.#options.bus.publish(videoItem(time, unit, key));
  }

  /**
   * One avcC lists the live stream's and the slate's sets, so a change between them is no change to a receiver. False: there is no
   * set yet, so nobody could decode a picture.
   */
  #announce(time: number): boolean {
    const sets = mergeParameterSets(this.#live, this.#slate.current?.sets ?? NO_PARAMETER_SETS);
    if (!complete(sets)) return false;
    this.#options.bus.setHeaders({ avcC: buildAvcC(sets), audio: AAC_CONFIG }, time);
    return true;
  }

  #slateReady(): void {
    this.#slatePosition = 0;
    for (const record of this.#early.splice(0)) this.#takeVideo(record);
  }
}
