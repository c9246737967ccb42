import { Inject, Injectable } from '@nestjs/common';
import type { StudioId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import { type Kysely, sql } from 'kysely';
import { DATABASE } from '../../config.ts';

/** SQL of brand assets. */
@Injectable()
export class BrandRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  list(studioId: StudioId) {
    return this.db
      .selectFrom('brand_assets')
      .selectAll()
      .where('studio_id', '=', studioId)
      .where('deleted_at', 'is', null)
      .orderBy('created_at', 'desc')
      .execute();
  }

  find(id: string) {
    return this.db.selectFrom('brand_assets').selectAll().where('id', '=', id).executeTakeFirst();
  }

  create(asset: {
    id: string;
    studioId: StudioId;
    type: 'logo' | 'background';
    key: string;
    name: string;
    width: number;
    height: number;
  }) {
    return this.db
      .insertInto('brand_assets')
      .columns(['id', 'user_id', 'studio_id', 'type', 'file_url', 'file_name', 'settings'])
      .expression((eb) =>
        eb
          .selectFrom('studios')
          .select([
            sql<string>`${asset.id}::uuid`.as('id'),
            'studios.user_id',
            'studios.id as studio_id',
            sql<string>`${asset.type}::text`.as('type'),
            sql<string>`${asset.key}::text`.as('file_url'),
            sql<string>`${asset.name}::text`.as('file_name'),
            sql<string>`${JSON.stringify({ width: asset.width, height: asset.height })}::jsonb`.as(
              'settings',
            ),
          ])
          .where('studios.id', '=', asset.studioId),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  /** A picture that a document still shows stays readable; it only leaves the lists. */
  async markDeleted(studioId: StudioId, id: string): Promise<boolean> {
    const result = await this.db
      .updateTable('brand_assets')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('studio_id', '=', studioId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }
}
