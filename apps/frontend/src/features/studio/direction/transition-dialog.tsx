'use client';
import type { Scene } from '@streamus/studio';
import { Dialog } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { SceneTransition } from './scene-transition.tsx';

export function TransitionDialog({ scene, onClose }: { scene: Scene; onClose: () => void }) {
  const { t } = useTranslation('direction');
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('transition.titleOf', { name: scene.name })}
      closeLabel={t('close', { ns: 'common' })}
    >
      <SceneTransition scene={scene} />
    </Dialog>
  );
}
