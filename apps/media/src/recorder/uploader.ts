import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { takePrefix } from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import { KEPT, PART_FILE, readPartName, readSegmentName } from './take.ts';

const SCAN_MS = 500;
/** Takes that are uploaded at the same time; one segment each is in memory. */
const TAKES_AT_ONCE = 3;
/** Then the next take has its turn. */
const FILES_A_TURN = 20;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** A failure that is over sooner is not worth an alarm. */
const ALARM_AFTER_MS = 3_000;

export interface UploaderOptions {
  readonly store: ObjectStore;
  /** Folder with a folder per take. */
  readonly spool: string;
  /** Uploaded segments stay here as well while more than this is free, so that finishing need not fetch them back. */
  readonly keepAboveBytes: number;
  readonly freeBytes: () => Promise<number>;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly log: (message: string, fields: object) => void;
}

export interface UploadState {
  /** Seconds of the take that are on this machine only. */
  readonly waitingSeconds: number;
  /** The store has not taken anything for a while. */
  readonly unreachable: boolean;
}

interface WaitingTake {
  readonly id: string;
  /** Paths below the take's folder, in order. */
  readonly files: readonly string[];
  readonly waitingMs: number;
}

/**
 * Brings every segment from the spool to the object store, in order, for as long as it takes. The spool is all the state
 * there is: whoever starts next goes on. It runs beside the shows, never in their way.
 */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #active = new Map<string, Promise<void>>();
  readonly #paused = new Set<string>();
  #waiting: readonly WaitingTake[] = [];
  /** Whose turn is next. */
  #queue: WaitingTake[] = [];
  #turn = 0;
  #failures = 0;
  #failingSince: number | undefined;
  #retryAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #scanning: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: UploaderOptions) {
    this.#options = options;
  }

  /** Begins; what is in the spool must have its recording by now. Nothing happens when it has begun. */
  start(): void {
    if (this.#timer === undefined) this.#next(0);
  }

  state(recordingId: string): UploadState {
    const waitingMs = this.#waiting.find(({ id }) => id === recordingId)?.waitingMs ?? 0;
    const since = this.#failingSince;
    const unreachable = since !== undefined && this.#options.now() - since >= ALARM_AFTER_MS;
    return { waitingSeconds: waitingMs / 1000, unreachable: unreachable && waitingMs > 0 };
  }

  /** Leaves a take alone; resolves when nothing of it is under way. */
  async pause(recordingId: string): Promise<void> {
    this.#paused.add(recordingId);
    await this.#active.get(recordingId);
  }

  resume(recordingId: string): void {
    this.#paused.delete(recordingId);
  }

  /** What is under way comes to its end. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#scanning;
    await Promise.all(this.#active.values());
  }

  #next(afterMs: number): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#scanning = this.#scan()
        .catch((error: unknown) => this.#options.log('the spool cannot be read', { error: String(error) }))
        .finally(() => this.#next(SCAN_MS));
    }, afterMs);
  }

  async #scan(): Promise<void> {
    this.#waiting = await waitingTakes(this.#options.spool);
    await this.#makeRoom();
    const turn = this.#turn % Math.max(this.#waiting.length, 1);
    this.#turn += 1;
    // Another take comes first each time.
    this.#queue = [...this.#waiting.slice(turn), ...this.#waiting.slice(0, turn)];
    this.#fill();
  }

  #fill(): void {
    while (this.#active.size < TAKES_AT_ONCE && this.#options.now() >= this.#retryAt) {
      const take = this.#queue.shift();
      if (take === undefined) return;
      if (take.files.length > 0 && this.#mayWork(take.id)) this.#begin(take);
    }
  }

  #mayWork(id: string): boolean {
    return !this.#active.has(id) && !this.#paused.has(id) && !this.#closed;
  }

  #begin(take: WaitingTake): void {
    const work = this.#upload(take).finally(() => {
      this.#active.delete(take.id);
      this.#fill();
    });
    this.#active.set(take.id, work);
  }

  async #upload({ id, files }: WaitingTake): Promise<void> {
    for (const file of files.slice(0, FILES_A_TURN)) {
      if (this.#paused.has(id) || this.#closed) return;
      try {
        await this.#bring(join(this.#options.spool, id, file), takePrefix(id) + file);
        this.#succeeded();
      } catch (error) {
        // Another process that shares the spool, or the end of the recording, was faster.
        if (isMissing(error)) continue;
        this.#failed(error);
        return;
      }
    }
  }

  /** The file leaves the list of what waits only when the store has confirmed every byte of it. */
  async #bring(path: string, key: string): Promise<void> {
    const { store } = this.#options;
    // The facts stay, so that the take can always be told from others.
    if (store.onThisMachine && nameOf(key) !== PART_FILE) {
      await store.putFile(key, path);
      return;
    }
    await store.put(key, await readFile(path));
    const kept = join(dirname(path), KEPT);
    await mkdir(kept, { recursive: true });
    await rename(path, join(kept, basename(path)));
  }

  #succeeded(): void {
    if (this.#failures > 0) this.#options.log('the object store takes recordings again', {});
    this.#failures = 0;
    this.#failingSince = undefined;
  }

  #failed(error: unknown): void {
    const { now, random, log } = this.#options;
    this.#failingSince ??= now();
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#retryAt = now() + random() * longest;
    if (this.#failures === 1) log('the object store does not take recordings', { error: String(error) });
  }

  /** The copies of what the store has are the first to go. */
  async #makeRoom(): Promise<void> {
    const { store, spool, freeBytes, keepAboveBytes } = this.#options;
    if (store.onThisMachine || this.#waiting.length === 0) return;
    if ((await freeBytes()) >= keepAboveBytes) return;
    for (const { id } of this.#waiting) {
      if (this.#paused.has(id)) continue;
      for (const part of await partsOf(join(spool, id))) {
        await rm(join(spool, id, part, KEPT), { recursive: true, force: true });
      }
    }
  }
}

async function waitingTakes(spool: string): Promise<WaitingTake[]> {
  const takes: WaitingTake[] = [];
  for (const id of await namesIn(spool)) {
    const files = await completeFilesOf(join(spool, id));
    const waitingMs = files.reduce((sum, file) => sum + (readSegmentName(nameOf(file))?.durationMs ?? 0), 0);
    takes.push({ id, files, waitingMs });
  }
  return takes;
}

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

function isComplete(name: string): boolean {
  return name === PART_FILE || readSegmentName(name) !== undefined;
}

const partsOf = async (folder: string): Promise<string[]> =>
  (await namesIn(folder)).filter((name) => readPartName(name) !== undefined).sort();

/** `part/file` of all parts of a take, in order. */
async function completeFilesOf(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const part of await partsOf(folder)) {
    const names = (await namesIn(join(folder, part))).filter(isComplete).sort();
    files.push(...names.map((name) => `${part}/${name}`));
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
