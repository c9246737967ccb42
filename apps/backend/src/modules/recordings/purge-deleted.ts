import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { recordingPrefix, takePrefix } from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import { type ObjectStore, removeAll } from '@streamus/platform/objects';
import { LOGGER, OBJECTS } from '../../config.ts';
import { RecordingsRepository } from './recordings-repository.ts';

const HOUR_MS = 3_600_000;
/** How long deletion can be undone; the contract promises a day. */
const KEEP_MS = 24 * HOUR_MS;

/** Once an hour, removes the files of recordings deleted more than a day ago. */
@Injectable()
export class PurgeDeleted implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(RecordingsRepository) private readonly recordings: RecordingsRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#hourly(), HOUR_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #hourly(): Promise<void> {
    try {
      await this.purge(new Date(Date.now() - KEEP_MS));
    } catch (error) {
      this.logger.warn(
        { err: error },
        'deleted recordings could not be purged; it is tried again in an hour',
      );
    }
  }

  /** Rows go last: while there is one, whatever is left of its files is found again. */
  async purge(deletedBefore: Date): Promise<void> {
    for (const { id, file_url, thumbnail_url } of await this.recordings.deletedBefore(deletedBefore)) {
      for (const prefix of [recordingPrefix(id), takePrefix(id)]) await removeAll(this.objects, prefix);
      for (const key of [file_url, thumbnail_url]) if (key !== null) await this.objects.remove(key);
      await this.recordings.remove(id);
    }
  }
}
