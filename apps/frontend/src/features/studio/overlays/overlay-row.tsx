'use client';
import type { Overlay, OverlayId } from '@streamus/studio';
import { Button, cn } from '@streamus/ui';
import { GripVertical, Pencil } from 'lucide-react';
import type { HTMLAttributes } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { useLive, useStudio, useStudioPlace } from '../session-context.tsx';
import { CountdownControl } from './countdown-control.tsx';
import { checkDraft, overlayTitle } from './overlay-draft.ts';
import { OverlayForm } from './overlay-form.tsx';
import { OverlayIcon } from './overlay-icon.tsx';
import { OverlayMenu } from './overlay-menu.tsx';
import { ShowButtons } from './show-buttons.tsx';
import type { DraftsHold } from './use-drafts.ts';
import type { Overlays } from './use-overlays.ts';
import { type Whereabouts, whereShown } from './where-shown.ts';

export interface OverlayRowProps {
  readonly id: OverlayId;
  readonly position: number;
  readonly count: number;
  readonly overlays: Overlays;
  readonly drafts: DraftsHold;
  readonly drag: 'dragged' | 'before' | 'after' | null;
  readonly handle: HTMLAttributes<HTMLElement>;
  readonly row: HTMLAttributes<HTMLElement>;
  readonly onMove: (index: number) => void;
}

/** One overlay: what it says, where it is seen, and its form when it is open. */
export function OverlayRow(props: OverlayRowProps) {
  const { t } = useTranslation('overlays');
  const { id, overlays, drafts } = props;
  const overlay = useStudio((view) => view.document?.overlays[id] ?? null);
  const place = useWhereabouts(overlay);
  if (overlay === null || place === null) return null;
  const name = overlayTitle(overlay) || t(`kind.${overlay.kind}`);
  const open = drafts.open === id;
  const unsaved = drafts.of(id) !== null;
  return (
    <li
      {...props.row}
      className={cn(
        'relative flex flex-col gap-2 rounded-xl border p-2 pl-1',
        props.drag === 'dragged' && 'opacity-50',
        props.drag === 'before' &&
          'before:absolute before:inset-x-0 before:-top-1.5 before:h-0.5 before:bg-accent-ink',
        props.drag === 'after' &&
          'after:absolute after:inset-x-0 after:-bottom-1.5 after:h-0.5 after:bg-accent-ink',
      )}
    >
      <div className="flex items-center gap-1">
        <button
          {...props.handle}
          type="button"
          aria-label={t('handle', { name })}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title={t('handleHint')}
          className="touch-target flex h-9 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-muted hover:text-ink active:cursor-grabbing"
        >
          <GripVertical aria-hidden className="size-4" />
        </button>
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-1.5 font-medium text-sm [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-muted">
            <OverlayIcon kind={overlay.kind} />
            <bdi className="truncate" title={name}>
              {name}
            </bdi>
          </p>
          <StateWords place={place} unsaved={unsaved} kind={t(`kind.${overlay.kind}`)} />
        </div>
        <Button
          tone="ghost"
          size="icon-sm"
          aria-label={t('edit', { name })}
          aria-expanded={open}
          title={t('edit', { name })}
          onClick={() => drafts.toggle(id)}
        >
          <Pencil aria-hidden />
        </Button>
        <OverlayMenu {...props} overlay={overlay} name={name} />
      </div>
      <div className="flex flex-wrap gap-1.5 pl-7">
        <ShowButtons overlay={overlay} name={name} place={place} overlays={overlays} />
        {overlay.kind === 'countdown' && <CountdownControl overlay={overlay} overlays={overlays} />}
      </div>
      {overlays.refused?.id === id && !open && (
        <p role="alert" className="pl-7 text-live-ink text-xs">
          {errorText(overlays.refused.code)}
        </p>
      )}
      {open && <EditOverlay overlay={overlay} overlays={overlays} drafts={drafts} />}
    </li>
  );
}

function useWhereabouts(overlay: Overlay | null): Whereabouts | null {
  return useStudio((view) =>
    view.document === null || overlay === null ? null : whereShown(view.document, overlay),
  );
}

/** Kind, and where it is seen; red when the audience sees it. */
function StateWords(props: { place: Whereabouts; unsaved: boolean; kind: string }) {
  const { t } = useTranslation('overlays');
  const live = useLive();
  const { state } = props.place;
  const onAir = state === 'on-air' || state === 'on-air-before';
  const words = onAir && !live ? t(`state.programme-${state}`) : t(`state.${state}`);
  return (
    <p className="text-muted text-xs">
      {props.kind}
      {' · '}
      <span className={cn(onAir && (live ? 'font-semibold text-live-ink' : 'text-accent-ink'))}>{words}</span>
      {props.unsaved && <span className="text-warn">{` · ${t('unsaved')}`}</span>}
    </p>
  );
}

function EditOverlay(props: { overlay: Overlay; overlays: Overlays; drafts: DraftsHold }) {
  const { t } = useTranslation('overlays');
  const { session } = useStudioPlace();
  const { overlay, overlays, drafts } = props;
  const kept = drafts.of(overlay.id);
  // What became something else meanwhile cannot take what was written for it.
  const draft = kept?.kind === overlay.kind ? kept : overlay;

  async function save() {
    const checked = checkDraft(draft);
    const now = session.store.getState().document?.overlays[overlay.id];
    if (!('overlay' in checked) || now === undefined) return;
    if (await overlays.save(now, checked.overlay)) drafts.forget(overlay.id);
  }

  return (
    <div className="mt-1 border-t pt-3 pr-1 pl-2">
      <OverlayForm
        draft={draft}
        onWrite={(next) => drafts.write(next, false)}
        onSave={() => void save()}
        failure={overlays.refused?.id === overlay.id ? errorText(overlays.refused.code) : null}
        actions={() => (
          <>
            <Button type="submit" tone="accent" size="sm">
              {t('save', { ns: 'common' })}
            </Button>
            <Button size="sm" tone="ghost" onClick={() => drafts.forget(overlay.id)}>
              {t('cancel', { ns: 'common' })}
            </Button>
          </>
        )}
      />
    </div>
  );
}
