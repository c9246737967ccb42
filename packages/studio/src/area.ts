import { z } from 'zod';

/** Parts of the whole in which areas are given, so that they fit every size of programme. */
export const WHOLE = 10_000;

const part = z.int().min(0).max(WHOLE);
const size = z.int().min(100).max(WHOLE);

/** A part of the programme, in ten-thousandths of its width and height, inside it. */
export const areaSchema = z
  .object({ x: part, y: part, width: size, height: size })
  .refine(({ x, y, width, height }) => x + width <= WHOLE && y + height <= WHOLE, {
    message: 'lies partly outside the programme',
  });
export type Area = z.infer<typeof areaSchema>;

export const cornerSchema = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']);
export type Corner = z.infer<typeof cornerSchema>;
