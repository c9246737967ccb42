import type { StudioSession } from '@streamus/client';
import type { Role } from '@streamus/studio';
import type { TFunction } from 'i18next';
import type { Desk } from '../desk.tsx';
import { directionActions } from '../direction/direction-actions.ts';
import { editActions } from '../edit/edit-actions.ts';
import { layoutActions } from '../layouts/layout-actions.ts';
import { toggleBanner } from '../overlays/toggle-banner.ts';
import { sceneActions } from '../scenes/scene-actions.ts';
import type { Action } from './action.ts';
import { ownActions } from './own-actions.ts';

/** What an action of host and co-host needs to do its work. */
export interface DeskContext {
  readonly session: StudioSession;
  readonly studioId: string;
  readonly role: Role;
  readonly desk: Desk;
  readonly t: TFunction<'direction'>;
  readonly keysWords: TFunction<'keys'>;
  readonly studioWords: TFunction<'studio'>;
}

/** Everything that can be done at the desk: hotkeys, palette and the list of keys show the same. */
export function deskActions(context: DeskContext): Action[] {
  return [
    ...directionActions(context),
    ...sceneActions(context),
    ...layoutActions(context),
    ...editActions(context),
    ...ownActions(context.session, context.keysWords, () => context.desk.open({ kind: 'keys' })),
    bannerAction(context),
    ...screenActions(context),
  ];
}

function bannerAction({ session, studioId, t }: DeskContext): Action {
  const { document } = session.store.getState();
  const none = document === null || !Object.values(document.overlays).some(({ kind }) => kind === 'banner');
  return {
    id: 'banner',
    group: 'show',
    name: t('banner.toggle'),
    unavailable: none ? t('banner.none') : null,
    run: () => toggleBanner(session, studioId),
  };
}

function screenActions({ session, role, desk, keysWords, studioWords }: DeskContext): Action[] {
  const live = session.store.getState().stream?.status === 'live';
  return [
    {
      id: 'go-live',
      group: 'show',
      name: live ? studioWords('live.manage') : studioWords('live.go'),
      unavailable: role === 'host' ? null : studioWords('live.onlyHost'),
      run: () => desk.open({ kind: 'go-live' }),
    },
    {
      id: 'palette',
      group: 'screen',
      name: keysWords('action.palette'),
      run: () => desk.open({ kind: 'palette' }),
    },
    {
      id: 'toggle-scenes',
      group: 'screen',
      name: desk.scenesOpen ? keysWords('action.hideScenes') : keysWords('action.showScenes'),
      run: desk.toggleScenes,
    },
    {
      id: 'toggle-panel',
      group: 'screen',
      name: desk.panelOpen ? studioWords('panel.hide') : studioWords('panel.show'),
      run: desk.togglePanel,
    },
  ];
}
