import { Inject, Injectable } from '@nestjs/common';
import type { DestinationId, UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { Kysely } from 'kysely';
import { DATABASE } from '../../config.ts';

/** SQL of saved destinations. */
@Injectable()
export class DestinationsRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  list(userId: UserId) {
    return this.db
      .selectFrom('destinations')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute();
  }

  findOwn(id: DestinationId, userId: UserId) {
    return this.db
      .selectFrom('destinations')
      .selectAll()
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst();
  }

  create(row: { id: DestinationId; userId: UserId; name: string; url: string; sealedKey: string }) {
    return this.db
      .insertInto('destinations')
      .values({
        id: row.id,
        user_id: row.userId,
        platform: 'custom',
        name: row.name,
        rtmp_url: row.url,
        stream_key_sealed: row.sealedKey,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  update(id: DestinationId, change: { name: string; url: string; sealedKey: string }) {
    return this.db
      .updateTable('destinations')
      .set({ name: change.name, rtmp_url: change.url, stream_key_sealed: change.sealedKey })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  async isLive(id: DestinationId): Promise<boolean> {
    const row = await this.db
      .selectFrom('stream_destinations')
      .innerJoin('streams', 'streams.id', 'stream_destinations.stream_id')
      .select('stream_destinations.id')
      .where('destination_id', '=', id)
      .where('wanted', '=', true)
      .where('streams.status', '=', 'live')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async remove(id: DestinationId): Promise<void> {
    await this.db.deleteFrom('destinations').where('id', '=', id).execute();
  }
}
