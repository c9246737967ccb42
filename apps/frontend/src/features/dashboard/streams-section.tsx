'use client';
import { type ErrorCode, routes, type StreamView, type StudioSummary } from '@streamus/contracts';
import {
  Badge,
  type BadgeProps,
  Button,
  buttonVariants,
  EmptyState,
  Menu,
  MenuItem,
  MenuSeparator,
  Notice,
} from '@streamus/ui';
import { CalendarPlus, Copy, EllipsisVertical, Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { copyText } from '@/lib/copy-text.ts';
import { dayAndTime } from '@/lib/times.ts';
import type { Load } from '@/lib/use-load.ts';
import { DeletedRow, Rows, Section } from './list-parts.tsx';
import { StreamForm } from './stream-form.tsx';
import { useLateDelete } from './use-late-delete.ts';

type Streams = { readonly streams: StreamView[] };

const tones: Record<StreamView['status'], BadgeProps['tone']> = {
  draft: 'neutral',
  scheduled: 'accent',
  live: 'live',
  ended: 'neutral',
};

export function StreamsSection({
  studios,
  load,
}: {
  studios: readonly StudioSummary[];
  load: Load<Streams>;
}) {
  const { t } = useTranslation('dashboard');
  const [form, setForm] = useState<{ stream: StreamView | null } | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const streams = load.state.kind === 'ready' ? load.state.value.streams : [];

  const late = useLateDelete(async (id) => {
    const stream = streams.find((candidate) => candidate.id === id);
    if (stream === undefined) return;
    const result = await api(routes.deleteStream, { params: { streamId: stream.id } });
    if (result.ok || result.code === 'not_found') {
      load.change((now) => ({ streams: now.streams.filter((other) => other.id !== id) }));
    } else setProblem(result.code);
  });

  const add = (
    <Button onClick={() => setForm({ stream: null })} tone="outline">
      <Plus aria-hidden />
      {t('streams.new')}
    </Button>
  );
  return (
    <Section title={t('streams.title')} action={streams.length > 0 ? add : null}>
      {problem !== null && (
        <Notice tone="danger" className="mb-3">
          {errorText(problem)}
        </Notice>
      )}
      {streams.length === 0 ? (
        <EmptyState
          icon={<CalendarPlus aria-hidden />}
          title={t('streams.empty')}
          text={t('streams.emptyText')}
          action={add}
        />
      ) : (
        <Rows>
          {streams.map((stream) =>
            late.isGone(stream.id) ? (
              <DeletedRow key={stream.id} name={stream.title} onUndo={() => late.undo(stream.id)} />
            ) : (
              <StreamRow
                key={stream.id}
                stream={stream}
                studio={
                  studios.length > 1 ? (studios.find(({ id }) => id === stream.studioId) ?? null) : null
                }
                onEdit={() => setForm({ stream })}
                onDelete={() => late.start(stream.id)}
              />
            ),
          )}
        </Rows>
      )}
      {form !== null && (
        <StreamForm
          stream={form.stream}
          studios={studios}
          onClose={() => setForm(null)}
          onSaved={() => {
            setForm(null);
            void load.reload();
          }}
        />
      )}
    </Section>
  );
}

function StreamRow(props: {
  stream: StreamView;
  /** Null: there is only one. */
  studio: StudioSummary | null;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const { t } = useTranslation('dashboard');
  const { stream } = props;
  const time = stream.startedAt ?? stream.scheduledStart;
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-left truncate font-medium">
          {stream.title}
        </p>
        <div className="flex min-w-0 text-muted text-xs max-sm:flex-col">
          <p className="shrink-0">{time === null ? t('streams.unplanned') : dayAndTime(time)}</p>
          {props.studio !== null && (
            <p className="truncate">
              <span className="max-sm:hidden">{'\u00a0· '}</span>
              <bdi>{props.studio.name}</bdi>
            </p>
          )}
        </div>
      </div>
      <Badge tone={tones[stream.status]}>{t(`streams.status.${stream.status}`)}</Badge>
      {stream.status !== 'ended' && (
        <Link
          href={`/studio/${stream.studioId}`}
          aria-label={t('streams.enter', { title: stream.title })}
          className={`${buttonVariants({ tone: 'outline', size: 'sm' })} max-sm:hidden`}
        >
          {t('hero.enter')}
        </Link>
      )}
      <Menu
        trigger={
          <Button tone="ghost" size="icon-sm" aria-label={t('streams.menu', { title: stream.title })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem
          icon={<Copy aria-hidden />}
          onClick={() => void copyText(window.location.origin + stream.watchPath)}
        >
          {t('streams.copy')}
        </MenuItem>
        {stream.status !== 'ended' && (
          <MenuItem icon={<Pencil aria-hidden />} onClick={props.onEdit}>
            {t('edit', { ns: 'common' })}
          </MenuItem>
        )}
        {stream.status !== 'live' && (
          <>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden />} onClick={props.onDelete}>
              {t('delete', { ns: 'common' })}
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  );
}
