import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingId } from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import type { ObjectStore } from '@streamus/platform/objects';
import { monotonicMs } from '../monotonic.ts';
import { finaliseTake } from '../recorder/finalise.ts';
import { spoolFolder } from '../recorder/take.ts';
import type { MediaRepository, UnfinishedRecording } from './repository.ts';

/** Failures after which a recording is given up; its segments stay on disk for whoever looks into it. */
const MAX_FAILURES = 5;
const FIRST_PAUSE_MS = 2_000;
const LAST_PAUSE_MS = 60_000;

type Recordings = Pick<MediaRepository, 'unfinishedRecordings' | 'finishRecording' | 'failRecording'>;

interface Trouble {
  readonly failures: number;
  readonly pauseMs: number;
  readonly retryAt: number;
}

/** Turns finished takes into recordings, one at a time, whenever it is called. */
export class Finishing {
  readonly #repository: Recordings;
  readonly #store: ObjectStore;
  readonly #dataDir: string;
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #finalise: typeof finaliseTake;
  readonly #troubles = new Map<string, Trouble>();
  #busy: Promise<void> | undefined;

  constructor(
    repository: Recordings,
    store: ObjectStore,
    dataDir: string,
    logger: Logger,
    now: () => number = monotonicMs,
    finalise = finaliseTake,
  ) {
    this.#now = now;
    this.#finalise = finalise;
    this.#repository = repository;
    this.#store = store;
    this.#dataDir = dataDir;
    this.#logger = logger;
  }

  /** Starts with what is unfinished; `onAir` tells which streams still write. Does nothing while busy. */
  start(onAir: (streamId: string) => boolean): void {
    if (this.#busy !== undefined) return;
    this.#busy = this.#run(onAir)
      .catch((error: unknown) =>
        this.#logger.error({ error: String(error) }, 'recordings cannot be finished now'),
      )
      .finally(() => {
        this.#busy = undefined;
      });
  }

  async settled(): Promise<void> {
    await this.#busy;
  }

  async #run(onAir: (streamId: string) => boolean): Promise<void> {
    for (const recording of await this.#repository.unfinishedRecordings()) {
      if (this.#now() < (this.#troubles.get(recording.id)?.retryAt ?? 0)) continue;
      if (recording.streamId === null || !onAir(recording.streamId)) await this.#finish(recording);
    }
  }

  async #finish({ id, streamId }: UnfinishedRecording): Promise<void> {
    const folder = spoolFolder(this.#dataDir, streamId ?? id);
    try {
      const finished = await this.#finalise(folder, id, this.#store, join(this.#dataDir, 'work'));
      if (finished === undefined) await this.#repository.failRecording(id);
      else await this.#repository.finishRecording(id, finished);
      await rm(folder, { recursive: true, force: true });
      this.#logger.info({ recording: id, seconds: finished?.seconds ?? 0 }, 'recording finished');
      this.#troubles.delete(id);
    } catch (error) {
      await this.#fail(id, error);
    }
  }

  async #fail(id: RecordingId, error: unknown): Promise<void> {
    const before = this.#troubles.get(id);
    const full = isDiskFull(error);
    // A full disk is waited out: the take is complete, it only lacks the space to become a file.
    const failures = (before?.failures ?? 0) + (full ? 0 : 1);
    const pauseMs = before === undefined ? FIRST_PAUSE_MS : Math.min(before.pauseMs * 2, LAST_PAUSE_MS);
    this.#troubles.set(id, { failures, pauseMs, retryAt: this.#now() + pauseMs });
    this.#logger.error(
      { recording: id, failures, pauseMs, error: String(error) },
      full ? 'no space to finish a recording; it is tried again' : 'recording cannot be finished',
    );
    if (failures >= MAX_FAILURES) await this.#repository.failRecording(id);
  }
}

/** Node's error code, or FFmpeg's words for it. */
function isDiskFull(error: unknown): boolean {
  return /\bENOSPC\b|no space left on device/i.test(String(error));
}
