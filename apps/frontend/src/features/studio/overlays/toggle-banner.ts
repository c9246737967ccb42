import type { StudioSession } from '@streamus/client';
import type { OverlayId } from '@streamus/studio';
import { z } from 'zod';
import { recall, remember } from '@/lib/stored.ts';
import { bannerToToggle } from './where-shown.ts';

const key = (studioId: string) => `streamus.last-banner.${studioId}`;

export function rememberBanner(studioId: string, id: OverlayId): void {
  remember(key(studioId), id);
}

/** The B key: the banner used last goes on air, or the one that is on air goes. */
export function toggleBanner(session: StudioSession, studioId: string): void {
  const { document } = session.store.getState();
  if (document === null) return;
  const toggle = bannerToToggle(document, recall(key(studioId), z.string()));
  if (toggle === null) return;
  const { overlay, show } = toggle;
  rememberBanner(studioId, overlay);
  void session.command(
    show ? { type: 'show-overlay', overlay, where: 'scene' } : { type: 'hide-overlay', overlay },
  );
}
