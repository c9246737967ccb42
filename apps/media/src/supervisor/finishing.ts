import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger, ObjectStore } from '@streamus/platform';
import { finaliseTake } from '../recorder/finalise.ts';
import { spoolFolder } from '../recorder/take.ts';
import type { MediaRepository, UnfinishedRecording } from './repository.ts';

/** Turns finished takes into recordings, one at a time, whenever it is called. */
export class Finishing {
  readonly #repository: MediaRepository;
  readonly #store: ObjectStore;
  readonly #dataDir: string;
  readonly #logger: Logger;
  readonly #failures = new Map<string, number>();
  #busy: Promise<void> | undefined;

  constructor(repository: MediaRepository, store: ObjectStore, dataDir: string, logger: Logger) {
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
      if (recording.streamId === null || !onAir(recording.streamId)) await this.#finish(recording);
    }
  }

  async #finish({ id, streamId }: UnfinishedRecording): Promise<void> {
    const folder = spoolFolder(this.#dataDir, streamId ?? id);
    try {
      const finished = await finaliseTake(folder, id, this.#store, join(this.#dataDir, 'work'));
      if (finished === undefined) await this.#repository.failRecording(id);
      else await this.#repository.finishRecording(id, finished);
      await rm(folder, { recursive: true, force: true });
      this.#logger.info({ recording: id, seconds: finished?.seconds ?? 0 }, 'recording finished');
    } catch (error) {
      const failures = (this.#failures.get(id) ?? 0) + 1;
      this.#failures.set(id, failures);
      this.#logger.error({ recording: id, failures, error: String(error) }, 'recording cannot be finished');
      // The segments stay on disk for whoever looks into it.
      if (failures >= MAX_FAILURES) await this.#repository.failRecording(id);
    }
  }
}

const MAX_FAILURES = 5;
