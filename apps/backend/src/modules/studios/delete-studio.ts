import { Inject, Injectable } from '@nestjs/common';
import type { StudioId } from '@streamus/contracts';
import { AppError } from '../../http/app-error.ts';
import { RemovedPeople } from './removed-people.ts';
import { StudiosRepository } from './studios-repository.ts';

/** Deletes a studio with all that is its own. What belongs to its owner stays: recordings, destinations, the brand. */
@Injectable()
export class DeleteStudio {
  constructor(
    @Inject(StudiosRepository) private readonly studios: StudiosRepository,
    @Inject(RemovedPeople) private readonly people: RemovedPeople,
  ) {}

  /** An owner always has a studio left: every screen has one to enter. */
  async run(studioId: StudioId): Promise<void> {
    await this.studios.inTransaction(async (tx) => {
      const all = await this.studios.lockWithOthers(tx, studioId);
      if (!all.includes(studioId)) throw new AppError('not_found');
      if (all.length === 1) throw new AppError('last_studio');
      if (await this.studios.lockStreams(tx, studioId)) throw new AppError('studio_live');
      if (await this.studios.hasUnfinishedRecording(tx, studioId)) throw new AppError('recording_unfinished');
      await this.studios.remove(tx, studioId);
    });
    // Deleted it is, whether or not the room answers soon.
    void this.people.putAllOut(studioId);
  }
}
