import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type BrandAssetType, type BrandFolderId, brandAssetPrefix, type UserId } from '@streamus/contracts';
import type { Database } from '@streamus/db';
import type { ObjectStore } from '@streamus/platform/objects';
import { type AssetId, assetIdSchema } from '@streamus/studio';
import type { Transaction } from 'kysely';
import { OBJECTS } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { type Addition, refusalOf } from './brand-limits.ts';
import { BrandRepository, type NewAsset } from './brand-repository.ts';
import { type CleanImage, reencodeImage } from './reencode-image.ts';

/** An image that was checked and written anew, not in the library yet. */
export interface PreparedImage {
  readonly id: AssetId;
  readonly type: BrandAssetType;
  readonly name: string;
  readonly folder: BrandFolderId | null;
  readonly clean: CleanImage;
}

/** Brings images into a library: all of them or none. */
@Injectable()
export class BrandImages {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  /** Checks the upload at `path` and writes it anew beside it. */
  async prepare(
    path: string,
    about: { type: BrandAssetType; name: string; folder: BrandFolderId | null },
  ): Promise<PreparedImage> {
    const clean = await reencodeImage(path, about.type);
    return { ...about, id: assetIdSchema.parse(randomUUID()), clean };
  }

  /** Throws when the library has no room for `more`. What it says may change until it is added. */
  async expectRoom(owner: UserId, more: Addition): Promise<void> {
    const refusal = refusalOf(await this.brand.holdings(owner), more);
    if (refusal !== null) throw new AppError(refusal);
  }

  /** Puts the images into the object store and, together with what `also` does, into the library. */
  async add<T>(
    owner: UserId,
    images: readonly PreparedImage[],
    more: Addition,
    also: (tx: Transaction<Database>) => Promise<T>,
  ): Promise<T> {
    const bytes = images.reduce((sum, { clean }) => sum + clean.bytes, 0);
    const addition = { ...more, images: images.length, bytes };
    await this.expectRoom(owner, addition);
    const put: string[] = [];
    try {
      const assets: NewAsset[] = [];
      for (const image of images) {
        const asset = newAsset(image);
        put.push(asset.key, asset.thumbnailKey);
        await this.objects.putFile(asset.key, image.clean.file);
        await this.objects.putFile(asset.thumbnailKey, image.clean.thumbnail);
        assets.push(asset);
      }
      return await this.brand.inTransaction(async (tx) => {
        const refusal = refusalOf(await this.brand.lockHoldings(tx, owner), addition);
        if (refusal !== null) throw new AppError(refusal);
        await this.brand.addAssets(tx, owner, assets);
        return also(tx);
      });
    } catch (error) {
      // The first failure is the one to tell; an object left behind costs room only.
      await Promise.allSettled(put.map((key) => this.objects.remove(key)));
      throw error;
    }
  }
}

function newAsset({ clean, ...image }: PreparedImage): NewAsset {
  const { contentType, width, height, bytes } = clean;
  const extension = contentType === 'image/jpeg' ? 'jpg' : 'png';
  const prefix = brandAssetPrefix(image.id);
  return {
    ...{ ...image, contentType, width, height, bytes },
    key: `${prefix}image.${extension}`,
    thumbnailKey: `${prefix}thumbnail.${extension}`,
  };
}
