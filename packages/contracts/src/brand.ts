import {
  type AssetId,
  assetIdSchema,
  brandKitContentSchema,
  brandKitIdSchema,
  OVERLAYS_LIMIT,
} from '@streamus/studio';
import { z } from 'zod';
import { brandFolderIdSchema } from './ids.ts';

/** Bytes of one upload; larger ones are refused before they are read (errors: image_too_large). */
export const IMAGE_MAX_BYTES = 20 * 1024 * 1024;
/** Pixels of one upload. */
export const IMAGE_MAX_PIXELS = 50_000_000;
/** AVIF is decoded whole, at 18 bytes a pixel. */
export const AVIF_MAX_PIXELS = 24_000_000;
/** Bytes all images of one user take, after re-encoding. */
export const BRAND_MAX_BYTES = 1024 * 1024 * 1024;
export const BRAND_MAX_IMAGES = 1000;
export const BRAND_MAX_FOLDERS = 100;
export const BRAND_MAX_KITS = 100;
/** Bytes of a kit's content as JSON: 200 overlays and 50 layouts fit. */
export const KIT_CONTENT_MAX_BYTES = 1024 * 1024;
/** Bytes of an exported kit: its content and ten of the largest images, or hundreds of usual ones. */
export const KIT_FILE_MAX_BYTES = 200 * 1024 * 1024;
/** Every overlay may be an image; logo and background come on top. */
export const KIT_MAX_IMAGES = OVERLAYS_LIMIT + 2;

/** A name people give: one line without control characters. */
export const brandNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}]*$/u);

/** Where the image and its thumbnail are, for everybody who knows its id; also when it is not in any list any more. */
export function brandAssetPaths(asset: AssetId): { path: string; thumbnailPath: string } {
  const base = `/api/v1/brand-assets/${asset}`;
  return { path: `${base}/file`, thumbnailPath: `${base}/thumbnail` };
}

export const brandAssetTypeSchema = z.enum(['logo', 'background', 'overlay']);
export type BrandAssetType = z.infer<typeof brandAssetTypeSchema>;

export const brandAssetViewSchema = z.object({
  id: assetIdSchema,
  type: brandAssetTypeSchema,
  name: z.string(),
  folder: brandFolderIdSchema.nullable(),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  path: z.string(),
  /** At most 480 pixels wide and high. */
  thumbnailPath: z.string(),
});
export type BrandAssetView = z.infer<typeof brandAssetViewSchema>;

export const brandFolderViewSchema = z.object({ id: brandFolderIdSchema, name: z.string() });
export type BrandFolderView = z.infer<typeof brandFolderViewSchema>;

export const brandLibraryViewSchema = z.object({
  /** Newest first. */
  assets: z.array(brandAssetViewSchema),
  /** By name. */
  folders: z.array(brandFolderViewSchema),
  usedBytes: z.int(),
  maxBytes: z.int(),
});
export type BrandLibraryView = z.infer<typeof brandLibraryViewSchema>;

export const brandKitViewSchema = z.object({
  id: brandKitIdSchema,
  name: z.string(),
  /** A change must name the version it was made from. */
  version: z.int().positive(),
  content: brandKitContentSchema,
  updatedAt: z.iso.datetime(),
});
export type BrandKitView = z.infer<typeof brandKitViewSchema>;

export const KIT_FILE_FORMAT = 'streamus-brand-kit';
/** Grows when an older server could not read the file, or would lose something of it. */
export const KIT_FILE_VERSION = 1;
export const KIT_MANIFEST_ENTRY = 'brand-kit.json';

/** What every version of an exported kit says about itself. */
export const kitFileKindSchema = z.object({
  format: z.literal(KIT_FILE_FORMAT),
  version: z.int().positive(),
});

/** The manifest of an exported kit; the images lie beside it in the same archive. */
export const kitManifestSchema = kitFileKindSchema.extend({
  version: z.literal(KIT_FILE_VERSION),
  name: brandNameSchema,
  content: brandKitContentSchema,
  images: z
    .array(
      z.object({
        /** As `content` names it; an import gives it another. */
        asset: assetIdSchema,
        type: brandAssetTypeSchema,
        name: z
          .string()
          .trim()
          .min(1)
          .max(200)
          .regex(/^[^\p{Cc}]*$/u),
        /** Name of its entry. */
        entry: z.string().min(1).max(200),
      }),
    )
    .max(KIT_MAX_IMAGES),
});
export type KitManifest = z.infer<typeof kitManifestSchema>;
