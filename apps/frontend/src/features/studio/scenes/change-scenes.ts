import type { StudioSession } from '@streamus/client';
import { type Scene, type SceneId, sceneIdSchema, sceneInEdit, scenesInOrder } from '@streamus/studio';
import type { TFunction } from 'i18next';
import type { Desk } from '../desk.tsx';
import { copiedSceneName, newSceneName } from './scene-names.ts';

/** What a list of scenes and the palette do alike. */
export interface SceneChanges {
  select(scene: SceneId): void;
  /** Adds a scene with the layout of the one in edit; in preview mode it comes into edit at once. */
  add(): void;
  duplicate(scene: Scene): void;
  remove(scene: Scene): void;
  move(scene: Scene, index: number): void;
}

export function changeScenes(
  session: StudioSession,
  t: TFunction<'direction'>,
  desk: Pick<Desk, 'say' | 'rename'>,
): SceneChanges {
  const newId = () => sceneIdSchema.parse(crypto.randomUUID());
  const select = (scene: SceneId) => void session.command({ type: 'select-scene', scene });
  /** What is made has its name written next; nothing on air changes for it. */
  const made = (id: SceneId) => {
    if (session.store.getState().document?.mode === 'preview') select(id);
    desk.rename(id);
  };
  return {
    select,
    add() {
      const { document } = session.store.getState();
      if (document === null) return;
      const id = newId();
      const name = newSceneName(t('scenes.scene'), scenesInOrder(document));
      void session.command({ type: 'add-scene', id, name, layout: sceneInEdit(document).layout });
      made(id);
    },
    duplicate({ id, name }) {
      const { document } = session.store.getState();
      if (document === null) return;
      const copy = newId();
      const named = copiedSceneName(name, scenesInOrder(document));
      void session.command({ type: 'duplicate-scene', scene: id, copy, name: named });
      made(copy);
    },
    remove({ id, name }) {
      void session.command({ type: 'delete-scene', scene: id }).then((outcome) => {
        if (outcome.ok) desk.say(t('scenes.deleted', { name }), true);
      });
    },
    move({ id, name }, index) {
      const count = session.store.getState().document?.sceneOrder.length ?? 0;
      void session.command({ type: 'move-scene', scene: id, index });
      desk.say(t('scenes.moved', { name, place: index + 1, count }));
    },
  };
}

/** Why a scene cannot be deleted now; null: it can. */
export function whyNotDelete(
  document: { mode: 'direct' | 'preview'; scene: SceneId; sceneOrder: readonly SceneId[] },
  scene: SceneId,
  t: TFunction<'direction'>,
): string | null {
  if (document.sceneOrder.length === 1) return t('scenes.last');
  return document.mode === 'direct' && document.scene === scene ? t('scenes.onAirKept') : null;
}
