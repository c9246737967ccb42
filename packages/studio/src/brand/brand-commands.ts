import { z } from 'zod';
import { programmeSchema } from '../programme.ts';
import { colourSchema } from '../text.ts';
import {
  backgroundSchema,
  brandColoursSchema,
  brandSchema,
  logoSchema,
  logoSizeSchema,
  nameTagsSchema,
} from './brand.ts';
import { useKitSchema } from './brand-kit.ts';

export const brandCommandSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('set-background'), background: backgroundSchema }),
  /** A logo without a size keeps the one of the logo before. */
  z.object({
    type: z.literal('set-logo'),
    logo: logoSchema.extend({ size: logoSizeSchema.optional() }).nullable(),
  }),
  z.object({ type: z.literal('set-name-tags'), shown: z.boolean() }),
  z.object({ type: z.literal('set-accent'), accent: colourSchema }),
  /** Replaces the parts that are given: all of them, when a kit is put on. */
  z.object({
    type: z.literal('set-brand'),
    brand: brandSchema
      .extend({ colours: brandColoursSchema.partial(), nameTags: nameTagsSchema.partial() })
      .partial(),
  }),
  useKitSchema,
  z.object({ type: z.literal('set-programme'), programme: programmeSchema }),
]);
export type BrandCommand = z.infer<typeof brandCommandSchema>;
