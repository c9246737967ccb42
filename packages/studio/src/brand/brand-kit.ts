import { z } from 'zod';
import { brandKitIdSchema } from '../ids.ts';
import { ownLayoutSchema } from '../layout/own-layout.ts';
import { LAYOUTS_LIMIT, OVERLAYS_LIMIT } from '../limits.ts';
import { overlaySchema } from '../overlays/overlay.ts';
import { brandSchema } from './brand.ts';

const idsDiffer = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map(({ id }) => id)).size === items.length;

/** What a kit holds. An image is named by its asset, always under the key `asset`. */
export const brandKitContentSchema = z.object({
  brand: brandSchema.omit({ kit: true }),
  overlays: z.array(overlaySchema).max(OVERLAYS_LIMIT).refine(idsDiffer, 'two overlays have one id'),
  layouts: z.array(ownLayoutSchema).max(LAYOUTS_LIMIT).refine(idsDiffer, 'two layouts have one id'),
});
export type BrandKitContent = z.infer<typeof brandKitContentSchema>;

/** The kit's look replaces the studio's; its overlays and layouts are added, or become what they are here. */
export const useKitSchema = z.object({
  type: z.literal('use-kit'),
  kit: brandKitIdSchema,
  /** Overlays and layouts that are in the studio as they are here may be left out. */
  content: brandKitContentSchema,
});
export type UseKit = z.infer<typeof useKitSchema>;
