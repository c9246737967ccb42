'use client';
import { brandFonts } from '@streamus/fonts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changesOnAir, type Say } from './changes-on-air.ts';
import { overlayTitle } from './overlays/overlay-draft.ts';
import { useStudioPlace } from './session-context.tsx';
import './overlays/strings.ts';

/** A colour on its way through a picker is said once; the same sentence later is said again. */
const SAME_MS = 3000;

/** Says what changes on air to people who do not see it. */
export function Announcer() {
  const { session } = useStudioPlace();
  const sentence = useSentence();
  const [said, setSaid] = useState({ text: '', turn: 0 });
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(
    () =>
      session.store.subscribe((now, before) => {
        const text = changesOnAir(before, now).map(sentence).join(' ');
        if (text === '') return;
        const at = performance.now();
        const again = at - lastAt.current > SAME_MS;
        lastAt.current = at;
        setSaid((last) => (last.text === text && !again ? last : { text, turn: last.turn + 1 }));
      }),
    [session, sentence],
  );
  return (
    <p aria-live="polite" className="sr-only">
      <span key={said.turn}>{said.text}</span>
    </p>
  );
}

function useSentence(): (say: Say) => string {
  const { t } = useTranslation(['studio', 'overlays']);
  return useCallback(
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
        case 'overlayChanged':
        case 'countdownStarted':
        case 'countdownReset': {
          const kind = t(`kind.${say.overlay.kind}`, { ns: 'overlays' });
          const name = overlayTitle(say.overlay) || kind;
          return t(`announce.${say.key}`, { ns: 'overlays', kind, name });
        }
        case 'stageOrder':
          return t('announce.stageOrder', { names: say.names.join(', ') });
        case 'theme':
          return t('announce.theme', { theme: t(`brand.themes.${say.theme}`) });
        case 'font': {
          const family = brandFonts.find(({ id }) => id === say.font)?.family;
          return t('announce.font', { font: family ?? t('brand.systemFont') });
        }
        case 'nameTagStyle':
          return t('announce.nameTagStyle', { style: t(`brand.nameTagStyles.${say.style}`) });
        case 'backgroundColour':
          return t('announce.backgroundColour', { colour: say.colour });
        case 'scene':
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
        case 'followsSpeaker':
        case 'followsNobody':
        case 'logoShown':
        case 'logoHidden':
        case 'logoChanged':
        case 'colours':
        case 'backgroundImage':
        case 'nameTagsShown':
        case 'nameTagsHidden':
          return t(`announce.${say.key}`);
      }
    },
    [t],
  );
}
