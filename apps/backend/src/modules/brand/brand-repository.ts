import { Inject, Injectable } from '@nestjs/common';
import type { BrandAssetType, BrandFolderId, StudioId, UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { AssetId } from '@streamus/studio';
import { type Kysely, sql, type Transaction } from 'kysely';
import { DATABASE } from '../../config.ts';

export interface NewAsset {
  readonly id: AssetId;
  readonly type: BrandAssetType;
  readonly name: string;
  readonly folder: BrandFolderId | null;
  /** Keys in the object store. */
  readonly key: string;
  readonly thumbnailKey: string;
  readonly contentType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What one user's library holds: shown, and with what is deleted but can still be restored. */
export interface Holdings {
  readonly images: number;
  readonly imagesKept: number;
  readonly bytes: number;
  readonly bytesKept: number;
  readonly folders: number;
  readonly foldersKept: number;
  readonly kits: number;
  readonly kitsKept: number;
}

/** SQL of brand images, and of what a library holds altogether. */
@Injectable()
export class BrandRepository {
  constructor(@Inject(DATABASE) private readonly db: Kysely<Database>) {}

  inTransaction<T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> {
    return this.db.transaction().execute(work);
  }

  async ownerOf(studioId: StudioId): Promise<UserId> {
    const row = await this.db
      .selectFrom('studios')
      .select('user_id')
      .where('id', '=', studioId)
      .executeTakeFirstOrThrow();
    return row.user_id;
  }

  listAssets(owner: UserId) {
    return this.#assets(this.db).where('brand_assets.user_id', '=', owner).execute();
  }

  /** Images that a studio's document names, wherever in it. */
  listUsedBy(studioId: StudioId) {
    return this.#assets(this.db)
      .innerJoin('studios', 'studios.user_id', 'brand_assets.user_id')
      .where('studios.id', '=', studioId)
      .where(sql<boolean>`position(brand_assets.id::text in studios.document::text) > 0`)
      .execute();
  }

  findAsset(owner: UserId, id: AssetId, tx: Kysely<Database> = this.db) {
    return this.#assets(tx)
      .where('brand_assets.user_id', '=', owner)
      .where('brand_assets.id', '=', id)
      .executeTakeFirst();
  }

  /** Where an image is kept; deleted ones have their files until they are purged. */
  findFile(id: AssetId) {
    return this.db
      .selectFrom('brand_assets')
      .select(['file_url', 'thumbnail_url', 'content_type'])
      .where('id', '=', id)
      .executeTakeFirst();
  }

  /** Which of these the owner has; a deleted image that is not purged yet can still be shown. */
  filesOf(owner: UserId, ids: readonly AssetId[]) {
    if (ids.length === 0) return Promise.resolve([]);
    return this.db
      .selectFrom('brand_assets')
      .select(['id', 'type', 'file_name', 'file_url', 'content_type'])
      .where('user_id', '=', owner)
      .where('id', 'in', ids)
      .execute();
  }

  /** Counts what the owner has and lets nobody else count until `tx` ends. */
  async lockHoldings(tx: Transaction<Database>, owner: UserId): Promise<Holdings> {
    await tx
      .selectFrom('users')
      .select('id')
      .where('id', '=', owner)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    return this.#holdings(tx, owner);
  }

  /** As it is now; it may be different when something is added. */
  holdings(owner: UserId): Promise<Holdings> {
    return this.#holdings(this.db, owner);
  }

  async addAssets(tx: Transaction<Database>, owner: UserId, assets: readonly NewAsset[]): Promise<void> {
    if (assets.length === 0) return;
    await tx
      .insertInto('brand_assets')
      .values(
        assets.map((asset) => ({
          id: asset.id,
          user_id: owner,
          folder_id: asset.folder,
          type: asset.type,
          file_url: asset.key,
          thumbnail_url: asset.thumbnailKey,
          file_name: asset.name,
          content_type: asset.contentType,
          bytes: asset.bytes,
          settings: JSON.stringify({ width: asset.width, height: asset.height }),
        })),
      )
      .execute();
  }

  async changeAsset(
    tx: Transaction<Database>,
    owner: UserId,
    id: AssetId,
    change: { file_name?: string; folder_id?: BrandFolderId | null },
  ): Promise<void> {
    await tx
      .updateTable('brand_assets')
      .set(change)
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .execute();
  }

  /** True when there was one to delete. An image that something still shows stays readable. */
  async markAssetDeleted(owner: UserId, id: AssetId): Promise<boolean> {
    const result = await this.db
      .updateTable('brand_assets')
      .set({ deleted_at: sql`now()` })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** Bytes that came back; null when there is nothing to restore. */
  async restoreAsset(tx: Transaction<Database>, owner: UserId, id: AssetId): Promise<number | null> {
    const row = await tx
      .updateTable('brand_assets')
      .set({ deleted_at: null })
      .where('id', '=', id)
      .where('user_id', '=', owner)
      .where('deleted_at', 'is not', null)
      .returning('bytes')
      .executeTakeFirst();
    return row?.bytes ?? null;
  }

  /** Images deleted before `time` that no studio and no kit of their owner shows. */
  purgeableAssets(time: Date) {
    return this.db
      .selectFrom('brand_assets')
      .select(['id', 'file_url', 'thumbnail_url'])
      .where('deleted_at', '<', time)
      .where(
        sql<boolean>`not exists (select from studios where studios.user_id = brand_assets.user_id
          and position(brand_assets.id::text in studios.document::text) > 0)`,
      )
      .where(
        sql<boolean>`not exists (select from brand_kits where brand_kits.user_id = brand_assets.user_id
          and position(brand_assets.id::text in brand_kits.content::text) > 0)`,
      )
      .execute();
  }

  /** For good. */
  async removeAsset(id: AssetId): Promise<void> {
    await this.db
      .deleteFrom('brand_assets')
      .where('id', '=', id)
      .where('deleted_at', 'is not', null)
      .execute();
  }

  /** Images that are shown, newest first, with the folder they are in unless it is deleted. */
  #assets(db: Kysely<Database>) {
    return db
      .selectFrom('brand_assets')
      .leftJoin('brand_folders', (join) =>
        join
          .onRef('brand_folders.id', '=', 'brand_assets.folder_id')
          .on('brand_folders.deleted_at', 'is', null),
      )
      .select([
        'brand_assets.id',
        'brand_assets.type',
        'brand_assets.file_name',
        'brand_assets.settings',
        'brand_assets.bytes',
        'brand_folders.id as folder',
      ])
      .where('brand_assets.deleted_at', 'is', null)
      .orderBy('brand_assets.created_at', 'desc')
      .orderBy('brand_assets.id');
  }

  async #holdings(db: Kysely<Database>, owner: UserId): Promise<Holdings> {
    const { rows } = await sql<Holdings>`
      select
        (select count(*) from brand_assets where user_id = ${owner} and deleted_at is null) as "images",
        (select count(*) from brand_assets where user_id = ${owner}) as "imagesKept",
        (select coalesce(sum(bytes), 0)::bigint from brand_assets where user_id = ${owner} and deleted_at is null) as "bytes",
        (select coalesce(sum(bytes), 0)::bigint from brand_assets where user_id = ${owner}) as "bytesKept",
        (select count(*) from brand_folders where user_id = ${owner} and deleted_at is null) as "folders",
        (select count(*) from brand_folders where user_id = ${owner}) as "foldersKept",
        (select count(*) from brand_kits where user_id = ${owner} and deleted_at is null) as "kits",
        (select count(*) from brand_kits where user_id = ${owner}) as "kitsKept"`.execute(db);
    const [row] = rows;
    if (row === undefined) throw new Error('A query without from gave no row.');
    return row;
  }
}
