import { type Overlay, type StudioDocument, sceneInEdit } from '@streamus/studio';
import { type Action, atPlace } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { overlayTitle } from './overlay-draft.ts';
import { safeAreasShown, setSafeAreas } from './safe-areas.tsx';
import { rememberBanner, toggleBanner } from './toggle-banner.ts';

/** Each overlay on and off, uppermost first as the panel lists them; the banner's own key; safe areas. */
export function overlayActions(context: DeskContext): Action[] {
  const { document } = context.session.store.getState();
  if (document === null) return [];
  const listed = [...document.overlayOrder].reverse().flatMap((id) => document.overlays[id] ?? []);
  const countdowns = listed.flatMap((overlay) => (overlay.kind === 'countdown' ? overlay : []));
  return [
    bannerAction(context, document),
    ...listed.flatMap((overlay, index) => showActions(context, document, overlay, index)),
    ...countdowns.map((countdown, index) => countdownAction(context, countdown, index)),
    safeAreasAction(context),
  ];
}

function bannerAction({ session, studioId, t }: DeskContext, { overlays }: StudioDocument): Action {
  const none = !Object.values(overlays).some(({ kind }) => kind === 'banner');
  return {
    id: 'banner',
    group: 'show',
    name: t('banner.toggle'),
    unavailable: none ? t('banner.none') : null,
    run: () => toggleBanner(session, studioId),
  };
}

function showActions(
  { session, studioId, overlayWords }: DeskContext,
  document: StudioDocument,
  overlay: Overlay,
  index: number,
): Action[] {
  const { id } = overlay;
  const everywhere = document.shownEverywhere.includes(id);
  const kind = overlayWords(`kind.${overlay.kind}`);
  const words = { kind, name: overlayTitle(overlay) || kind };
  const note = () => {
    if (overlay.kind === 'banner') rememberBanner(studioId, id);
  };
  const on = everywhere || sceneInEdit(document).shown.includes(id);
  const toggle: Action = {
    ...atPlace('overlay', index),
    group: 'overlays',
    name: overlayWords(on ? 'action.hide' : 'action.show', words),
    run: () => {
      note();
      void session.command(
        on
          ? { type: 'hide-overlay', overlay: id }
          : { type: 'show-overlay', overlay: id, where: 'scene', scene: document.scene },
      );
    },
  };
  if (document.sceneOrder.length === 1) return [toggle];
  const all: Action = {
    ...atPlace('overlay-everywhere', index),
    unlisted: true,
    group: 'overlays',
    name: overlayWords(everywhere ? 'action.hideEverywhere' : 'action.showEverywhere', words),
    run: () => {
      note();
      const type = everywhere ? 'hide-overlay' : 'show-overlay';
      void session.command({ type, overlay: id, where: 'everywhere' });
    },
  };
  return [toggle, all];
}

function countdownAction(
  { session, overlayWords }: DeskContext,
  overlay: Extract<Overlay, { kind: 'countdown' }>,
  index: number,
): Action {
  const { end } = overlay;
  const words = { name: overlayTitle(overlay) || overlayWords('kind.countdown') };
  const running = end.kind === 'duration' && end.startedAt !== null;
  return {
    ...atPlace('countdown', index),
    group: 'overlays',
    name: overlayWords(running ? 'action.resetCountdown' : 'action.startCountdown', words),
    unavailable: end.kind === 'instant' ? overlayWords('countdown.byItself') : null,
    run: () =>
      void session.command({ type: running ? 'reset-countdown' : 'start-countdown', overlay: overlay.id }),
  };
}

function safeAreasAction({ overlayWords }: DeskContext): Action {
  const shown = safeAreasShown();
  return {
    id: 'safe-areas',
    group: 'screen',
    name: overlayWords(shown ? 'action.hideSafeAreas' : 'action.showSafeAreas'),
    run: () => setSafeAreas(!shown),
  };
}
