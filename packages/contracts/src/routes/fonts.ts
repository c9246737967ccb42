import { z } from 'zod';
import { defineRoute } from '../route.ts';

const fontIdSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Fonts served to pages and to the painter's worker; the catalogue of them is `packages/fonts`. */
export const fontRoutes = {
  listFontFaces: defineRoute({
    method: 'GET',
    path: '/fonts/:font',
    summary: 'Files of a served font, with the letters each holds',
    policy: { kind: 'public' },
    limit: { max: 600, perSeconds: 60 },
    params: z.object({ font: fontIdSchema }),
    query: null,
    body: null,
    response: {
      kind: 'json',
      schema: z.object({ faces: z.array(z.object({ path: z.string(), unicodeRange: z.string() })) }),
    },
    errors: ['not_found'],
  }),
  fontFile: defineRoute({
    method: 'GET',
    path: '/fonts/:font/:version/:file',
    summary: 'One file of a served font; it never changes under this address',
    policy: { kind: 'public' },
    // A text in Chinese characters needs dozens of files.
    limit: { max: 3000, perSeconds: 60 },
    params: z.object({ font: fontIdSchema, version: z.string(), file: z.string() }),
    query: null,
    body: null,
    response: { kind: 'file', contentType: 'font/*' },
    errors: ['not_found'],
  }),
};
