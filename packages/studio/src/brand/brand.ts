import { z } from 'zod';
import { cornerSchema } from '../area.ts';
import { assetIdSchema, brandKitIdSchema } from '../ids.ts';
import { colourSchema } from '../text.ts';

export const backgroundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('colour'), colour: colourSchema }),
  z.object({ kind: z.literal('image'), asset: assetIdSchema }),
]);
export type Background = z.infer<typeof backgroundSchema>;

export const logoSizeSchema = z.enum(['small', 'medium', 'large']);
export type LogoSize = z.infer<typeof logoSizeSchema>;

export const logoSchema = z.object({ asset: assetIdSchema, corner: cornerSchema, size: logoSizeSchema });
export type Logo = z.infer<typeof logoSchema>;

/** How banners, tickers, lower thirds and name tags look. */
export const themeSchema = z.enum(['plain', 'bold', 'bubble', 'minimal']);
export type Theme = z.infer<typeof themeSchema>;

export const nameTagStyleSchema = z.enum(['plate', 'pill', 'line']);
export type NameTagStyle = z.infer<typeof nameTagStyleSchema>;

/** Name of one of the served fonts; `system` is whatever the machine has. */
export const fontSchema = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Colours of what is drawn over the pictures: texts, what is behind them, and what stands out. */
export const brandColoursSchema = z.object({
  accent: colourSchema,
  text: colourSchema,
  background: colourSchema,
});
export type BrandColours = z.infer<typeof brandColoursSchema>;

export const nameTagsSchema = z.object({ shown: z.boolean(), style: nameTagStyleSchema });

/** How the studio looks: a copy of its brand kit, changed at will. */
export const brandSchema = z.object({
  /** The kit it came from; null: made here. */
  kit: brandKitIdSchema.nullable(),
  colours: brandColoursSchema,
  font: fontSchema,
  theme: themeSchema,
  nameTags: nameTagsSchema,
  logo: logoSchema.nullable(),
  background: backgroundSchema,
});
export type Brand = z.infer<typeof brandSchema>;

export const DEFAULT_BRAND: Brand = {
  kit: null,
  colours: { accent: '#5b7cfa', text: '#ffffff', background: '#0a0d14' },
  font: 'system',
  theme: 'plain',
  nameTags: { shown: true, style: 'plate' },
  logo: null,
  background: { kind: 'colour', colour: '#12161f' },
};
