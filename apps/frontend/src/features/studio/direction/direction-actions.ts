import { sceneInEdit } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';

export function directionActions({ session, t }: DeskContext): Action[] {
  const { document } = session.store.getState();
  if (document === null) return [];
  const direct = document.mode === 'direct';
  const { followSpeaker, spotlight } = sceneInEdit(document);
  return [
    {
      id: 'take',
      group: 'show',
      name: t('take.takeNamed', { name: sceneInEdit(document).name }),
      unavailable: direct ? t('take.direct') : null,
      run: () => void session.command({ type: 'take', scene: document.scene }),
    },
    {
      id: 'preview-mode',
      group: 'show',
      name: direct ? t('mode.toPreview') : t('mode.toDirect'),
      run: () => void session.command({ type: 'set-mode', mode: direct ? 'preview' : 'direct' }),
    },
    {
      id: 'follow-speaker',
      group: 'show',
      name: followSpeaker ? t('follow.stop') : t('follow.start'),
      run: () =>
        void session.command({ type: 'set-follow-speaker', follow: !followSpeaker, scene: document.scene }),
    },
    ...(spotlight === null
      ? []
      : [
          {
            id: 'end-spotlight',
            group: 'show' as const,
            name: t('spotlight.end'),
            run: () => void session.command({ type: 'set-spotlight', source: null, scene: document.scene }),
          },
        ]),
  ];
}
