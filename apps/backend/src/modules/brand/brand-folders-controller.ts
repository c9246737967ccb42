import { Controller, Inject } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';
import { BrandFoldersRepository } from './brand-folders-repository.ts';
import { refusalOf } from './brand-limits.ts';
import { BrandRepository } from './brand-repository.ts';
import { found } from './found.ts';

@Controller()
export class BrandFoldersController {
  constructor(
    @Inject(BrandRepository) private readonly brand: BrandRepository,
    @Inject(BrandFoldersRepository) private readonly folders: BrandFoldersRepository,
  ) {}

  @Endpoint(routes.createBrandFolder)
  async create(@TheCall() { member, body }: Call<typeof routes.createBrandFolder>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return this.brand.inTransaction(async (tx) => {
      const refusal = refusalOf(await this.brand.lockHoldings(tx, owner), { folders: 1 });
      if (refusal !== null) throw new AppError(refusal);
      return this.folders.create(tx, owner, body.name);
    });
  }

  @Endpoint(routes.renameBrandFolder)
  async rename(@TheCall() { member, params, body }: Call<typeof routes.renameBrandFolder>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return found(await this.folders.rename(owner, params.folderId, body.name));
  }

  @Endpoint(routes.deleteBrandFolder)
  async remove(@TheCall() { member, params }: Call<typeof routes.deleteBrandFolder>) {
    const owner = await this.brand.ownerOf(member.studioId);
    if (!(await this.folders.markDeleted(owner, params.folderId))) throw new AppError('not_found');
  }

  @Endpoint(routes.restoreBrandFolder)
  async restore(@TheCall() { member, params }: Call<typeof routes.restoreBrandFolder>) {
    const owner = await this.brand.ownerOf(member.studioId);
    return this.brand.inTransaction(async (tx) => {
      const before = await this.brand.lockHoldings(tx, owner);
      const folder = found(await this.folders.restore(tx, owner, params.folderId));
      const refusal = refusalOf({ ...before, foldersKept: 0 }, { folders: 1 });
      if (refusal !== null) throw new AppError(refusal);
      return folder;
    });
  }
}
