import { z } from 'zod';
import { areaSchema, WHOLE } from '../area.ts';
import { layoutIdSchema, slotIdSchema, sourceIdSchema } from '../ids.ts';
import { SLOTS_LIMIT } from '../limits.ts';
import { colourSchema, displayNameSchema } from '../text.ts';

/** What a slot shows: the n-th camera or screen on stage that no slot names, or one source for good. */
export const slotHoldsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), index: z.int().min(0).max(31) }),
  z.object({ kind: z.literal('screen'), index: z.int().min(0).max(7) }),
  z.object({ kind: z.literal('source'), source: sourceIdSchema }),
]);
export type SlotHolds = z.infer<typeof slotHoldsSchema>;

const cut = z.int().min(0).max(9000);

/** What is cut off a picture's sides, in ten-thousandths of its width and height; a tenth is left at least. */
export const cropSchema = z
  .object({ left: cut, top: cut, right: cut, bottom: cut })
  .refine(({ left, right, top, bottom }) => left + right <= 9000 && top + bottom <= 9000, {
    message: 'nothing of the picture is left',
  });
export type Crop = z.infer<typeof cropSchema>;

export const NO_CROP: Crop = { left: 0, top: 0, right: 0, bottom: 0 };

/** `width` in ten-thousandths of the programme's shorter side. */
export const borderSchema = z.object({ width: z.int().min(1).max(500), colour: colourSchema });
export type Border = z.infer<typeof borderSchema>;

export const slotSchema = z.object({
  id: slotIdSchema,
  box: areaSchema,
  holds: slotHoldsSchema,
  fit: z.enum(['cover', 'contain']),
  crop: cropSchema,
  /** Of the corners, in ten-thousandths of the box's shorter side: half of it makes a disc or a pill. */
  radius: z
    .int()
    .min(0)
    .max(WHOLE / 2),
  border: borderSchema.nullable(),
});
export type Slot = z.infer<typeof slotSchema>;

/** A layout of the studio's own; slots are drawn in their order, the first one lowest. */
export const ownLayoutSchema = z
  .object({
    id: layoutIdSchema,
    name: displayNameSchema,
    slots: z.array(slotSchema).max(SLOTS_LIMIT),
  })
  .refine(({ slots }) => new Set(slots.map(({ id }) => id)).size === slots.length, {
    path: ['slots'],
    message: 'two slots have one id',
  });
export type OwnLayout = z.infer<typeof ownLayoutSchema>;
