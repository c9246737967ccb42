'use client';
import { sceneInEdit } from '@streamus/studio';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { BackgroundChoice } from './background-choice.tsx';
import { PanelSection } from './panel-section.tsx';
import { useBrand } from './use-brand.ts';

/** What lies behind the pictures, in every scene without a background of its own. */
export function BackgroundSection() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const [{ background }] = useBrand();
  const covered = useStudio(({ document }) => document !== null && sceneInEdit(document).background !== null);
  return (
    <PanelSection title={t('brand.background')}>
      {covered && <p className="text-muted text-xs">{t('brand.backgroundCovered')}</p>}
      <BackgroundChoice
        value={background}
        onChoose={(next) => void session.command({ type: 'set-background', background: next })}
      />
    </PanelSection>
  );
}
