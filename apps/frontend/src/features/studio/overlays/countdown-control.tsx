'use client';
import { Button } from '@streamus/ui';
import { Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Of } from './overlay-draft.ts';
import type { Overlays } from './use-overlays.ts';

/** Starts a countdown that runs for a while, and sets it back. One that runs until a time needs neither. */
export function CountdownControl({ overlay, overlays }: { overlay: Of<'countdown'>; overlays: Overlays }) {
  const { t } = useTranslation('overlays');
  const { end } = overlay;
  if (end.kind === 'instant') return null;
  return end.startedAt === null ? (
    <Button size="sm" tone="outline" onClick={() => void overlays.startCountdown(overlay.id)}>
      <Play aria-hidden />
      {t('countdown.start')}
    </Button>
  ) : (
    <Button size="sm" tone="outline" onClick={() => void overlays.resetCountdown(overlay.id)}>
      <RotateCcw aria-hidden />
      {t('countdown.reset')}
    </Button>
  );
}
