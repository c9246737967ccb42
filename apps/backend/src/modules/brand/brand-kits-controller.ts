import { Controller, Inject, Res } from '@nestjs/common';
import { type BrandKitView, KIT_FILE_MAX_BYTES, routes, type UserId } from '@streamus/contracts';
import type { BrandKitContent } from '@streamus/studio';
import type { Response } from 'express';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { BrandImages } from './brand-images.ts';
import { BrandKitsRepository } from './brand-kits-repository.ts';
import { refusalOf } from './brand-limits.ts';
import { BrandRepository } from './brand-repository.ts';
import { ExportKit } from './export-kit.ts';
import { found } from './found.ts';
import { ImportKit } from './import-kit.ts';
import { imagesOf } from './kit-images.ts';
import { UploadSpool } from './upload-spool.ts';

/** Brand kits: of a studio's owner, for all of their studios. */
@Controller()
export class BrandKitsController {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(BrandKitsRepository) private readonly kits: BrandKitsRepository,
    @Inject(BrandImages) private readonly images: BrandImages,
    @Inject(UploadSpool) private readonly spool: UploadSpool,
    @Inject(ExportKit) private readonly exporter: ExportKit,
    @Inject(ImportKit) private readonly importer: ImportKit,
  ) {}

  @Endpoint(routes.listBrandKits)
  async list(@TheCall() { member }: Call<typeof routes.listBrandKits>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return { kits: (await this.kits.list(owner)).map(view) };
  }

  @Endpoint(routes.createBrandKit)
  async create(@TheCall() { member, body }: Call<typeof routes.createBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    await this.#expectImages(owner, body.content);
    return this.#add(owner, body.name, body.content);
  }

  @Endpoint(routes.changeBrandKit)
  async change(@TheCall() { member, params, body }: Call<typeof routes.changeBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    if (body.content !== undefined) await this.#expectImages(owner, body.content);
    const { version, name, content } = body;
    const kit = await this.kits.change(owner, params.kitId, version, { name, content });
    if (kit !== undefined) return view(kit);
    found(await this.kits.find(owner, params.kitId));
    throw new AppError('kit_changed');
  }

  @Endpoint(routes.duplicateBrandKit)
  async duplicate(@TheCall() { member, params, body }: Call<typeof routes.duplicateBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    const { content } = found(await this.kits.find(owner, params.kitId));
    return this.#add(owner, body.name, content);
  }

  @Endpoint(routes.deleteBrandKit)
  async remove(@TheCall() { member, params }: Call<typeof routes.deleteBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    if (!(await this.kits.markDeleted(owner, params.kitId))) throw new AppError('not_found');
  }

  @Endpoint(routes.restoreBrandKit)
  async restore(@TheCall() { member, params }: Call<typeof routes.restoreBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return this.brand.inTransaction(async (tx) => {
      const before = await this.brand.lockHoldings(tx, owner);
      const kit = found(await this.kits.restore(tx, owner, params.kitId));
      // It counts as kept already.
      const refusal = refusalOf({ ...before, kitsKept: 0 }, { kits: 1 });
      if (refusal !== null) throw new AppError(refusal);
      return view(kit);
    });
  }

  @Endpoint(routes.exportBrandKit)
  async export(@TheCall() { member, params }: Call<typeof routes.exportBrandKit>, @Res() response: Response) {
    const owner = await this.brand.ownerOf(member.studioId);
    const kit = found(await this.kits.find(owner, params.kitId));
    await this.exporter.send(owner, { ...kit, updatedAt: kit.updated_at }, response);
  }

  @Endpoint(routes.importBrandKit)
  async import(@TheCall() { member, body }: Call<typeof routes.importBrandKit>) {
    const owner = await this.brand.ownerOf(member.studioId);
    await this.images.expectRoom(owner, { kits: 1 });
    return this.spool.hold(owner, body, KIT_FILE_MAX_BYTES, async (path) =>
      view(await this.importer.read(owner, path)),
    );
  }

  #add(owner: UserId, name: string, content: BrandKitContent): Promise<BrandKitView> {
    return this.brand.inTransaction(async (tx) => {
      const refusal = refusalOf(await this.brand.lockHoldings(tx, owner), { kits: 1 });
      if (refusal !== null) throw new AppError(refusal);
      return view(await this.kits.create(tx, owner, name, content));
    });
  }

  async #expectImages(owner: UserId, content: BrandKitContent): Promise<void> {
    const uses = imagesOf(content);
    const files = await this.brand.filesOf(
      owner,
      uses.map(({ asset }) => asset),
    );
    const known = new Set(files.map(({ id }) => id));
    const missing = uses.filter(({ asset }) => !known.has(asset));
    if (missing.length === 0) return;
    throw new AppError(
      'kit_image_missing',
      Object.fromEntries(
        missing.map(({ path }) => [`content.${path}`, 'This image does not exist any more.']),
      ),
    );
  }
}

type Row = NonNullable<Awaited<ReturnType<BrandKitsRepository['find']>>>;

const view = (row: Row): BrandKitView => ({
  id: row.id,
  name: row.name,
  version: row.version,
  content: row.content,
  updatedAt: row.updated_at.toISOString(),
});
