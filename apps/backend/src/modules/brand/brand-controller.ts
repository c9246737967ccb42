import { randomUUID } from 'node:crypto';
import { Controller, Inject, Res } from '@nestjs/common';
import { type BrandAssetView, routes } from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import type { Response } from 'express';
import { OBJECTS } from '../../config.ts';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { sendObject } from '../../http/send-object.ts';
import { BrandRepository } from './brand-repository.ts';
import { reencodeImage } from './reencode-image.ts';

@Controller()
export class BrandController {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(OBJECTS) private readonly objects: ObjectStore,
  ) {}

  @Endpoint(routes.listBrandAssets)
  async list(@TheCall() { member }: Call<typeof routes.listBrandAssets>) {
    return { assets: (await this.brand.list(member.studioId)).flatMap(view) };
  }

  @Endpoint(routes.uploadBrandAsset)
  async upload(@TheCall() { member, query, body }: Call<typeof routes.uploadBrandAsset>) {
    const { png, width, height } = await reencodeImage(body, query.type);
    const id = randomUUID();
    const key = `brand/${id}.png`;
    await this.objects.put(key, png);
    const row = await this.brand.create({
      id,
      studioId: member.studioId,
      type: query.type,
      key,
      name: query.name,
      width,
      height,
    });
    const [asset] = view(row);
    if (asset === undefined) throw new AppError('internal');
    return asset;
  }

  @Endpoint(routes.deleteBrandAsset)
  async remove(@TheCall() { member, params }: Call<typeof routes.deleteBrandAsset>) {
    if (!(await this.brand.markDeleted(member.studioId, params.assetId))) throw new AppError('not_found');
  }

  @Endpoint(routes.brandAssetFile)
  async file(@TheCall() { params, request }: Call<typeof routes.brandAssetFile>, @Res() response: Response) {
    const asset = await this.brand.find(params.assetId);
    if (asset === undefined) throw new AppError('not_found');
    await sendObject(request, response, this.objects, asset.file_url, {
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  }
}

type Row = NonNullable<Awaited<ReturnType<BrandRepository['find']>>>;

/** Kinds this API shows; other kinds give nothing. */
function view(row: Row): BrandAssetView[] {
  if (row.type !== 'logo' && row.type !== 'background') return [];
  const { width, height } = row.settings;
  return [
    {
      id: row.id,
      type: row.type,
      name: row.file_name,
      width,
      height,
      path: `/api/v1/brand-assets/${row.id}/file`,
    },
  ];
}
