import { z } from 'zod';

/** One line of text that people see: no control characters, no leading or trailing space. */
function line(min: number, max: number) {
  return z
    .string()
    .trim()
    .min(min)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
}

export const displayNameSchema = line(1, 60);
/** Text of a banner, a title, a caption. */
export const lineSchema = line(1, 200);
export const optionalLineSchema = line(0, 200);
/** A ticker's text: news of a whole show. */
export const longLineSchema = line(1, 1000);

export const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/);
