import { SCENES_LIMIT, sceneInEdit, scenesInOrder } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { changeScenes, whyNotDelete } from './change-scenes.ts';

export function sceneActions({ session, t, desk }: DeskContext): Action[] {
  const { document } = session.store.getState();
  if (document === null) return [];
  const changes = changeScenes(session, t, desk);
  const inEdit = sceneInEdit(document);
  const full = document.sceneOrder.length >= SCENES_LIMIT ? t('scenes.full', { count: SCENES_LIMIT }) : null;
  return [
    ...scenesInOrder(document).map(
      (scene, index): Action => ({
        id: `scene-${index + 1}`,
        group: 'scenes',
        name: t('scenes.select', { name: scene.name }),
        run: () => changes.select(scene.id),
      }),
    ),
    { id: 'add-scene', group: 'scenes', name: t('scenes.add'), unavailable: full, run: changes.add },
    {
      id: 'duplicate-scene',
      group: 'scenes',
      name: t('scenes.duplicateNamed', { name: inEdit.name }),
      unavailable: full,
      run: () => changes.duplicate(inEdit),
    },
    {
      id: 'rename-scene',
      group: 'scenes',
      name: t('scenes.renameNamed', { name: inEdit.name }),
      run: () => desk.rename(inEdit.id),
    },
    {
      id: 'scene-sheet',
      group: 'scenes',
      name: t('sceneSheet.openNamed', { name: inEdit.name }),
      run: () => desk.open({ kind: 'scene', scene: inEdit.id }),
    },
    ...(['up', 'down'] as const).map((way): Action => {
      const index = document.sceneOrder.indexOf(inEdit.id) + (way === 'up' ? -1 : 1);
      const end = index < 0 || index >= document.sceneOrder.length;
      return {
        id: `scene-${way}`,
        group: 'scenes',
        name: t(way === 'up' ? 'scenes.upNamed' : 'scenes.downNamed', { name: inEdit.name }),
        unavailable: end ? t(way === 'up' ? 'scenes.isFirst' : 'scenes.isLast') : null,
        run: () => changes.move(inEdit, index),
      };
    }),
    {
      id: 'delete-scene',
      group: 'scenes',
      name: t('scenes.deleteNamed', { name: inEdit.name }),
      unavailable: whyNotDelete(document, inEdit.id, t),
      run: () => changes.remove(inEdit),
    },
  ];
}
