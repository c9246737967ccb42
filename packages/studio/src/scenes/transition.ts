import { z } from 'zod';

/** How one picture becomes the next. A cut has no duration, whatever is written here. */
export const transitionSchema = z.object({
  kind: z.enum(['cut', 'fade', 'slide', 'wipe']),
  /** Where the new picture goes to; slide and wipe only. */
  direction: z.enum(['left', 'right', 'up', 'down']),
  durationMs: z.int().min(0).max(2000),
  easing: z.enum(['linear', 'ease-in', 'ease-out', 'ease-in-out']),
});
export type Transition = z.infer<typeof transitionSchema>;

/** Soft and short: nobody waits for it, nothing jumps. */
export const DEFAULT_TRANSITION: Transition = {
  kind: 'fade',
  direction: 'left',
  durationMs: 300,
  easing: 'ease-in-out',
};
