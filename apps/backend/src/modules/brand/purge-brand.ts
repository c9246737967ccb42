import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from '@streamus/platform';
import type { ObjectStore } from '@streamus/platform/objects';
import { LOGGER, OBJECTS } from '../../config.ts';
import { HourlyPurge } from '../../hourly-purge.ts';
import { BrandFoldersRepository } from './brand-folders-repository.ts';
import { BrandKitsRepository } from './brand-kits-repository.ts';
import { BrandRepository } from './brand-repository.ts';

/** Removes what was deleted of brand libraries; an image stays while a studio or a kit shows it. */
@Injectable()
export class PurgeBrand extends HourlyPurge {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(BrandFoldersRepository) private readonly folders: BrandFoldersRepository,
    @Inject(BrandKitsRepository) private readonly kits: BrandKitsRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, 'brand libraries');
  }

  async purge(deletedBefore: Date): Promise<void> {
    await this.kits.removeDeletedBefore(deletedBefore);
    await this.folders.removeDeletedBefore(deletedBefore);
    for (const { id, file_url, thumbnail_url } of await this.brand.purgeableAssets(deletedBefore)) {
      for (const key of [file_url, thumbnail_url]) if (key !== null) await this.objects.remove(key);
      await this.brand.removeAsset(id);
    }
  }
}
