import type { StudioSession } from '@streamus/client';
import type { TFunction } from 'i18next';
import type { Action } from './action.ts';

/** One's own devices, and the list of keys: what everybody in a studio can do. */
export function ownActions(
  session: StudioSession,
  t: TFunction<'keys'>,
  { openKeys, leave }: { readonly openKeys: () => void; readonly leave: () => void },
): Action[] {
  const { microphone, camera, screen } = session.store.getState();
  return [
    {
      id: 'talk',
      group: 'own',
      name: t('action.talk'),
      held: true,
      unavailable: microphone.on ? t('talkUnneeded') : null,
      run: () => void session.setMicrophone(true),
      release: () => void session.setMicrophone(false),
    },
    {
      id: 'mute',
      group: 'own',
      name: microphone.on ? t('action.mute') : t('action.unmute'),
      run: () => void session.setMicrophone(!microphone.on),
    },
    {
      id: 'camera',
      group: 'own',
      name: camera.on ? t('action.cameraOff') : t('action.cameraOn'),
      run: () => void session.setCamera(!camera.on),
    },
    {
      id: 'screen',
      group: 'own',
      name: screen.on ? t('action.unshare') : t('action.share'),
      run: () => void (screen.on ? session.stopScreen() : session.startScreen()),
    },
    { id: 'leave', group: 'own', name: t('action.leave'), run: leave },
    { id: 'keys', group: 'screen', name: t('action.keys'), run: openKeys },
  ];
}
