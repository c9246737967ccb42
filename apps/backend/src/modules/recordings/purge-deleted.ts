import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@streamus/platform';
import type { ObjectStore } from '@streamus/platform/objects';
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
    this.#timer = setInterval(() => void this.#purge(), HOUR_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #purge(): Promise<void> {
    try {
      const keys = await this.recordings.purgeDeletedBefore(new Date(Date.now() - KEEP_MS));
      for (const key of keys) await this.objects.remove(key);
    } catch (error) {
      this.logger.warn({ err: error }, 'deleted recordings could not be purged');
    }
  }
}
