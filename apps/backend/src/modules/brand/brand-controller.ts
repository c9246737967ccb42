import { Controller, Inject, Res } from '@nestjs/common';
import {
  BRAND_MAX_BYTES,
  type BrandAssetView,
  brandAssetPaths,
  IMAGE_MAX_BYTES,
  mayInStudio,
  routes,
} from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import type { Request, Response } from 'express';
import { OBJECTS } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { sendObject } from '../../http/send-object.ts';
import { BrandFoldersRepository } from './brand-folders-repository.ts';
import { BrandImages } from './brand-images.ts';
import { refusalOf } from './brand-limits.ts';
import { BrandRepository } from './brand-repository.ts';
import { found } from './found.ts';
import { UploadSpool } from './upload-spool.ts';

/** Brand images: of a studio's owner, for all of their studios. */
@Controller()
export class BrandController {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(BrandFoldersRepository) private readonly folders: BrandFoldersRepository,
    @Inject(BrandImages) private readonly images: BrandImages,
    @Inject(UploadSpool) private readonly spool: UploadSpool,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  /** Guests need what their studio shows; the rest of the library is nothing to them. */
  @Endpoint(routes.listBrandAssets)
  async list(@TheCall() { member }: Call<typeof routes.listBrandAssets>) {
    if (!mayInStudio(member.role, 'manage-brand')) {
      const assets = (await this.brand.listUsedBy(member.studioId)).flatMap(view);
      return { assets, folders: [], usedBytes: 0, maxBytes: 0 };
    }
    const owner = await this.brand.ownerOf(member.studioId);
    const [assets, folders, { bytes }] = await Promise.all([
      this.brand.listAssets(owner),
      this.folders.list(owner),
      this.brand.holdings(owner),
    ]);
    return { assets: assets.flatMap(view), folders, usedBytes: bytes, maxBytes: BRAND_MAX_BYTES };
  }

  @Endpoint(routes.uploadBrandAsset)
  async upload(@TheCall() { member, query, body }: Call<typeof routes.uploadBrandAsset>) {
    const owner = await this.brand.ownerOf(member.studioId);
    const folder = query.folder ?? null;
    if (folder !== null && !(await this.folders.has(owner, folder))) throw new AppError('not_found');
    await this.images.expectRoom(owner, { images: 1, bytes: 1 });
    return this.spool.hold(owner, body, IMAGE_MAX_BYTES, async (path) => {
      const image = await this.images.prepare(path, { type: query.type, name: query.name, folder });
      return this.images.add(owner, [image], {}, async (tx) =>
        viewOf(await this.brand.findAsset(owner, image.id, tx)),
      );
    });
  }

  @Endpoint(routes.changeBrandAsset)
  async change(@TheCall() { member, params, body }: Call<typeof routes.changeBrandAsset>) {
    const owner = await this.brand.ownerOf(member.studioId);
    const { name, folder } = body;
    const change = {
      ...(name === undefined ? {} : { file_name: name }),
      ...(folder === undefined ? {} : { folder_id: folder }),
    };
    return this.brand.inTransaction(async (tx) => {
      if (folder && !(await this.folders.has(owner, folder, tx))) throw new AppError('not_found');
      if (Object.keys(change).length > 0) await this.brand.changeAsset(tx, owner, params.assetId, change);
      return viewOf(await this.brand.findAsset(owner, params.assetId, tx));
    });
  }

  @Endpoint(routes.deleteBrandAsset)
  async remove(@TheCall() { member, params }: Call<typeof routes.deleteBrandAsset>) {
    const owner = await this.brand.ownerOf(member.studioId);
    if (!(await this.brand.markAssetDeleted(owner, params.assetId))) throw new AppError('not_found');
  }

  @Endpoint(routes.restoreBrandAsset)
  async restore(@TheCall() { member, params }: Call<typeof routes.restoreBrandAsset>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return this.brand.inTransaction(async (tx) => {
      const before = await this.brand.lockHoldings(tx, owner);
      const bytes = found(await this.brand.restoreAsset(tx, owner, params.assetId));
      // It counts as kept already.
      const refusal = refusalOf({ ...before, imagesKept: 0, bytesKept: 0 }, { images: 1, bytes });
      if (refusal !== null) throw new AppError(refusal);
      return viewOf(await this.brand.findAsset(owner, params.assetId, tx));
    });
  }

  @Endpoint(routes.brandAssetFile)
  async file(@TheCall() { params, request }: Call<typeof routes.brandAssetFile>, @Res() response: Response) {
    const { file_url, content_type } = found(await this.brand.findFile(params.assetId));
    await this.#send(request, response, file_url, content_type);
  }

  @Endpoint(routes.brandAssetThumbnail)
  async thumbnail(
    @TheCall() { params, request }: Call<typeof routes.brandAssetThumbnail>,
    @Res() response: Response,
  ) {
    const { file_url, thumbnail_url, content_type } = found(await this.brand.findFile(params.assetId));
    await this.#send(request, response, thumbnail_url ?? file_url, content_type);
  }

  #send(request: Request, response: Response, key: string, contentType: string): Promise<void> {
    return sendObject(request, response, this.objects, key, {
      'content-type': contentType,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  }
}

type Row = NonNullable<Awaited<ReturnType<BrandRepository['findAsset']>>>;

function viewOf(row: Row | undefined): BrandAssetView {
  return found(view(found(row))[0]);
}

/** Kinds this API shows; other kinds give nothing. */
function view(row: Row): BrandAssetView[] {
  if (row.type === 'lower_third') return [];
  const { width, height } = row.settings;
  return [
    {
      ...{ id: row.id, type: row.type, name: row.file_name, folder: row.folder, width, height },
      ...{ bytes: row.bytes, ...brandAssetPaths(row.id) },
    },
  ];
}
