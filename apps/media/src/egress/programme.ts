import {
  type BusRecord,
  buildAvcC,
  describeVideo,
  mergeParameterSets,
  NO_PARAMETER_SETS,
  type ParameterSets,
  parseAvcC,
  parsePpsIds,
  parseSps,
} from '@streamus/media-formats';
import { monotonicMs } from '../monotonic.ts';
import { AAC_CONFIG, AacEncoder } from './aac-encoder.ts';
import { AudioLine } from './audio-line.ts';
import type { ShowBus } from './show-bus.ts';
import { audioItem, videoItem } from './show-item.ts';
import { makeSlate, type PictureFormat, type Slate } from './slate.ts';

/** No video for this long puts the slate on air. */
const SLATE_AFTER_MS = 2_000;
/** Without any programme the show begins with the slate after this long: a composer publishes when the show is live, and needs a few s. */
export const FIRST_WAIT_MS = 12_000;
/** The slate is stamped this long before now, so that returning pictures are always newer. */
const SLATE_LAG_MS = 350;
const TICK_MS = 40;
/** 10 s at 30 fps: more than encoding a slate takes. */
const EARLY_LIMIT = 300;
/** A browser's encoder uses set 0; one avcC can then list both (media research 1.8). */
const FIRST_SLATE_SET_ID = 1;
/** Without a slate the picture stands still while the programme is away. */
const NO_SLATE: Slate = { sets: NO_PARAMETER_SETS, pictures: [], frameMs: 1_000 };

export type ProgrammeState = 'waiting' | 'live' | 'slate';

export interface ProgrammeCounters {
  liveUnits: number;
  slateUnits: number;
  slates: number;
  droppedUnits: number;
  audioRestarts: number;
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
  readonly #bus: ShowBus;
  readonly #format: PictureFormat;
  readonly #log: (message: string, fields: object) => void;
  readonly #encoder: AacEncoder;
  readonly #ticker: NodeJS.Timeout;
  readonly #firstWaitMs: number;
  readonly #startedAt = monotonicMs();
  #state: ProgrammeState = 'waiting';
  #slate: Slate | undefined;
  #slateName = '';
  /** Video of the current GOP that came before the slate was ready. */
  #early: Extract<BusRecord, { kind: 'video' }>[] = [];
  #slatePosition = 0;
  #live: ParameterSets = NO_PARAMETER_SETS;
  #audio: AudioLine | undefined;
  #zeroMs: number | undefined;
  #lastVideoMs = Number.NEGATIVE_INFINITY;
  #lastAudio = -1;
  #lastLiveAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(
    bus: ShowBus,
    format: PictureFormat,
    log: (message: string, fields: object) => void,
    firstWaitMs: number,
  ) {
    this.#firstWaitMs = firstWaitMs;
    this.#bus = bus;
    this.#format = format;
    this.#log = log;
    this.#encoder = new AacEncoder({
      frame: (data, sample) => this.#emitAudio(data, sample),
      failed: (reason) => {
        this.counters.audioRestarts += 1;
        log('audio encoder restarts', { reason });
      },
    });
    void this.#prepareSlate(format);
    this.#ticker = setInterval(() => this.#tick(monotonicMs()), TICK_MS);
  }

  get state(): ProgrammeState {
    return this.#state;
  }

  /** Seconds since the show began; 0 before. */
  get seconds(): number {
    return this.#zeroMs === undefined ? 0 : (this.#lastVideoMs - this.#zeroMs) / 1000;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#ticker);
    this.#encoder.close();
  }

  take(record: BusRecord): void {
    switch (record.kind) {
      case 'config':
        this.#takeConfig(record.avcC);
        return;
      case 'video':
        if (this.#slate === undefined) this.#keepEarly(record);
        else this.#takeVideo(record);
        return;
      case 'opus':
        this.#audio?.packet(record.time, record.packet);
        return;
    }
  }

  #takeConfig(avcC: Uint8Array): void {
    const sets = parseAvcC(avcC);
    if (sets === undefined) return;
    this.#live = sets;
    const shown = describeVideo(sets);
    this.#log('programme parameters', { ...shown, sets: [...sets.sps, ...sets.pps].map(toHex) });
    if (shown !== undefined) {
      void this.#prepareSlate({ width: shown.width, height: shown.height, fps: this.#format.fps });
    }
  }

  #keepEarly(record: Extract<BusRecord, { kind: 'video' }>): void {
    if (record.key) this.#early = [record];
    else if (this.#early.length > 0 && this.#early.length < EARLY_LIMIT) this.#early.push(record);
    else this.#early = [];
  }

  #takeVideo({ time, unit, key }: Extract<BusRecord, { kind: 'video' }>): void {
    if (this.#state !== 'live' && !key) {
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

  #tick(now: number): void {
    this.#audio?.tick(now);
    if (this.#slate === undefined) return;
    if (this.#state === 'waiting' && now - this.#startedAt >= this.#firstWaitMs) {
      this.#begin(now - SLATE_LAG_MS);
      this.#enter('slate');
    }
    if (this.#state === 'live' && now - this.#lastLiveAt >= SLATE_AFTER_MS) this.#enter('slate');
    if (this.#state === 'slate') this.#emitSlate(now - SLATE_LAG_MS, this.#slate);
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
    this.#zeroMs = time;
    this.#audio = new AudioLine(time, (packet) => this.#encoder.write(packet));
    this.#log('show begins', {});
  }

  #enter(state: 'live' | 'slate'): void {
    if (state === 'slate') {
      this.counters.slates += 1;
      this.#slatePosition = 0;
    }
    this.#state = state;
    this.#log('programme changes', { state });
  }

  #emitVideo(timeMs: number, unit: Uint8Array, key: boolean): void {
    const zero = this.#zeroMs;
    if (zero === undefined) return;
    // FLV counts whole ms and wants each picture later than the one before.
    const least = Math.floor(this.#lastVideoMs - zero) + 1;
    const time = Math.max(Math.floor(timeMs - zero), Number.isFinite(least) ? least : 0);
    this.#lastVideoMs = Math.max(timeMs, zero + time);
    if (key) this.#announce(time);
    this.#bus.publish(videoItem(time, unit, key));
  }

  /** One avcC lists the live stream's and the slate's sets, so a change between them is no change to a receiver. */
  #announce(time: number): void {
    const sets = mergeParameterSets(this.#live, this.#slate?.sets ?? NO_PARAMETER_SETS);
    this.#bus.setHeaders({ avcC: buildAvcC(sets), audio: AAC_CONFIG }, time);
  }

  #emitAudio(data: Uint8Array, sample: number): void {
    const time = Math.floor(sample / 48);
    if (time <= this.#lastAudio) return;
    this.#lastAudio = time;
    this.#bus.publish(audioItem(time, data));
  }

  async #prepareSlate(format: PictureFormat): Promise<void> {
    const setId = freeSetId(this.#live);
    const name = `${format.width}x${format.height}@${format.fps} set ${setId}`;
    if (name === this.#slateName) return;
    this.#slateName = name;
    let slate = NO_SLATE;
    try {
      slate = await makeSlate(format, setId);
    } catch (error) {
      this.#log('slate cannot be made', { error: String(error), format: name });
    }
    if (this.#closed || this.#slateName !== name) return;
    this.#slate = slate;
    this.#slatePosition = 0;
    for (const record of this.#early.splice(0)) this.#takeVideo(record);
  }
}

/** A parameter set id that the live stream does not use. */
function freeSetId(live: ParameterSets): number {
  const used = new Set([
    ...live.sps.map((nal) => parseSps(nal)?.id),
    ...live.pps.map((nal) => parsePpsIds(nal)?.id),
  ]);
  for (let id = FIRST_SLATE_SET_ID; id < 32; id += 1) if (!used.has(id)) return id;
  return FIRST_SLATE_SET_ID;
}

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
