import { Inject, Injectable } from '@nestjs/common';
import { recordingPrefix, takePrefix } from '@streamus/contracts';
import type { Logger } from '@streamus/platform';
import { type ObjectStore, removeAll } from '@streamus/platform/objects';
import { LOGGER, OBJECTS } from '../../config.ts';
import { HourlyPurge } from '../../hourly-purge.ts';
import { RecordingsRepository } from './recordings-repository.ts';

/** Removes the files of deleted recordings. */
@Injectable()
export class PurgeDeleted extends HourlyPurge {
  constructor(
    @Inject(RecordingsRepository) private readonly recordings: RecordingsRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, 'recordings');
  }

  async purge(deletedBefore: Date): Promise<void> {
    for (const { id, file_url, thumbnail_url } of await this.recordings.deletedBefore(deletedBefore)) {
      for (const prefix of [recordingPrefix(id), takePrefix(id)]) await removeAll(this.objects, prefix);
      for (const key of [file_url, thumbnail_url]) if (key !== null) await this.objects.remove(key);
      await this.recordings.remove(id);
    }
  }
}
