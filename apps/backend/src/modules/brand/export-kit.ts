import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  brandAssetTypeSchema,
  KIT_FILE_FORMAT,
  KIT_FILE_MAX_BYTES,
  KIT_FILE_VERSION,
  KIT_MANIFEST_ENTRY,
  type KitManifest,
  type UserId,
} from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import type { BrandKitContent } from '@streamus/studio';
import type { Response } from 'express';
import { ZipFile } from 'yazl';
import { OBJECTS } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { BrandRepository } from './brand-repository.ts';
import { imagesOf } from './kit-images.ts';

interface Kit {
  readonly name: string;
  readonly content: BrandKitContent;
  readonly updatedAt: Date;
}

/** An image of the kit, in the object store and in the file to be. */
interface Picture {
  readonly about: KitManifest['images'][number];
  readonly key: string;
  readonly size: number;
}

/** Names, dates and lengths of the archive's entries, generously. */
const ENTRY_BYTES = 1024;

/** Sends a kit with its images as one file, without holding any of them in memory. */
@Injectable()
export class ExportKit {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  /** Throws before the first byte is sent when the file would not be whole or could not be imported. */
  async send(owner: UserId, kit: Kit, response: Response): Promise<void> {
    const pictures = await this.#pictures(owner, kit.content);
    const manifest: KitManifest = {
      format: KIT_FILE_FORMAT,
      version: KIT_FILE_VERSION,
      name: kit.name,
      content: kit.content,
      images: pictures.map(({ about }) => about),
    };
    const json = Buffer.from(JSON.stringify(manifest, null, 2));
    const bytes = pictures.reduce((sum, { size }) => sum + size + ENTRY_BYTES, json.length + ENTRY_BYTES);
    if (bytes > KIT_FILE_MAX_BYTES) throw new AppError('kit_file_too_large');
    response.setHeader('content-type', 'application/zip');
    response.setHeader('cache-control', 'no-store');
    response.setHeader(
      'content-disposition',
      `attachment; filename="brand-kit.zip"; filename*=UTF-8''${encodeURIComponent(kit.name)}.zip`,
    );
    await this.#write(pictures, json, kit.updatedAt, response);
  }

  async #pictures(owner: UserId, content: BrandKitContent): Promise<Picture[]> {
    const uses = imagesOf(content);
    const ids = [...new Set(uses.map(({ asset }) => asset))];
    const files = new Map((await this.brand.filesOf(owner, ids)).map((file) => [file.id, file]));
    const pictures: Picture[] = [];
    const missing: Record<string, string> = {};
    for (const [at, id] of ids.entries()) {
      const file = files.get(id);
      const size = file === undefined ? null : await this.objects.size(file.file_url);
      if (file === undefined || size === null) {
        for (const { path, asset } of uses) {
          if (asset === id) missing[`content.${path}`] = 'This image does not exist any more.';
        }
        continue;
      }
      const extension = file.content_type === 'image/jpeg' ? 'jpg' : 'png';
      const type = brandAssetTypeSchema.catch('overlay').parse(file.type);
      const entry = `images/${at + 1}.${extension}`;
      pictures.push({ about: { asset: id, type, name: file.file_name, entry }, key: file.file_url, size });
    }
    if (Object.keys(missing).length > 0) throw new AppError('kit_image_missing', missing);
    return pictures;
  }

  async #write(pictures: readonly Picture[], json: Buffer, mtime: Date, response: Response): Promise<void> {
    const zip = new ZipFile();
    const opened: Readable[] = [];
    const output = zip.outputStream;
    if (!('destroy' in output) || typeof output.destroy !== 'function')
      throw new Error('yazl gave no stream.');
    const destroy = output.destroy.bind(output);
    let failure: unknown = null;
    const stop = (error: unknown): void => {
      failure ??= error;
      destroy(error);
    };
    zip.on('error', (error) => stop(error));
    zip.addBuffer(json, KIT_MANIFEST_ENTRY, { mtime });
    for (const { about, key, size } of pictures) {
      // Images are compressed already.
      zip.addReadStreamLazy(about.entry, { mtime, size, compress: false }, (give) => {
        const stream = this.objects.read(key);
        opened.push(stream);
        stream.once('error', (error) => stop(error));
        give(null, stream);
      });
    }
    zip.end();
    try {
      await pipeline(output, response);
    } catch (error) {
      // A browser that goes away in the middle is no error of ours.
      if (failure !== null) throw error;
    } finally {
      for (const stream of opened) stream.destroy();
    }
  }
}
