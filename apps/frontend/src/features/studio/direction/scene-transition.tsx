'use client';
import type { Scene } from '@streamus/studio';
import { Switch } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { useStudio, useStudioPlace } from '../session-context.tsx';
import { TransitionFields } from './transition-fields.tsx';

/** How a scene comes to air: as all scenes do, or in a way of its own. */
export function SceneTransition({ scene }: { scene: Pick<Scene, 'id' | 'name'> }) {
  const { t } = useTranslation('direction');
  const { session } = useStudioPlace();
  const everybodys = useStudio((view) => view.document?.transition ?? null);
  const own = useStudio((view) => view.document?.scenes[scene.id]?.transition ?? null);
  if (everybodys === null) return null;
  return (
    <div className="flex flex-col gap-4">
      <Switch
        label={t('transition.own')}
        detail={own === null ? t('transition.forAll') : t('transition.forOne', { name: scene.name })}
        checked={own !== null}
        onChange={(wanted) =>
          void session.command({
            type: 'set-scene-transition',
            scene: scene.id,
            transition: wanted ? everybodys : null,
          })
        }
      />
      <TransitionFields
        value={own ?? everybodys}
        onChange={(transition) =>
          void session.command(
            own === null
              ? { type: 'set-transition', transition }
              : { type: 'set-scene-transition', scene: scene.id, transition },
          )
        }
      />
    </div>
  );
}
