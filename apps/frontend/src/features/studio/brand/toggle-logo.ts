import type { StudioSession } from '@streamus/client';
import { type AssetId, type Logo, logoSchema } from '@streamus/studio';
import { forget, recall, remember } from '@/lib/stored.ts';

const key = (studioId: string) => `streamus.last-logo.${studioId}`;

/** The logo that was taken off last in this browser, so that one key brings it back. */
export function lastLogo(studioId: string): Logo | null {
  return recall(key(studioId), logoSchema);
}

/** An image that is deleted comes back by no key. */
export function forgetLogo(studioId: string, asset: AssetId): void {
  if (lastLogo(studioId)?.asset === asset) forget(key(studioId));
}

/** Takes the logo off, or puts the one of before on again. */
export function toggleLogo(session: StudioSession, studioId: string): void {
  const logo = session.store.getState().document?.brand.logo ?? null;
  if (logo !== null) {
    remember(key(studioId), logo);
    void session.command({ type: 'set-logo', logo: null });
    return;
  }
  const last = lastLogo(studioId);
  if (last !== null) void session.command({ type: 'set-logo', logo: last });
}
