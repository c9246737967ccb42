import type { StudioSession } from '@streamus/client';
import { type StudioDocument, sceneInEdit, transitionSchema } from '@streamus/studio';
import type { TFunction } from 'i18next';
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
    ...transitionActions(session, document, t),
  ];
}

/** How the scene in edit comes: in its own way where it has one, else as all scenes do. */
function transitionActions(
  session: StudioSession,
  document: StudioDocument,
  t: TFunction<'direction'>,
): Action[] {
  const { id, transition: own } = sceneInEdit(document);
  const current = own ?? document.transition;
  return transitionSchema.shape.kind.options.map((kind) => ({
    id: `transition-${kind}`,
    group: 'show',
    name: t('transition.button', { transition: t(`transition.kinds.${kind}`) }),
    unavailable: kind === current.kind ? t('transition.current') : null,
    run: () => {
      const transition = { ...current, kind };
      void session.command(
        own === null
          ? { type: 'set-transition', transition }
          : { type: 'set-scene-transition', scene: id, transition },
      );
    },
  }));
}
