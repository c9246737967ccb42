'use client';
import { Button } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../session-context.tsx';
import { overlayTitle } from './overlay-draft.ts';
import type { Overlays } from './use-overlays.ts';

/** What was deleted a moment ago, with the way back; one that is back by another way is not offered. */
export function DeletedOverlays({ overlays }: { overlays: Overlays }) {
  const { t } = useTranslation('overlays');
  const present = useStudio((view) => view.document?.overlays ?? null);
  const gone = overlays.deleted.filter(({ overlay }) => present?.[overlay.id] === undefined);
  return gone.map((deleted) => (
    <div
      key={deleted.overlay.id}
      role="status"
      className="flex items-center gap-2 rounded-lg bg-raised py-1.5 pr-1.5 pl-3 text-muted text-xs"
    >
      <span className="min-w-0 flex-1 truncate">
        {t('deleted', { name: overlayTitle(deleted.overlay) || t(`kind.${deleted.overlay.kind}`) })}
      </span>
      <Button size="sm" tone="outline" onClick={() => void overlays.restore(deleted)}>
        {t('undo', { ns: 'common' })}
      </Button>
    </div>
  ));
}
