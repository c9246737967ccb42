'use client';
import { type Scene, type SceneId } from '@streamus/studio';
import { Button, Dialog, Notice } from '@streamus/ui';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../desk.tsx';
import { UndoButtons } from '../edit/undo-buttons.tsx';
import { useLive, useStudio } from '../session-context.tsx';
import { SceneBackground } from './scene-background.tsx';
import { ScenePeople } from './scene-people.tsx';
import { SceneThumbnail } from './scene-thumbnail.tsx';

/** An image that was just chosen is seen as soon as it is loaded. */
const EVERY_MS = 500;

/** What a scene has of its own: people and background. Every change is one step of undo, and said. */
export function SceneSheet({ scene: id, onClose }: { scene: SceneId; onClose: () => void }) {
  const { t } = useTranslation('direction');
  const scene = useStudio((view) => view.document?.scenes[id] ?? null);
  const air = useWhereSeen(id);
  // A scene that somebody deletes meanwhile still has its name here.
  const name = useRef('');
  if (scene !== null) name.current = scene.name;
  return (
    <Dialog
      open
      place="side"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('sceneSheet.title', { name: name.current })}
      {...(scene === null ? {} : { description: t(`sceneSheet.${air}`) })}
      closeLabel={t('close', { ns: 'common' })}
      footer={
        <div className="flex items-center gap-3">
          <UndoButtons />
          <Said />
          <Button tone="accent" className="ml-auto" onClick={onClose}>
            {t('sceneSheet.done')}
          </Button>
        </div>
      }
    >
      {scene === null ? <Notice tone="warn">{t('sceneSheet.gone')}</Notice> : <Parts scene={scene} />}
    </Dialog>
  );
}

function Parts({ scene }: { scene: Scene }) {
  return (
    <div className="flex flex-col gap-6">
      <SceneThumbnail scene={scene.id} width={384} rem={12} everyMs={EVERY_MS} />
      <ScenePeople scene={scene} />
      <SceneBackground scene={scene} />
    </div>
  );
}

/** Whether what is changed here is seen by the audience at once. */
function useWhereSeen(id: SceneId): 'onAir' | 'inProgramme' | 'nextTake' | 'unseen' {
  const live = useLive();
  const direct = useStudio((view) => view.document?.mode === 'direct');
  const shown = useStudio((view) => view.document?.onAir.scene === id);
  if (!shown) return 'unseen';
  if (!direct) return 'nextTake';
  return live ? 'onAir' : 'inProgramme';
}

/** What was just done: what the desk says lies under this sheet. */
function Said() {
  const desk = useDesk();
  return (
    <p role="status" className="min-w-0 flex-1 text-muted text-xs">
      {desk.saying?.words}
    </p>
  );
}
