import { type StudioId, studioIdSchema } from '@streamus/contracts';
import { z } from 'zod';
import { forget, recall, remember } from '@/lib/stored.ts';

const seatSchema = z.object({
  /** The link this seat was taken by: a reload with the same link returns to it. */
  link: z.string(),
  studioId: studioIdSchema,
  studioName: z.string(),
  guestToken: z.string(),
});
/** A guest's seat in one studio, kept by the browser so that a reload does not lose it. */
export type GuestSeatRecord = z.infer<typeof seatSchema>;

const seatKey = (studioId: string) => `streamus.seat.${studioId}`;
const INSIDE_KEY = 'streamus.inside';
const NAME_KEY = 'streamus.guest-name';

export function recallSeat(studioId: StudioId): GuestSeatRecord | null {
  return recall(seatKey(studioId), seatSchema);
}

export function rememberSeat(seat: GuestSeatRecord): void {
  remember(seatKey(seat.studioId), seat);
  remember(INSIDE_KEY, seat, 'session');
}

/** The seat this tab sits on by `link`, if it had entered before it was reloaded. */
export function recallInside(link: string): GuestSeatRecord | null {
  const seat = recall(INSIDE_KEY, seatSchema, 'session');
  return seat?.link === link ? seat : null;
}

export function forgetInside(): void {
  forget(INSIDE_KEY, 'session');
}

export function recallName(): string {
  return recall(NAME_KEY, z.string()) ?? '';
}

export function rememberName(name: string): void {
  remember(NAME_KEY, name);
}
