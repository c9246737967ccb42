'use client';
import { OVERLAYS_LIMIT, type OverlayId, type OverlayKind, overlayIdSchema } from '@streamus/studio';
import { Button, Menu, MenuItem, TextField } from '@streamus/ui';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../session-context.tsx';
import { DeletedOverlays } from './deleted-overlays.tsx';
import { NewOverlay } from './new-overlay.tsx';
import { newDraft, overlayKinds, overlayTitle } from './overlay-draft.ts';
import { OverlayIcon } from './overlay-icon.tsx';
import { OverlayRow } from './overlay-row.tsx';
import { SafeAreasSwitch } from './safe-areas.tsx';
import { useDrafts } from './use-drafts.ts';
import { useOverlays } from './use-overlays.ts';
import { useReorder } from './use-reorder.ts';
import './strings.ts';

/** So many fit on the screen; more want to be searched. */
const SEARCH_FROM = 8;

/** Everything that can be laid over the pictures: made, changed, ordered, shown and hidden here. */
export function OverlaysPanel() {
  const { t } = useTranslation('overlays');
  const all = useStudio((view) => view.document?.overlays ?? null);
  const order = useStudio((view) => view.document?.overlayOrder ?? null);
  const overlays = useOverlays();
  const drafts = useDrafts();
  const [search, setSearch] = useState('');
  const [moved, setMoved] = useState('');

  // Uppermost first, as layers lie.
  const listed = useMemo(() => [...(order ?? [])].reverse(), [order]);
  const ids = useMemo(() => {
    const wanted = search.trim().toLocaleLowerCase();
    return listed.filter((id) => {
      const overlay = all?.[id];
      return overlay !== undefined && overlayTitle(overlay).toLocaleLowerCase().includes(wanted);
    });
  }, [listed, all, search]);

  function move(id: string, index: number) {
    const neighbour = ids.filter((other) => other !== id)[index];
    // Among all of them: before the one that will follow in the list, else last.
    const rest = listed.filter((other) => other !== id);
    const place = neighbour === undefined ? rest.length : rest.indexOf(neighbour);
    void overlays.move(overlayIdSchema.parse(id), rest.length - place);
    setMoved(t('moved', { position: index + 1, count: ids.length }));
  }
  const reorder = useReorder(ids, move);

  function begin(kind: OverlayKind) {
    const id = overlayIdSchema.parse(crypto.randomUUID());
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    drafts.begin(newDraft(kind, { id, timeZone }));
  }

  // A new one, and one whose overlay somebody has deleted while it was being changed.
  const homeless = drafts.drafts.filter(({ draft }) => all?.[draft.id] === undefined);
  const full = listed.length >= OVERLAYS_LIMIT;
  return (
    <div className="flex flex-col gap-4">
      <p aria-live="polite" className="sr-only">
        {moved}
      </p>
      {listed.length === 0 && homeless.length === 0 ? (
        <KindChoice onChoose={begin} />
      ) : (
        <AddMenu onChoose={begin} full={full} />
      )}
      {homeless.map(({ draft, isNew }) => (
        <NewOverlay
          key={draft.id}
          draft={draft}
          isNew={isNew}
          overlays={overlays}
          onWrite={(next) => drafts.write(next, isNew)}
          onClose={() => drafts.forget(draft.id)}
        />
      ))}
      <DeletedOverlays overlays={overlays} />
      {listed.length >= SEARCH_FROM && (
        <TextField
          label={t('search')}
          quiet
          type="search"
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      {listed.length > 0 && (
        <ol ref={reorder.list} aria-label={t('list')} className="-mx-1 flex flex-col gap-2">
          {ids.map((id, index) => (
            <OverlayRow
              key={id}
              id={id}
              position={index}
              count={ids.length}
              overlays={overlays}
              drafts={drafts}
              drag={dropLine(reorder.drag, ids, id)}
              handle={reorder.handle(id)}
              row={reorder.row(id)}
              onMove={(to) => move(id, to)}
            />
          ))}
        </ol>
      )}
      {listed.length > 0 && ids.length === 0 && <p className="text-muted text-xs">{t('nothingFound')}</p>}
      <SafeAreasSwitch />
    </div>
  );
}

/** Where a row shows the line that says: it will land here. */
function dropLine(
  drag: { readonly id: string; readonly index: number } | null,
  ids: readonly OverlayId[],
  id: OverlayId,
): 'dragged' | 'before' | 'after' | null {
  if (drag === null) return null;
  if (drag.id === id) return 'dragged';
  const others = ids.filter((other) => other !== drag.id);
  if (ids[drag.index] === drag.id) return null;
  if (others[drag.index] === id) return 'before';
  return drag.index >= others.length && others.at(-1) === id ? 'after' : null;
}

function AddMenu({ onChoose, full }: { onChoose: (kind: OverlayKind) => void; full: boolean }) {
  const { t } = useTranslation('overlays');
  return (
    <div className="flex flex-col gap-1.5">
      <Menu
        align="start"
        trigger={
          <Button tone="accent" disabled={full}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        }
      >
        {overlayKinds.map((kind) => (
          <MenuItem key={kind} icon={<OverlayIcon kind={kind} />} onClick={() => onChoose(kind)}>
            {t(`kind.${kind}`)}
          </MenuItem>
        ))}
      </Menu>
      {full && <p className="text-muted text-xs">{t('full')}</p>}
    </div>
  );
}

/** The first visit: what there is, and what each is for. */
function KindChoice({ onChoose }: { onChoose: (kind: OverlayKind) => void }) {
  const { t } = useTranslation('overlays');
  return (
    <section aria-label={t('add')} className="flex flex-col gap-3">
      <p className="text-muted text-sm">{t('empty')}</p>
      <ul className="flex flex-col gap-1.5">
        {overlayKinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              onClick={() => onChoose(kind)}
              className="touch-target flex w-full items-center gap-3 rounded-lg bg-raised px-3 py-2 text-left hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-accent-ink"
            >
              <OverlayIcon kind={kind} />
              <span>
                <span className="block font-medium text-sm">{t(`kind.${kind}`)}</span>
                <span className="block text-muted text-xs">{t(`about.${kind}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
