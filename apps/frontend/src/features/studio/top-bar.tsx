'use client';
import { Button, cn, Mark, Tooltip } from '@streamus/ui';
import { PanelLeft, PanelRight, Plus, Radio } from 'lucide-react';
import Link from 'next/link';
import { useTranslation } from 'react-i18next';
import { clock, dayAndTime } from '@/lib/times.ts';
import { useNow } from '@/lib/use-now.ts';
import { useDesk } from './desk.tsx';
import { EndStream } from './go-live/end-stream.tsx';
import { OutputBadge } from './go-live/output-badge.tsx';
import { useHotkey } from './keys/keys-context.tsx';
import { useRole, useStudio, useStudioName } from './session-context.tsx';

/** Title, state and destinations; red from edge to edge while on air. */
export function TopBar() {
  const { t } = useTranslation('studio');
  const desk = useDesk();
  const goLive = useHotkey('go-live');
  const openSheet = () => desk.open({ kind: 'go-live' });
  const studioName = useStudioName();
  const live = useStudio((view) => view.stream?.status === 'live');
  const title = useStudio((view) => view.stream?.title ?? null);
  const host = useRole() === 'host';
  const quiet = live ? 'text-on-live hover:bg-live-hover hover:text-on-live' : '';
  return (
    <header
      className={cn(
        'flex h-14 shrink-0 items-center gap-3 px-3 transition-colors duration-200',
        live ? 'bg-live text-on-live' : 'border-b bg-panel',
      )}
    >
      <Tooltip text={t('dashboard')} side="bottom">
        <Link
          href="/dashboard"
          aria-label={t('dashboard')}
          className={cn(
            'flex size-9 items-center justify-center rounded-lg',
            live ? 'hover:bg-live-hover' : 'hover:bg-raised',
          )}
        >
          <Mark className={live ? '[--accent:#fff2]' : ''} />
        </Link>
      </Tooltip>
      <PanelToggle side="left" className={quiet} />
      {live ? <OnAirClock /> : null}
      <div className="min-w-0 max-w-[36%] shrink">
        <p className="truncate font-semibold text-sm">{title ?? studioName}</p>
        {!live && <StreamState />}
      </div>
      <OutputBadges live={live} onAdd={host ? openSheet : null} />
      <div className="ml-auto flex items-center gap-2">
        {live && host && <EndStream />}
        {!live && host && (
          <Button tone="live" onClick={openSheet} aria-keyshortcuts={goLive.aria}>
            <Radio aria-hidden />
            {t('live.go')}
          </Button>
        )}
        {!live && !host && <span className="text-muted text-xs">{t('live.onlyHost')}</span>}
        <PanelToggle side="right" className={quiet} />
      </div>
    </header>
  );
}

/** Shows or hides the scenes at the left, the panels at the right. */
function PanelToggle({ side, className }: { side: 'left' | 'right'; className: string }) {
  const { t } = useTranslation('studio');
  const desk = useDesk();
  const hotkey = useHotkey(side === 'left' ? 'toggle-scenes' : 'toggle-panel');
  const open = side === 'left' ? desk.scenesOpen : desk.panelOpen;
  const words =
    side === 'left'
      ? t(open ? 'panel.hideScenes' : 'panel.showScenes')
      : t(open ? 'panel.hide' : 'panel.show');
  return (
    <Tooltip text={words} hotkey={hotkey.text} side="bottom">
      <Button
        tone="ghost"
        size="icon"
        className={className}
        aria-label={words}
        aria-expanded={open}
        aria-keyshortcuts={hotkey.aria}
        onClick={side === 'left' ? desk.toggleScenes : desk.togglePanel}
      >
        {side === 'left' ? <PanelLeft aria-hidden /> : <PanelRight aria-hidden />}
      </Button>
    </Tooltip>
  );
}

function StreamState() {
  const { t } = useTranslation('studio');
  const status = useStudio((view) => view.stream?.status ?? 'draft');
  const scheduled = useStudio((view) => view.stream?.scheduledStart ?? null);
  return (
    <p className="truncate text-muted text-xs">
      {status === 'scheduled' && scheduled !== null
        ? t('state.scheduled', { when: dayAndTime(scheduled) })
        : t(`state.${status === 'scheduled' ? 'draft' : status}`)}
    </p>
  );
}

function OnAirClock() {
  const { t } = useTranslation('studio');
  const startedAt = useStudio((view) => view.stream?.startedAt ?? null);
  const now = useNow(500);
  return (
    <p className="flex shrink-0 items-center gap-2 font-semibold">
      <span aria-hidden className="size-2.5 animate-on-air rounded-full bg-white" />
      {t('live.onAir')}
      <span role="timer" className="tabular font-medium">
        {startedAt === null ? '0:00' : clock(now - Date.parse(startedAt))}
      </span>
    </p>
  );
}

function OutputBadges({ live, onAdd }: { live: boolean; onAdd: (() => void) | null }) {
  const { t } = useTranslation('studio');
  const ids = useStudio((view) => view.outputs.map((output) => output.id));
  return (
    <ul
      aria-label={t('live.manage')}
      className="flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto max-sm:hidden [&>:first-child]:ml-auto py-1 pl-2 [scrollbar-width:none]"
    >
      {ids.map((id) => (
        <li key={id} className="shrink-0">
          <OutputBadge id={id} />
        </li>
      ))}
      {live && onAdd !== null && (
        <li className="shrink-0">
          <Tooltip text={t('output.add')} side="bottom">
            <Button
              tone="ghost"
              size="icon-sm"
              className="text-on-live hover:bg-live-hover hover:text-on-live"
              aria-label={t('output.add')}
              onClick={onAdd}
            >
              <Plus aria-hidden />
            </Button>
          </Tooltip>
        </li>
      )}
    </ul>
  );
}
