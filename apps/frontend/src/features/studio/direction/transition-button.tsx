'use client';
import { sceneInEdit, type Transition } from '@streamus/studio';
import { Button, Popover } from '@streamus/ui';
import { Blend } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../session-context.tsx';
import { SceneTransition } from './scene-transition.tsx';

/** How the scene in edit comes to air, and the way to change that. */
export function TransitionButton() {
  const { t } = useTranslation('direction');
  const scene = useStudio(({ document }) => (document === null ? null : sceneInEdit(document)));
  const everybodys = useStudio((view) => view.document?.transition ?? null);
  if (scene === null || everybodys === null) return null;
  const transition: Transition = scene.transition ?? everybodys;
  const kind = t(`transition.kinds.${transition.kind}`);
  const words =
    transition.kind === 'cut'
      ? kind
      : t('transition.short', { kind, seconds: (transition.durationMs / 1000).toLocaleString() });
  return (
    <Popover
      side="top"
      align="start"
      title={t('transition.title')}
      trigger={
        <Button tone="ghost" size="sm" aria-label={t('transition.button', { transition: words })}>
          <Blend aria-hidden />
          {words}
        </Button>
      }
    >
      <SceneTransition scene={scene} />
    </Popover>
  );
}
