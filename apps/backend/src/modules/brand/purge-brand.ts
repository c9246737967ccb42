import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@streamus/platform';
import type { ObjectStore } from '@streamus/platform/objects';
import { LOGGER, OBJECTS } from '../../config.ts';
import { BrandFoldersRepository } from './brand-folders-repository.ts';
import { BrandKitsRepository } from './brand-kits-repository.ts';
import { BrandRepository } from './brand-repository.ts';

const HOUR_MS = 3_600_000;
/** How long deletion can be undone; the contract promises a day. */
const KEEP_MS = 24 * HOUR_MS;

/** Once an hour, removes what was deleted more than a day ago; an image stays while a studio or a kit shows it. */
@Injectable()
export class PurgeBrand implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(BrandFoldersRepository) private readonly folders: BrandFoldersRepository,
    @Inject(BrandKitsRepository) private readonly kits: BrandKitsRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#hourly(), HOUR_MS);
  }

  onApplicationShutdown(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #hourly(): Promise<void> {
    try {
      await this.purge(new Date(Date.now() - KEEP_MS));
    } catch (error) {
      this.logger.warn(
        { err: error },
        'what was deleted of brand libraries could not be purged; it is tried again in an hour',
      );
    }
  }

  /** Rows go last: while there is one, whatever is left of its files is found again. */
  async purge(deletedBefore: Date): Promise<void> {
    await this.kits.removeDeletedBefore(deletedBefore);
    await this.folders.removeDeletedBefore(deletedBefore);
    for (const { id, file_url, thumbnail_url } of await this.brand.purgeableAssets(deletedBefore)) {
      for (const key of [file_url, thumbnail_url]) if (key !== null) await this.objects.remove(key);
      await this.brand.removeAsset(id);
    }
  }
}
