import {
  type BusRecord,
  buildAvcC,
  describeVideo,
  type GuardFormat,
  type ParameterSets,
  type PictureSize,
  type ProgrammeBreach,
  ProgrammeGuard,
  sameParameterSets,
  toAvcc,
} from '@streamus/media-formats';
import type { IngestStats } from './ingest-stats.ts';
import { Normaliser, type NormaliserFailure } from './normaliser.ts';
import type { Picture, PictureSink } from './picture.ts';

/** The largest picture that is let in, pixels: 4096 × 2304. A decoder takes memory for whatever size it is told. */
const MOST_PIXELS = 9_437_184;

export interface VideoFormat extends GuardFormat {
  /** Bits per second. */
  readonly videoBitrate: number;
}

export interface ProgrammeVideoOptions {
  readonly format: VideoFormat;
  /** Found by an earlier process of this stream. */
  readonly breach: ProgrammeBreach | undefined;
  readonly stats: IngestStats;
  readonly emit: (record: BusRecord) => void;
  /** A keyframe is needed now. */
  readonly needKey: () => void;
  /** Cores of this machine that nobody uses; null: being measured. */
  readonly spareCores: () => number | null;
  readonly log: (message: string, fields: object) => void;
}

/** The programme's pictures on their way to the bus: passed on as they are, or encoded anew once they broke the rules. */
export class ProgrammeVideo implements PictureSink {
  readonly #options: ProgrammeVideoOptions;
  readonly #guard: ProgrammeGuard;
  #sets: ParameterSets | undefined;
  #configSent = false;
  /** The GOP that is arriving is of a size that nobody can mean. */
  #absurd = false;
  #normaliser: Normaliser | undefined;
  /** An encoder was begun for a low rate alone, and was no help. */
  #tooSlow = false;

  constructor(options: ProgrammeVideoOptions) {
    this.#options = options;
    this.#guard = new ProgrammeGuard(options.format, options.breach);
    options.stats.normalised = options.breach ?? null;
  }

  /** Another composer, or its track published anew. */
  sourceChanged(): void {
    this.#guard.restart();
  }

  /** The link to egress is new: it needs the configuration and a keyframe. */
  restart(): void {
    this.#configSent = false;
    this.#normaliser?.restart('the link to egress is new');
  }

  tick(now: number): void {
    this.#normaliser?.tick(now);
  }

  close(): void {
    this.#normaliser?.close();
  }

  arrived(time: number, key: boolean): void {
    this.#guard.picture(time, key);
  }

  damagedGop(time: number): void {
    this.#guard.damagedGop(time);
  }

  show(picture: Picture): void {
    if (picture.key) {
      this.#absurd = isAbsurd(picture);
      this.#options.stats.unusable = this.#absurd;
      if (!this.#absurd) this.#look(picture);
    }
    if (this.#absurd) this.#options.stats.droppedUnits += 1;
    else if (this.#normaliser !== undefined) this.#normaliser.write(picture);
    else if (picture.codec === 'h264') this.#pass(picture);
  }

  #look(picture: Picture): void {
    const size = sizeOf(picture);
    this.#guard.codec(picture.codec);
    if (size !== undefined) this.#guard.size(size);
    if (picture.codec === 'h264' && this.#sets !== undefined && this.#areNew(picture.sets))
      this.#guard.parametersChanged(picture.time);
    const { breach } = this.#guard;
    if (breach !== undefined && this.#normaliser === undefined) this.#normalise(breach);
  }

  #normalise(breach: ProgrammeBreach): void {
    const { format, emit, needKey, stats, log } = this.#options;
    const spare = this.#spareFor(breach);
    // The next keyframe asks again.
    if (spare === null) return;
    if (spare < encoderCores(format)) {
      log('too few pictures, and no room to encode the programme anew: passed on as it is', {});
      this.#guard.forgiveRate();
      stats.normalised = null;
      return;
    }
    stats.normalised = breach;
    log('the programme is encoded anew from here on', { reason: breach });
    this.#normaliser = new Normaliser(format, {
      record: (record) => {
        this.#count(record);
        emit(record);
      },
      needKey,
      failed: (reason, failure) => this.#failed(breach, reason, failure),
    });
  }

  /** Cores that an encoder begun for this breach may take; null: not known yet. */
  #spareFor(breach: ProgrammeBreach): number | null {
    if (breach !== 'programme_low_frame_rate') return Number.POSITIVE_INFINITY;
    return this.#tooSlow ? 0 : this.#options.spareCores();
  }

  #failed(breach: ProgrammeBreach, reason: string, failure: NormaliserFailure): void {
    const { stats, log } = this.#options;
    if (breach !== 'programme_low_frame_rate' || failure === 'broken') {
      log('the normaliser starts anew', { reason });
      return;
    }
    log('the programme is passed on as it is again', { reason });
    this.#normaliser?.close();
    this.#normaliser = undefined;
    this.#tooSlow = true;
    this.#sets = undefined;
    this.#configSent = false;
    this.#guard.forgiveRate();
    stats.normalised = null;
  }

  #pass(picture: Extract<Picture, { codec: 'h264' }>): void {
    const unit = toAvcc(picture.nals);
    if (unit.length === 0) return;
    if (this.#areNew(picture.sets)) this.#configSent = false;
    this.#sets = picture.sets;
    if (!this.#configSent) {
      this.#configSent = true;
      this.#options.emit({ kind: 'config', avcC: buildAvcC(picture.sets) });
    }
    const record: BusRecord = { kind: 'video', time: picture.time, key: picture.key, unit };
    this.#count(record);
    this.#options.emit(record);
  }

  /** A track published anew brings the same sets in other memory. */
  #areNew(sets: ParameterSets): boolean {
    return this.#sets !== sets && (this.#sets === undefined || !sameParameterSets(sets, this.#sets));
  }

  #count(record: BusRecord): void {
    if (record.kind === 'video') this.#options.stats.videoBytes += record.unit.length;
  }
}

/** One core encodes 1080p30 as the normaliser does (media research 1.6). */
function encoderCores({ width, height, fps }: GuardFormat): number {
  return (width * height * fps) / (1920 * 1080 * 30);
}

function sizeOf(picture: Picture): PictureSize | undefined {
  return picture.codec === 'vp8' ? picture.size : describeVideo(picture.sets);
}

function isAbsurd(picture: Picture): boolean {
  const size = sizeOf(picture);
  return size !== undefined && size.width * size.height > MOST_PIXELS;
}
