import {
  BRAND_MAX_BYTES,
  BRAND_MAX_FOLDERS,
  BRAND_MAX_IMAGES,
  BRAND_MAX_KITS,
  type ErrorCode,
} from '@streamus/contracts';
import type { Holdings } from './brand-repository.ts';

/** What is deleted can be restored for a day; together with what is shown it may take this many times the room. */
const KEPT = 2;

export interface Addition {
  readonly images?: number;
  readonly bytes?: number;
  readonly folders?: number;
  readonly kits?: number;
}

/** Why `more` does not fit into a library that holds `now`; null: it does. */
export function refusalOf(now: Holdings, more: Addition): ErrorCode | null {
  const fits = (shown: number, kept: number, added: number | undefined, most: number): boolean =>
    added === undefined || (shown + added <= most && kept + added <= most * KEPT);
  if (!fits(now.images, now.imagesKept, more.images, BRAND_MAX_IMAGES)) return 'brand_limit_reached';
  if (!fits(now.folders, now.foldersKept, more.folders, BRAND_MAX_FOLDERS)) return 'brand_limit_reached';
  if (!fits(now.kits, now.kitsKept, more.kits, BRAND_MAX_KITS)) return 'brand_limit_reached';
  if (!fits(now.bytes, now.bytesKept, more.bytes, BRAND_MAX_BYTES)) return 'brand_storage_full';
  return null;
}
