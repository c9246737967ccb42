import { Inject, Injectable } from '@nestjs/common';
import type { RecordingId, UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import { type Kysely, sql } from 'kysely';
import { DATABASE } from '../../config.ts';

/** SQL of recordings. Deleted ones keep their files for a day, so that deletion can be undone. */
@Injectable()
export class RecordingsRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  list(userId: UserId) {
    return this.db
      .selectFrom('recordings')
      .selectAll()
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .orderBy('started_at', 'desc')
      .limit(500)
      .execute();
  }

  findOwn(id: RecordingId, userId: UserId) {
    return this.db
      .selectFrom('recordings')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
  }

  rename(id: RecordingId, userId: UserId, title: string) {
    return this.db
      .updateTable('recordings')
      .set({ title })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
  }

  markDeleted(id: RecordingId, userId: UserId) {
    return this.db
      .updateTable('recordings')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('deleted_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
  }

  restore(id: RecordingId, userId: UserId) {
    return this.db
      .updateTable('recordings')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .where('deleted_at', 'is not', null)
      .returningAll()
      .executeTakeFirst();
  }

  deletedBefore(time: Date) {
    return this.db
      .selectFrom('recordings')
      .select(['id', 'file_url', 'thumbnail_url'])
      .where('deleted_at', '<', time)
      .execute();
  }

  /** For good. */
  async remove(id: RecordingId): Promise<void> {
    await this.db.deleteFrom('recordings').where('id', '=', id).where('deleted_at', 'is not', null).execute();
  }
}
