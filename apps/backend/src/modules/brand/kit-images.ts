import { type AssetId, assetIdSchema, type BrandKitContent, brandKitContentSchema } from '@streamus/studio';

/** Where a kit names an image. */
export interface ImageUse {
  /** As in `overlays.2.asset`. */
  readonly path: string;
  readonly asset: AssetId;
}

/** Every place of a kit that names an image: the key is `asset` wherever it stands (contracts, brandKitContentSchema). */
export function imagesOf(content: BrandKitContent): ImageUse[] {
  const uses: ImageUse[] = [];
  visit(content, '', (path, value) => {
    const asset = assetIdSchema.safeParse(value);
    if (asset.success) uses.push({ path, asset: asset.data });
    return value;
  });
  return uses;
}

/** The kit with other images in the place of its own; what `other` does not know stays. */
export function withImages(content: BrandKitContent, other: ReadonlyMap<AssetId, AssetId>): BrandKitContent {
  const changed = visit(content, '', (_, value) => {
    const asset = assetIdSchema.safeParse(value);
    return asset.success ? (other.get(asset.data) ?? value) : value;
  });
  return brandKitContentSchema.parse(changed);
}

/** A copy of `value` in which every value under the key `asset` went through `change`. */
function visit(value: unknown, path: string, change: (path: string, asset: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry, at) => visit(entry, join(path, String(at)), change));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const here = join(path, key);
      return [key, key === 'asset' ? change(here, inner) : visit(inner, here, change)];
    }),
  );
}

const join = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
