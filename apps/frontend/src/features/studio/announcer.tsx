'use client';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changesOnAir, type Say } from './changes-on-air.ts';
import { overlayTitle } from './overlays/overlay-draft.ts';
import { useStudioPlace } from './session-context.tsx';
import './overlays/strings.ts';

/** Says what changes on air to people who do not see it. */
export function Announcer() {
  const { t } = useTranslation(['studio', 'overlays']);
  const { session } = useStudioPlace();
  const [text, setText] = useState('');
  const sentence = useCallback(
    (say: Say): string => {
      switch (say.key) {
        case 'layout': {
          const { layout } = say;
          return t('announce.layout', {
            layout: typeof layout === 'string' ? t(`layout.${layout}`) : layout.name,
          });
        }
        case 'destinationLost':
          return t('announce.destinationLost', { name: say.name, state: t(`output.state.${say.state}`) });
        case 'overlayShown':
        case 'overlayHidden':
          return t(say.key === 'overlayShown' ? 'announce.shown' : 'announce.hidden', {
            ns: 'overlays',
            kind: t(`kind.${say.overlay.kind}`, { ns: 'overlays' }),
            name: overlayTitle(say.overlay),
          });
        case 'scene':
          return t('announce.scene', { name: say.name });
        case 'onStage':
        case 'backstage':
        case 'spotlight':
        case 'destinationBack':
          return t(`announce.${say.key}`, { name: say.name });
        case 'live':
        case 'ended':
        case 'direct':
        case 'preview':
        case 'spotlightEnded':
          return t(`announce.${say.key}`);
      }
    },
    [t],
  );
  useEffect(
    () =>
      session.store.subscribe((now, before) => {
        const words = changesOnAir(before, now).map(sentence);
        if (words.length > 0) setText(words.join(' '));
      }),
    [session, sentence],
  );
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
