'use client';
import { Button, Notice } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { checkDraft, type Draft } from './overlay-draft.ts';
import { OverlayForm } from './overlay-form.tsx';
import { OverlayIcon } from './overlay-icon.tsx';
import type { Overlays } from './use-overlays.ts';

export interface NewOverlayProps {
  readonly draft: Draft;
  /** False: it was there, and somebody has deleted it while it was being changed. */
  readonly isNew: boolean;
  readonly overlays: Overlays;
  readonly onWrite: (draft: Draft) => void;
  readonly onClose: () => void;
}

/** The form of an overlay that does not exist yet. */
export function NewOverlay({ draft, isNew, overlays, onWrite, onClose }: NewOverlayProps) {
  const { t } = useTranslation('overlays');

  async function add(show: boolean): Promise<boolean> {
    const checked = checkDraft(draft);
    if (!('overlay' in checked)) return false;
    const added = overlays.add(checked.overlay);
    const shown = show ? overlays.show(checked.overlay, 'scene') : null;
    const done = await added;
    await shown;
    if (done) onClose();
    return done;
  }

  return (
    <section
      aria-label={t('newOne', { kind: t(`kind.${draft.kind}`) })}
      className="flex flex-col gap-3 rounded-xl bg-raised p-3"
    >
      <h2 className="flex items-center gap-2 font-semibold text-sm [&>svg]:size-4 [&>svg]:text-accent-ink">
        <OverlayIcon kind={draft.kind} />
        {t('newOne', { kind: t(`kind.${draft.kind}`) })}
      </h2>
      {!isNew && <Notice tone="warn">{t('deletedMeanwhile')}</Notice>}
      <OverlayForm
        draft={draft}
        onWrite={onWrite}
        onSave={() => void add(false)}
        failure={overlays.refused?.id === draft.id ? errorText(overlays.refused.code) : null}
        actions={(guard) => (
          <>
            <Button type="submit" tone="accent" size="sm">
              {t('addOne')}
            </Button>
            <Button size="sm" tone="outline" onClick={() => guard(() => void add(true))}>
              {t('addAndShow')}
            </Button>
            <Button size="sm" tone="ghost" onClick={onClose}>
              {t('cancel', { ns: 'common' })}
            </Button>
          </>
        )}
      />
    </section>
  );
}
