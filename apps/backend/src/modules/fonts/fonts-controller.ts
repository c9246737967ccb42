import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Controller, Res } from '@nestjs/common';
import { routes } from '@streamus/contracts';
import { type InstalledFont, installedFont } from '@streamus/fonts/files';
import type { Response } from 'express';
import { AppError } from '../../http/app-error.ts';
import { type Call, Endpoint, TheCall } from '../../http/endpoint.ts';

/** Serves the fonts of the catalogue from their packages. */
@Controller()
export class FontsController {
  /** As many as the catalogue has. */
  readonly #fonts = new Map<string, InstalledFont>();

  @Endpoint(routes.listFontFaces)
  async faces(@TheCall() { params }: Call<typeof routes.listFontFaces>) {
    const { version, files } = await this.#font(params.font);
    return {
      faces: files.map(({ name, unicodeRange }) => ({
        path: `/api/v1/fonts/${params.font}/${version}/${name}`,
        unicodeRange,
      })),
    };
  }

  @Endpoint(routes.fontFile)
  async file(@TheCall() { params }: Call<typeof routes.fontFile>, @Res() response: Response) {
    const { version, files } = await this.#font(params.font);
    const file = version === params.version ? files.find(({ name }) => name === params.file) : undefined;
    if (file === undefined) throw new AppError('not_found');
    response.setHeader('content-type', file.contentType);
    response.setHeader('content-length', String((await stat(file.path)).size));
    response.setHeader('cache-control', 'public, max-age=31536000, immutable');
    // Fonts are fetched without cookies and only with permission, also by a page of another origin.
    response.setHeader('access-control-allow-origin', '*');
    try {
      await pipeline(createReadStream(file.path), response);
    } catch (error) {
      if (!response.destroyed) throw error;
    }
  }

  async #font(id: string): Promise<InstalledFont> {
    const known = this.#fonts.get(id);
    if (known !== undefined) return known;
    const font = await installedFont(id);
    if (font === null) throw new AppError('not_found');
    this.#fonts.set(id, font);
    return font;
  }
}
