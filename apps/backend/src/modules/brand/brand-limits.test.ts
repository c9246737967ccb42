import { BRAND_MAX_BYTES, BRAND_MAX_FOLDERS, BRAND_MAX_IMAGES, BRAND_MAX_KITS } from '@streamus/contracts';
import { expect, it } from 'vitest';
import { refusalOf } from './brand-limits.ts';
import type { Holdings } from './brand-repository.ts';

const nothing: Holdings = {
  images: 0,
  imagesKept: 0,
  bytes: 0,
  bytesKept: 0,
  folders: 0,
  foldersKept: 0,
  kits: 0,
  kitsKept: 0,
};

it.each([
  ['images', BRAND_MAX_IMAGES, 'brand_limit_reached'],
  ['folders', BRAND_MAX_FOLDERS, 'brand_limit_reached'],
  ['kits', BRAND_MAX_KITS, 'brand_limit_reached'],
  ['bytes', BRAND_MAX_BYTES, 'brand_storage_full'],
] as const)('%s fit up to %i, and as many again while they wait to be purged', (what, most, refusal) => {
  const kept = `${what}Kept` as const;
  expect(refusalOf({ ...nothing, [what]: most - 1 }, { [what]: 1 })).toBe(null);
  expect(refusalOf({ ...nothing, [what]: most }, { [what]: 1 })).toBe(refusal);
  expect(refusalOf({ ...nothing, [kept]: 2 * most - 1 }, { [what]: 1 })).toBe(null);
  expect(refusalOf({ ...nothing, [kept]: 2 * most }, { [what]: 1 })).toBe(refusal);
});

it('what is not added is not in the way', () => {
  expect(refusalOf({ ...nothing, bytes: BRAND_MAX_BYTES + 1 }, { kits: 1 })).toBe(null);
});
