import { createHash } from 'node:crypto';
import type { ErrorCode } from '@streamus/contracts';
import type { ShowListener } from '../egress/show-bus.ts';
import { flvBeginning, type ShowHeaders, type ShowItem } from '../egress/show-item.ts';
import { PartFolder } from './part-folder.ts';
import { type SegmentFacts, segmentName, type Take } from './take.ts';

/** A segment ends at the first keyframe after this long. */
const SEGMENT_MS = 2_000;
/** It ends without one after this long or this much, so that memory and loss stay bounded whatever the programme does. */
const LONGEST_SEGMENT_MS = 10_000;
const LARGEST_SEGMENT_BYTES = 32 * 1024 * 1024;
/** A failed disk is tried again at the next keyframe after this long. */
const RETRY_MS = 5_000;
/** What may wait for a slow disk. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
/** The alarm is raised when there is room for less than this much of the stream. */
const NEARLY_FULL_MS = 120_000;
/** Recording stops at this share of the reserve, so that the database on the same disk can go on. */
const STOP_SHARE = 1 / 16;

export interface WriterOptions {
  /** Folder of the take. */
  readonly folder: string;
  readonly take: Take;
  /** Free space below which people are warned, bytes. */
  readonly reserveBytes: number;
  readonly freeBytes: () => Promise<number>;
  /** Monotonic, ms. */
  readonly now: () => number;
  readonly wallClock: () => Date;
  readonly log: (message: string, fields: object) => void;
}

interface Segment {
  readonly startedAt: number;
  readonly sets: string;
  readonly parts: Uint8Array[];
  bytes: number;
}

/**
 * Writes the show to disk in segments of two seconds or one GOP, each a complete FLV file, each on disk (fsync) before
 * the next is begun. Trouble with the disk is an alarm, never a reason for the show to wait.
 */
export class SegmentWriter implements ShowListener {
  readonly #options: WriterOptions;
  readonly #part: PartFolder;
  #headers: ShowHeaders | undefined;
  #segment: Segment | undefined;
  #lastTime = 0;
  #index = 0;
  #work: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #recordedMs = 0;
  #alarm: ErrorCode | null = null;
  #retryAt = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#part = new PartFolder(options.folder, options.take, options.wallClock);
  }

  /** Seconds that are safe on disk. */
  get recordedSeconds(): number {
    return this.#recordedMs / 1000;
  }

  get alarm(): ErrorCode | null {
    return this.#alarm;
  }

  headers(headers: ShowHeaders): void {
    this.#flush(this.#lastTime);
    this.#headers = headers;
  }

  item(item: ShowItem): void {
    this.#lastTime = Math.max(this.#lastTime, item.time);
    if (item.kind === 'video' && item.key) this.#atKeyframe(item.time);
    else this.#boundSegment(item.time);
    const segment = this.#segment;
    if (segment === undefined) return;
    segment.parts.push(item.tag);
    segment.bytes += item.tag.length;
  }

  /** Writes what is left; resolves when it is on disk. */
  async close(): Promise<void> {
    this.#flush(this.#lastTime);
    await this.#work;
  }

  #atKeyframe(time: number): void {
    const current = this.#segment;
    if (current !== undefined && time - current.startedAt < SEGMENT_MS) return;
    this.#flush(time);
    if (this.#options.now() >= this.#retryAt) this.#begin(time);
  }

  #boundSegment(time: number): void {
    const current = this.#segment;
    if (current === undefined) return;
    if (time - current.startedAt < LONGEST_SEGMENT_MS && current.bytes < LARGEST_SEGMENT_BYTES) return;
    this.#flush(time);
    this.#begin(time);
  }

  #begin(time: number): void {
    if (this.#headers === undefined) return;
    const sets = createHash('sha256').update(this.#headers.avcC).digest('hex').slice(0, 8);
    this.#segment = { startedAt: time, sets, parts: [flvBeginning(this.#headers, time)], bytes: 0 };
  }

  #flush(endTime: number): void {
    const segment = this.#segment;
    this.#segment = undefined;
    if (segment === undefined) return;
    const bytes = Buffer.concat(segment.parts);
    if (this.#waitingBytes + bytes.length > MAX_WAITING_BYTES) {
      this.#raise('disk_full', 'the disk does not keep up');
      return;
    }
    const durationMs = Math.max(0, endTime - segment.startedAt);
    const wall = this.#options.wallClock().getTime();
    this.#waitingBytes += bytes.length;
    this.#work = this.#work.then(async () => {
      try {
        const free = await this.#options.freeBytes();
        if (free < this.#options.reserveBytes * STOP_SHARE) throw new Error(`${free} bytes are free`);
        await this.#write({ ...segment, durationMs, startedWall: new Date(wall - durationMs), bytes });
        this.#recordedMs += durationMs;
        this.#settle(free, (bytes.length / Math.max(durationMs, 1)) * NEARLY_FULL_MS);
      } catch (error) {
        this.#raise('disk_full', String(error));
      } finally {
        this.#waitingBytes -= bytes.length;
      }
    });
  }

  async #write(segment: {
    readonly startedAt: number;
    readonly sets: string;
    readonly durationMs: number;
    readonly startedWall: Date;
    readonly bytes: Uint8Array;
  }): Promise<void> {
    const { startedAt: time, durationMs, sets, bytes, startedWall } = segment;
    await this.#part.begin({ startedAt: startedWall.toISOString(), startedTime: time });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const facts: SegmentFacts = { index: this.#index, time, durationMs, sets, sha256 };
    await this.#part.write(segmentName(facts), bytes);
    this.#index += 1;
  }

  #settle(free: number, twoMinutes: number): void {
    if (free < Math.max(this.#options.reserveBytes, twoMinutes)) {
      this.#setAlarm('disk_nearly_full', `${free} bytes are free`);
      return;
    }
    if (this.#alarm !== null) this.#options.log('recording goes on', {});
    this.#alarm = null;
  }

  #raise(alarm: ErrorCode, reason: string): void {
    this.#setAlarm(alarm, reason);
    this.#retryAt = this.#options.now() + RETRY_MS;
  }

  #setAlarm(alarm: ErrorCode, reason: string): void {
    if (this.#alarm !== alarm) this.#options.log('recording alarm', { alarm, reason });
    this.#alarm = alarm;
  }
}
