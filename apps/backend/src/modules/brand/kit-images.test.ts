import { randomUUID } from 'node:crypto';
import { type BrandKitContent, brandKitContentSchema } from '@streamus/contracts';
import { assetIdSchema } from '@streamus/studio';
import { expect, it } from 'vitest';
import { imagesOf, withImages } from './kit-images.ts';

const id = () => assetIdSchema.parse(randomUUID());
const [logo, background, picture] = [id(), id(), id()];
const content: BrandKitContent = brandKitContentSchema.parse({
  brand: {
    colours: { accent: '#112233', text: '#ffffff', background: '#000000' },
    ...{ font: 'inter', theme: 'plain', nameTags: { shown: true, style: 'plate' } },
    logo: { asset: logo, corner: 'top-left' },
    background: { kind: 'image', asset: background },
  },
  overlays: [
    { kind: 'banner', text: logo },
    { kind: 'image', asset: picture },
    { kind: 'image', asset: logo },
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
  expect(changed.overlays[0]).toEqual({ kind: 'banner', text: logo });
  expect(withImages(changed, new Map([[other, logo]]))).toEqual(content);
});
