import { z } from 'zod';
import { areaSchema, cornerSchema } from '../area.ts';
import { assetIdSchema, overlayIdSchema } from '../ids.ts';
import { displayNameSchema, lineSchema, longLineSchema, optionalLineSchema } from '../text.ts';

/** Milliseconds since 1970. */
const instant = z.int().min(0).max(8_640_000_000_000_000);
/** A name of the IANA time zone database, or `UTC`. */
const timeZoneSchema = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_+-]+(\/[A-Za-z0-9_+-]+)*$/);
const webAddressSchema = z.url({ protocol: /^https?$/ }).max(500);

/** When a countdown ends: at an instant, or so long after it was started (null: it stands still). */
export const countdownEndSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instant'), endsAt: instant }),
  z.object({
    kind: z.literal('duration'),
    durationMs: z.int().min(0).max(86_400_000),
    startedAt: instant.nullable(),
  }),
]);
export type CountdownEnd = z.infer<typeof countdownEndSchema>;

const imageFields = {
  name: displayNameSchema,
  asset: assetIdSchema,
  /** The image is shown whole inside this area. */
  box: areaSchema,
  /** Per cent. */
  opacity: z.int().min(0).max(100),
};
const bannerFields = { text: lineSchema, style: z.enum(['solid', 'glass', 'outline']) };
const tickerFields = { text: longLineSchema, speed: z.enum(['slow', 'normal', 'fast']) };
const lowerThirdFields = {
  title: lineSchema,
  subtitle: optionalLineSchema,
  animation: z.enum(['none', 'fade', 'slide', 'wipe']),
};
const countdownFields = {
  title: optionalLineSchema,
  end: countdownEndSchema,
  atZero: z.enum(['stay', 'hide', 'count-up']),
};
const clockFields = { timeZone: timeZoneSchema, format: z.enum(['24-hours', '12-hours']) };
const qrCodeFields = { url: webAddressSchema, corner: cornerSchema, caption: optionalLineSchema };

function overlay<K extends string, F extends z.ZodRawShape>(kind: K, fields: F) {
  return z.object({ id: overlayIdSchema, kind: z.literal(kind), ...fields });
}

/** Something drawn over the pictures. */
export const overlaySchema = z.discriminatedUnion('kind', [
  overlay('image', imageFields),
  overlay('banner', bannerFields),
  overlay('ticker', tickerFields),
  overlay('lower-third', lowerThirdFields),
  overlay('countdown', countdownFields),
  overlay('clock', clockFields),
  overlay('qr-code', qrCodeFields),
]);
export type Overlay = z.infer<typeof overlaySchema>;
export type OverlayKind = Overlay['kind'];

function change<K extends string, F extends z.ZodRawShape>(kind: K, fields: F) {
  return z.object({ kind: z.literal(kind), ...z.object(fields).partial().shape });
}

/** New values of some fields of an overlay of this kind. */
export const overlayChangeSchema = z.discriminatedUnion('kind', [
  change('image', imageFields),
  change('banner', bannerFields),
  change('ticker', tickerFields),
  change('lower-third', lowerThirdFields),
  change('countdown', countdownFields),
  change('clock', clockFields),
  change('qr-code', qrCodeFields),
]);
export type OverlayChange = z.infer<typeof overlayChangeSchema>;

/** Kinds of which a picture has room for one: the one shown last is seen. */
const ALONE: ReadonlySet<OverlayKind> = new Set(['banner', 'ticker', 'lower-third']);

export function isAlone(kind: OverlayKind): boolean {
  return ALONE.has(kind);
}
