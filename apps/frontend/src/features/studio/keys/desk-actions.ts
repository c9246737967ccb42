import type { StudioSession } from '@streamus/client';
import type { BrandKitView } from '@streamus/contracts';
import type { Role } from '@streamus/studio';
import type { TFunction } from 'i18next';
import { brandActions } from '../brand/brand-actions.ts';
import { type Desk, panelTabSchema } from '../desk.tsx';
import { directionActions } from '../direction/direction-actions.ts';
import { editActions } from '../edit/edit-actions.ts';
import { aspectActions } from '../layouts/aspect-actions.ts';
import { layoutActions } from '../layouts/layout-actions.ts';
import { overlayActions } from '../overlays/overlay-actions.ts';
import { peopleActions } from '../people/people-actions.ts';
import { sceneActions } from '../scenes/scene-actions.ts';
import type { Action } from './action.ts';
import { ownActions } from './own-actions.ts';

/** What an action of host and co-host needs to do its work. */
export interface DeskContext {
  readonly session: StudioSession;
  readonly studioId: string;
  readonly role: Role;
  readonly desk: Desk;
  readonly leave: () => void;
  readonly t: TFunction<'direction'>;
  readonly keysWords: TFunction<'keys'>;
  readonly studioWords: TFunction<'studio'>;
  readonly overlayWords: TFunction<'overlays'>;
  readonly brandWords: TFunction<'brand'>;
  /** Those that have been read. */
  readonly kits: readonly BrandKitView[];
}

/** Everything that can be done at the desk: hotkeys, palette and the list of keys show the same. */
export function deskActions(context: DeskContext): Action[] {
  return [
    ...streamActions(context),
    ...directionActions(context),
    ...sceneActions(context),
    ...layoutActions(context),
    ...aspectActions(context),
    ...peopleActions(context),
    ...overlayActions(context),
    ...brandActions(context),
    ...editActions(context),
    ...ownActions(context.session, context.keysWords, {
      openKeys: () => context.desk.open({ kind: 'keys' }),
      leave: context.leave,
    }),
    ...screenActions(context),
  ];
}

function streamActions({ session, role, desk, keysWords, studioWords }: DeskContext): Action[] {
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
      id: 'end-stream',
      group: 'show',
      name: keysWords('action.endStream'),
      unavailable:
        role !== 'host' ? studioWords('live.onlyHostEnds') : live ? null : studioWords('live.notLive'),
      run: () => desk.askEnd(true),
    },
  ];
}

function screenActions({ desk, keysWords, studioWords }: DeskContext): Action[] {
  return [
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
    ...panelTabSchema.options.map(
      (tab): Action => ({
        id: `tab-${tab}`,
        group: 'screen',
        name: keysWords(`action.tab.${tab}`),
        run: () => desk.openTab(tab),
      }),
    ),
  ];
}
