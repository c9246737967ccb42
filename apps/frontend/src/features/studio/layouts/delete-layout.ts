import type { StudioSession } from '@streamus/client';
import { type LayoutId, type OwnLayout, type StudioDocument, sceneInEdit } from '@streamus/studio';
import type { TFunction } from 'i18next';
import type { Desk } from '../desk.tsx';

/** Why a layout cannot be deleted now; null: it can. */
export function whyNotDeleteLayout(
  document: StudioDocument,
  id: LayoutId,
  t: TFunction<'direction'>,
): string | null {
  const { layout } = sceneInEdit(document);
  const used = typeof layout !== 'string' && layout.layout === id;
  return document.mode === 'direct' && used ? t('layouts.onAirKept') : null;
}

/** Deletes one of the studio's own layouts, with its way back. */
export function deleteLayout(
  session: StudioSession,
  { id, name }: Pick<OwnLayout, 'id' | 'name'>,
  t: TFunction<'direction'>,
  desk: Pick<Desk, 'say'>,
): void {
  void session.command({ type: 'delete-layout', layout: id }).then((outcome) => {
    if (outcome.ok) desk.say(t('layouts.deleted', { name }), true);
  });
}
