import { Inject, Injectable } from '@nestjs/common';
import type { UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { BrandKitContent, BrandKitId } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

const columns = ['id', 'name', 'version', 'content', 'updated_at'] as const;

/** SQL of brand kits. */
@Injectable()
export class BrandKitsRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  list(owner: UserId) {
    return this.db
      .selectFrom('brand_kits')
      .select(columns)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .orderBy(sql`lower(name)`)
      .orderBy('created_at')
      .execute();
  }

  find(owner: UserId, id: BrandKitId, tx: Kysely<Database> = this.db) {
    return tx
      .selectFrom('brand_kits')
      .select(columns)
      .where('user_id', '=', owner)
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
  }

  create(tx: Transaction<Database>, owner: UserId, name: string, content: BrandKitContent) {
    return tx
      .insertInto('brand_kits')
      .values({ user_id: owner, name, content: JSON.stringify(content) })
      .returning(columns)
      .executeTakeFirstOrThrow();
  }

  /** Undefined when there is no such kit of this version. */
  change(
    owner: UserId,
    id: BrandKitId,
    version: number,
    change: { name: string | undefined; content: BrandKitContent | undefined },
  ) {
    return this.db
      .updateTable('brand_kits')
      .set({ version: version + 1, updated_at: sql`now()` })
      .$if(change.name !== undefined, (query) => query.set({ name: change.name ?? '' }))
      .$if(change.content !== undefined, (query) => query.set({ content: JSON.stringify(change.content) }))
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('version', '=', version)
      .where('deleted_at', 'is', null)
      .returning(columns)
      .executeTakeFirst();
  }

  async markDeleted(owner: UserId, id: BrandKitId): Promise<boolean> {
    const result = await this.db
      .updateTable('brand_kits')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  restore(tx: Transaction<Database>, owner: UserId, id: BrandKitId) {
    return tx
      .updateTable('brand_kits')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is not', null)
      .returning(columns)
      .executeTakeFirst();
  }

  /** For good. */
  async removeDeletedBefore(time: Date): Promise<void> {
    await this.db.deleteFrom('brand_kits').where('deleted_at', '<', time).execute();
  }
}
