import { type FileHandle, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '@streamus/contracts';
import type { ShowListener } from '../egress/show-bus.ts';
import { flvBeginning, type ShowHeaders, type ShowItem } from '../egress/show-item.ts';
import { segmentFiles, segmentIndex, segmentName, TAKE_FILE, type Take } from './take.ts';

/** A segment ends at the first keyframe after this long. */
const SEGMENT_MS = 2_000;
/** A failed disk is tried again at the next keyframe after this long. */
const RETRY_MS = 5_000;
/** What may wait for a slow disk, bytes. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;

interface Segment {
  readonly startedAt: number;
  readonly parts: Uint8Array[];
}

/**
 * Writes the show to disk in segments of two seconds or one GOP, each a complete FLV file, each on disk (fsync) before
 * the next is begun. Trouble with the disk is an alarm, never a reason for the show to wait.
 */
export class SegmentWriter implements ShowListener {
  readonly #folder: string;
  readonly #take: Take;
  readonly #now: () => number;
  readonly #log: (message: string, fields: object) => void;
  #headers: ShowHeaders | undefined;
  #segment: Segment | undefined;
  #lastTime = 0;
  #index: number | undefined;
  #work: Promise<void> = Promise.resolve();
  #waitingBytes = 0;
  #recordedMs = 0;
  #alarm: ErrorCode | null = null;
  #retryAt = 0;

  constructor(folder: string, take: Take, now: () => number, log: (message: string, fields: object) => void) {
    this.#folder = folder;
    this.#take = take;
    this.#now = now;
    this.#log = log;
  }

  /** Seconds that are safe on disk. */
  get recordedSeconds(): number {
    return this.#recordedMs / 1000;
  }

  get alarm(): ErrorCode | null {
    return this.#alarm;
  }

  headers(headers: ShowHeaders): void {
    this.#flush();
    this.#headers = headers;
  }

  item(item: ShowItem): void {
    this.#lastTime = Math.max(this.#lastTime, item.time);
    if (item.kind === 'video' && item.key) this.#atKeyframe(item.time);
    this.#segment?.parts.push(item.tag);
  }

  /** Writes what is left; resolves when it is on disk. */
  async close(): Promise<void> {
    this.#flush();
    await this.#work;
  }

  #atKeyframe(time: number): void {
    const current = this.#segment;
    if (current !== undefined && time - current.startedAt < SEGMENT_MS) return;
    this.#flush();
    if (this.#headers === undefined || this.#now() < this.#retryAt) return;
    this.#segment = { startedAt: time, parts: [flvBeginning(this.#headers, time)] };
  }

  #flush(): void {
    const segment = this.#segment;
    this.#segment = undefined;
    if (segment === undefined) return;
    const bytes = Buffer.concat(segment.parts);
    if (this.#waitingBytes + bytes.length > MAX_WAITING_BYTES) {
      this.#raise('disk_full', 'the disk does not keep up');
      return;
    }
    const duration = this.#lastTime - segment.startedAt;
    this.#waitingBytes += bytes.length;
    this.#work = this.#work.then(async () => {
      try {
        await this.#write(bytes);
        this.#recordedMs += duration;
        if (this.#alarm !== null) this.#log('recording goes on', {});
        this.#alarm = null;
      } catch (error) {
        this.#raise('disk_full', String(error));
      } finally {
        this.#waitingBytes -= bytes.length;
      }
    });
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const index = this.#index ?? (await this.#begin());
    this.#index = index;
    const file = await open(join(this.#folder, segmentName(index)), 'w', 0o600);
    await fill(file, bytes);
    this.#index = index + 1;
  }

  /** A take that was interrupted goes on after its last segment. */
  async #begin(): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, TAKE_FILE), JSON.stringify(this.#take), { flush: true });
    const last = segmentFiles(await readdir(this.#folder)).at(-1);
    return last === undefined ? 0 : segmentIndex(last) + 1;
  }

  #raise(alarm: ErrorCode, reason: string): void {
    if (this.#alarm === null) this.#log('recording alarm', { alarm, reason });
    this.#alarm = alarm;
    this.#retryAt = this.#now() + RETRY_MS;
  }
}

async function fill(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
