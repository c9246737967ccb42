import { rm } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { KitManifest, UserId } from '@streamus/contracts';
import type { AssetId } from '@streamus/studio';
import { AppError } from '../../http/app-error.ts';
import { BrandImages, type PreparedImage } from './brand-images.ts';
import { BrandKitsRepository } from './brand-kits-repository.ts';
import { KitFile } from './kit-file.ts';
import { imagesOf, withImages } from './kit-images.ts';

/** Makes a kit from an exported file: with all of its images, or not at all. */
@Injectable()
export class ImportKit {
  constructor(
    @Inject(BrandKitsRepository) private readonly kits: BrandKitsRepository,
    @Inject(BrandImages) private readonly images: BrandImages,
  ) {}

  /** Reads the file at `path` and writes beside it what it holds. */
  async read(owner: UserId, path: string) {
    const file = await KitFile.open(path);
    try {
      const manifest = await file.manifest();
      const needed = neededImages(manifest, file);
      const prepared = new Map<AssetId, PreparedImage>();
      let bytes = 0;
      for (const [at, image] of needed.entries()) {
        const one = await this.#prepare(file, image, `${path}-${at}`);
        prepared.set(image.asset, one);
        bytes += one.clean.bytes;
        await this.images.expectRoom(owner, { images: prepared.size, bytes });
      }
      const content = withImages(
        manifest.content,
        new Map([...prepared].map(([asset, { id }]) => [asset, id])),
      );
      return await this.images.add(owner, [...prepared.values()], { kits: 1 }, (tx) =>
        this.kits.create(tx, owner, manifest.name, content),
      );
    } finally {
      file.close();
    }
  }

  async #prepare(
    file: KitFile,
    { type, name, entry }: KitManifest['images'][number],
    path: string,
  ): Promise<PreparedImage> {
    await file.extract(entry, path);
    try {
      return await this.images.prepare(path, { type, name, folder: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, { [entry]: `The fault is with “${name}” in this file.` });
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** The images the content names, each once; throws when the file does not hold all of them. */
function neededImages({ content, images }: KitManifest, file: KitFile): KitManifest['images'] {
  const byAsset = new Map(images.map((image) => [image.asset, image]));
  const missing: Record<string, string> = {};
  const needed = new Map<AssetId, KitManifest['images'][number]>();
  for (const { path, asset } of imagesOf(content)) {
    const image = byAsset.get(asset);
    if (image === undefined) missing[`content.${path}`] = 'The file does not hold this image.';
    else if (!file.has(image.entry)) missing[image.entry] = `“${image.name}” is missing in the file.`;
    else needed.set(asset, image);
  }
  if (Object.keys(missing).length > 0) throw new AppError('kit_file_incomplete', missing);
  return [...needed.values()];
}
