import { LAYOUTS_LIMIT, sceneInEdit } from '@streamus/studio';
import type { Action } from '../keys/action.ts';
import type { DeskContext } from '../keys/desk-actions.ts';
import { deleteLayout, whyNotDeleteLayout } from './delete-layout.ts';
import { entryIdOf, layoutEntries } from './layout-list.ts';

export function layoutActions({ session, t, studioWords, desk }: DeskContext): Action[] {
  const { document } = session.store.getState();
  if (document === null) return [];
  const current = entryIdOf(sceneInEdit(document).layout);
  const choose = layoutEntries(document).map(
    (entry, index): Action => ({
      id: `layout-${index + 1}`,
      group: 'layouts',
      name: t('layouts.choose', {
        name: entry.own === null ? studioWords(`layout.${entry.choice}`) : entry.own.name,
      }),
      unavailable: entry.id === current ? t('layouts.current') : null,
      run: () => void session.command({ type: 'set-layout', layout: entry.choice, scene: document.scene }),
    }),
  );
  const own = layoutEntries(document).flatMap((entry) => entry.own ?? []);
  return [
    ...choose,
    {
      id: 'new-layout',
      group: 'layouts',
      name: t('layouts.new'),
      unavailable: own.length >= LAYOUTS_LIMIT ? t('layouts.full', { count: LAYOUTS_LIMIT }) : null,
      run: () => desk.open({ kind: 'layout', layout: null }),
    },
    ...own.map(
      ({ id, name }): Action => ({
        id: `edit-layout-${id}`,
        unlisted: true,
        group: 'layouts',
        name: t('layouts.edit', { name }),
        run: () => desk.open({ kind: 'layout', layout: id }),
      }),
    ),
    ...own.map(
      ({ id, name }): Action => ({
        id: `delete-layout-${id}`,
        unlisted: true,
        group: 'layouts',
        name: t('layouts.delete', { name }),
        unavailable: whyNotDeleteLayout(document, id, t),
        run: () => deleteLayout(session, { id, name }, t, desk),
      }),
    ),
  ];
}
