'use client';
import type { StudioView } from '@streamus/client';
import type { OutputState } from '@streamus/contracts';
import { type LayoutKind, type Overlay, type OwnLayout, type SourceId, sourcePerson } from '@streamus/studio';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { overlayTitle } from './overlays/overlay-draft.ts';
import { useStudioPlace } from './session-context.tsx';
import './overlays/strings.ts';

type Say =
  | { readonly key: 'live' | 'ended' | 'direct' | 'preview' }
  | { readonly key: 'onStage' | 'backstage'; readonly name: string }
  | { readonly key: 'layout'; readonly layout: LayoutKind | OwnLayout }
  | { readonly key: 'scene'; readonly name: string }
  | { readonly key: 'overlayShown' | 'overlayHidden'; readonly overlay: Overlay }
  | { readonly key: 'destinationLost'; readonly name: string; readonly state: OutputState };

/** What changed on air between two states of the studio, most important last. */
export function changesOnAir(before: StudioView, now: StudioView): Say[] {
  const said: Say[] = [];
  if (before.document !== null && now.document !== null) {
    const document = now.document;
    const [was, is] = [before.document.onAir, document.onAir];
    const scene = is.scene === null ? undefined : document.scenes[is.scene];
    if (document.mode !== before.document.mode) said.push({ key: document.mode });
    if (is.take !== was.take && scene !== undefined) said.push({ key: 'scene', name: scene.name });
    if (layoutId(is.layout) !== layoutId(was.layout)) said.push({ key: 'layout', layout: is.layout });
    const nameOf = (source: SourceId) => document.people[sourcePerson(source)]?.name ?? '';
    for (const source of is.stage) {
      if (!was.stage.includes(source)) said.push({ key: 'onStage', name: nameOf(source) });
    }
    said.push(...overlayChanges(was.overlays, is.overlays));
    for (const source of was.stage) {
      if (!is.stage.includes(source)) said.push({ key: 'backstage', name: nameOf(source) });
    }
  }
  for (const output of now.outputs) {
    const old = before.outputs.find((candidate) => candidate.id === output.id)?.health.state;
    const { state } = output.health;
    if (old !== undefined && old !== state && (state === 'backing-off' || state === 'failed')) {
      said.push({ key: 'destinationLost', name: output.name, state });
    }
  }
  if (before.stream?.status !== 'live' && now.stream?.status === 'live') said.push({ key: 'live' });
  if (before.stream?.status === 'live' && now.stream?.status !== 'live') said.push({ key: 'ended' });
  return said;
}

/** Overlays that came, and those that went without another one coming. */
function overlayChanges(was: readonly Overlay[], is: readonly Overlay[]): Say[] {
  const isIn = (list: readonly Overlay[], { id }: Overlay) => list.some((other) => other.id === id);
  const came = is.filter((overlay) => !isIn(was, overlay));
  const went = was.filter((overlay) => !isIn(is, overlay) && !came.some(({ kind }) => kind === overlay.kind));
  return [
    ...went.map((overlay) => ({ key: 'overlayHidden', overlay }) as const),
    ...came.map((overlay) => ({ key: 'overlayShown', overlay }) as const),
  ];
}

function layoutId(layout: LayoutKind | OwnLayout): string {
  return typeof layout === 'string' ? layout : layout.id;
}

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
          return t(`announce.${say.key}`, { name: say.name });
        case 'live':
        case 'ended':
        case 'direct':
        case 'preview':
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
