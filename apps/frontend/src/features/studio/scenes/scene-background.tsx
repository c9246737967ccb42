'use client';
import { type Background, DEFAULT_BRAND, type Scene } from '@streamus/studio';
import { Switch } from '@streamus/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { BackgroundChoice } from '../brand/background-choice.tsx';
import { PanelSection } from '../brand/panel-section.tsx';
import { useDesk } from '../desk.tsx';
import { useStudio, useStudioPlace } from '../session-context.tsx';

/** The studio's background, or one of the scene's own. */
export function SceneBackground({ scene }: { scene: Scene }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const desk = useDesk();
  const studios = useStudio((view) => view.document?.brand.background ?? DEFAULT_BRAND.background);
  const [failure, setFailure] = useState<string | null>(null);

  async function set(background: Background | null) {
    setFailure(null);
    const outcome = await session.command({ type: 'set-scene-background', background, scene: scene.id });
    const words = background === null ? 'sceneSheet.background.nowStudios' : 'sceneSheet.background.nowOwn';
    if (outcome.ok) return desk.say(t(words, { scene: scene.name }), true);
    session.dismissRefusal();
    setFailure(errorText(outcome.code));
  }

  const own = scene.background !== null;
  return (
    <PanelSection title={t('sceneSheet.background.title')}>
      <Switch
        label={t('sceneSheet.background.own')}
        detail={t(own ? 'sceneSheet.background.chosen' : 'sceneSheet.background.studios')}
        checked={own}
        onChange={(wanted) => void set(wanted ? studios : null)}
      />
      {scene.background !== null && (
        <BackgroundChoice value={scene.background} onChoose={(background) => void set(background)} />
      )}
      {failure !== null && (
        <p role="alert" className="text-live-ink text-xs">
          {failure}
        </p>
      )}
    </PanelSection>
  );
}
