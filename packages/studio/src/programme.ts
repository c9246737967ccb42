import { z } from 'zod';

/** Shape of the programme. Locked while a stream is live (media.md 1.6). */
export const programmeSchema = z
  .object({
    width: z.int().min(90).max(3840).multipleOf(2),
    height: z.int().min(90).max(3840).multipleOf(2),
    fps: z.int().min(5).max(60),
    /** Bits per second of the programme's video. */
    videoBitrate: z.int().min(100_000).max(51_000_000),
  })
  .refine(({ width, height }) => Math.min(width, height) <= 2160, { message: 'larger than 4K' });
export type Programme = z.infer<typeof programmeSchema>;

/** 1080p30 at 6 Mbps: inside every platform's limits (media.md 3.5). */
export const DEFAULT_PROGRAMME: Programme = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };

/** Shapes a studio offers. */
export const aspectSchema = z.enum(['16:9', '9:16', '1:1']);
export type Aspect = z.infer<typeof aspectSchema>;

/** The nearest of the offered shapes. */
export function aspectOfProgramme({ width, height }: Pick<Programme, 'width' | 'height'>): Aspect {
  const ratio = width / height;
  if (ratio > 4 / 3) return '16:9';
  return ratio < 3 / 4 ? '9:16' : '1:1';
}

/** The programme in another shape: its shorter side, frame rate and bit rate stay. */
export function programmeWithAspect(programme: Programme, aspect: Aspect): Programme {
  const side = Math.min(programme.width, programme.height);
  const longer = 2 * Math.round((side * 16) / 9 / 2);
  switch (aspect) {
    case '16:9':
      return { ...programme, width: longer, height: side };
    case '9:16':
      return { ...programme, width: side, height: longer };
    case '1:1':
      return { ...programme, width: side, height: side };
  }
}
