'use client';
import type { ErrorCode } from '@streamus/contracts';
import { type Overlay, type OverlayId, overlayIdSchema, type StudioCommand } from '@streamus/studio';
import { useState } from 'react';
import { useStudioPlace } from '../session-context.tsx';
import { type DeletedOverlay, rememberOverlay, restoreCommands } from './deleted-overlay.ts';
import { changeOf, keepRunning } from './overlay-draft.ts';
import { rememberBanner } from './toggle-banner.ts';

/** Ways back that are offered at once. */
const DELETED_LIMIT = 3;

export type Where = 'scene' | 'everywhere';

/** What one does with overlays. Refusals are said by the row they concern, so the notice over the programme goes. */
export function useOverlays() {
  const { session, studioId } = useStudioPlace();
  const [deleted, setDeleted] = useState<readonly DeletedOverlay[]>([]);
  const [refused, setRefused] = useState<{ id: OverlayId; code: ErrorCode } | null>(null);

  async function run(id: OverlayId, command: StudioCommand): Promise<boolean> {
    setRefused(null);
    const outcome = await session.command(command);
    if (outcome.ok) return true;
    session.dismissRefusal();
    setRefused({ id, code: outcome.code });
    return false;
  }

  const forget = (id: OverlayId) => setDeleted((now) => now.filter(({ overlay }) => overlay.id !== id));

  return {
    deleted,
    refused,
    add: (overlay: Overlay) => run(overlay.id, { type: 'add-overlay', overlay }),
    /** True when the server took it, or nothing is new. */
    async save(before: Overlay, after: Overlay): Promise<boolean> {
      const change = changeOf(before, keepRunning(before, after));
      return change === null || run(after.id, { type: 'edit-overlay', overlay: after.id, change });
    },
    show(overlay: Overlay, where: Where) {
      if (overlay.kind === 'banner') rememberBanner(studioId, overlay.id);
      return run(overlay.id, { type: 'show-overlay', overlay: overlay.id, where });
    },
    hide(overlay: Overlay, where?: Where) {
      if (overlay.kind === 'banner') rememberBanner(studioId, overlay.id);
      return run(overlay.id, {
        type: 'hide-overlay',
        overlay: overlay.id,
        ...(where === undefined ? {} : { where }),
      });
    },
    startCountdown: (id: OverlayId) => run(id, { type: 'start-countdown', overlay: id }),
    resetCountdown: (id: OverlayId) => run(id, { type: 'reset-countdown', overlay: id }),
    move: (id: OverlayId, index: number) => run(id, { type: 'move-overlay', overlay: id, index }),
    async duplicate(overlay: Overlay): Promise<void> {
      const { document } = session.store.getState();
      const copy = { ...overlay, id: overlayIdSchema.parse(crypto.randomUUID()) };
      const index = document?.overlayOrder.indexOf(overlay.id) ?? -1;
      const added = run(overlay.id, { type: 'add-overlay', overlay: copy });
      if (index >= 0) void session.command({ type: 'move-overlay', overlay: copy.id, index: index + 1 });
      await added;
    },
    async remove(overlay: Overlay): Promise<void> {
      const { document } = session.store.getState();
      if (document === null) return;
      const remembered = rememberOverlay(document, overlay);
      setDeleted((now) => [remembered, ...now].slice(0, DELETED_LIMIT));
      if (!(await run(overlay.id, { type: 'delete-overlay', overlay: overlay.id }))) forget(overlay.id);
    },
    async restore(one: DeletedOverlay): Promise<void> {
      const { document } = session.store.getState();
      if (document === null) return;
      forget(one.overlay.id);
      const results = restoreCommands(document, one).map((command) => run(one.overlay.id, command));
      const [added] = await Promise.all(results);
      if (added === false) setDeleted((now) => [one, ...now]);
    },
  };
}

export type Overlays = ReturnType<typeof useOverlays>;
