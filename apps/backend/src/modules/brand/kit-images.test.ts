import { randomUUID } from 'node:crypto';
import { assetIdSchema, type BrandKitContent, brandKitContentSchema, DEFAULT_BRAND } from '@streamus/studio';
import { expect, it } from 'vitest';
import { imagesOf, withImages } from './kit-images.ts';

const id = () => assetIdSchema.parse(randomUUID());
const [logo, background, picture] = [id(), id(), id()];
const image = { kind: 'image', name: 'Frame', box: { x: 0, y: 0, width: 900, height: 900 }, opacity: 100 };
const content: BrandKitContent = brandKitContentSchema.parse({
  brand: {
    ...DEFAULT_BRAND,
    logo: { asset: logo, corner: 'top-left', size: 'small' },
    background: { kind: 'image', asset: background },
  },
  overlays: [
    { id: id(), kind: 'banner', text: logo, style: 'solid' },
    { ...image, id: id(), asset: picture },
    { ...image, id: id(), asset: logo },
  ],
  layouts: [],
});

it('finds images wherever a kit names one, and nowhere else', () => {
  expect(imagesOf(content)).toEqual([
    { path: 'brand.logo.asset', asset: logo },
    { path: 'brand.background.asset', asset: background },
    { path: 'overlays.1.asset', asset: picture },
    { path: 'overlays.2.asset', asset: logo },
  ]);
});

it('puts others in their place', () => {
  const other = id();
  const changed = withImages(content, new Map([[logo, other]]));
  expect(imagesOf(changed).map(({ asset }) => asset)).toEqual([other, background, picture, other]);
  expect(changed.overlays[0]).toEqual(content.overlays[0]);
  expect(withImages(changed, new Map([[other, logo]]))).toEqual(content);
});
