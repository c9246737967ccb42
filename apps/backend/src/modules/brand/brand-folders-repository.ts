import { Inject, Injectable } from '@nestjs/common';
import type { BrandFolderId, UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

/** SQL of folders for brand images. */
@Injectable()
export class BrandFoldersRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  list(owner: UserId) {
    return this.db
      .selectFrom('brand_folders')
      .select(['id', 'name'])
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .orderBy(sql`lower(name)`)
      .execute();
  }

  async has(owner: UserId, id: BrandFolderId, tx: Kysely<Database> = this.db): Promise<boolean> {
    const row = await tx
      .selectFrom('brand_folders')
      .select('id')
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  create(tx: Transaction<Database>, owner: UserId, name: string) {
    return tx
      .insertInto('brand_folders')
      .values({ user_id: owner, name })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow();
  }

  rename(owner: UserId, id: BrandFolderId, name: string) {
    return this.db
      .updateTable('brand_folders')
      .set({ name })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .returning(['id', 'name'])
      .executeTakeFirst();
  }

  async markDeleted(owner: UserId, id: BrandFolderId): Promise<boolean> {
    const result = await this.db
      .updateTable('brand_folders')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  restore(tx: Transaction<Database>, owner: UserId, id: BrandFolderId) {
    return tx
      .updateTable('brand_folders')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is not', null)
      .returning(['id', 'name'])
      .executeTakeFirst();
  }

  /** For good. */
  async removeDeletedBefore(time: Date): Promise<void> {
    await this.db.deleteFrom('brand_folders').where('deleted_at', '<', time).execute();
  }
}
