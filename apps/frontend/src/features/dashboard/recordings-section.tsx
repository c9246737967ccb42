'use client';
import type { RecordingView } from '@streamus/contracts';
import { Button, buttonVariants, EmptyState, Menu, MenuItem, MenuSeparator, Notice } from '@streamus/ui';
import { Clapperboard, Download, EllipsisVertical, Pencil, Play, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { clock, dayAndTime, fileSize } from '@/lib/times.ts';
import { downloadPath, thumbnailPath } from '../recordings/recording-paths.ts';
import { RenameRecording } from '../recordings/rename-recording.tsx';
import { useRecordings } from '../recordings/use-recordings.ts';
import { DeletedRow, Rows, Section, useSettled } from './list-parts.tsx';
import { LoadFailure } from './load-failure.tsx';

export function RecordingsSection({ onSettled }: { onSettled: (part: string) => void }) {
  const { t } = useTranslation('dashboard');
  const recordings = useRecordings();
  useSettled('recordings', recordings.state.kind, onSettled);
  const [renaming, setRenaming] = useState<RecordingView | null>(null);
  const { state, list } = recordings;
  return (
    <Section title={t('recordings.title')}>
      {recordings.problem !== null && (
        <Notice tone="danger" className="mb-3">
          {errorText(recordings.problem)}
        </Notice>
      )}
      {state.kind === 'loading' && <Waiting text={t('waiting', { ns: 'common' })} />}
      {state.kind === 'failed' && <LoadFailure code={state.code} onRetry={() => void recordings.reload()} />}
      {state.kind === 'ready' &&
        (list.length === 0 ? (
          <EmptyState
            icon={<Clapperboard aria-hidden />}
            title={t('recordings.empty')}
            text={t('recordings.emptyText')}
          />
        ) : (
          <Rows>
            {list.map((recording) =>
              recordings.isGone(recording.id) ? (
                <DeletedRow
                  key={recording.id}
                  name={recording.title}
                  onUndo={() => void recordings.restore(recording)}
                />
              ) : (
                <RecordingRow
                  key={recording.id}
                  recording={recording}
                  onRename={() => setRenaming(recording)}
                  onDelete={() => void recordings.remove(recording)}
                />
              ),
            )}
          </Rows>
        ))}
      {renaming !== null && (
        <RenameRecording
          recording={renaming}
          onRename={(title) => recordings.rename(renaming, title)}
          onClose={() => setRenaming(null)}
        />
      )}
    </Section>
  );
}

function RecordingRow(props: { recording: RecordingView; onRename: () => void; onDelete: () => void }) {
  const { t } = useTranslation('dashboard');
  const { recording } = props;
  const ready = recording.status === 'ready';
  const opens = ready || recording.parts.length > 0;
  const facts = [
    dayAndTime(recording.startedAt),
    recording.duration === null ? null : clock(recording.duration * 1000),
    recording.fileSize === null ? null : fileSize(recording.fileSize),
    ready ? null : t(`recordings.status.${recording.status}`),
    recording.progress === null
      ? null
      : t('recordings.progress', { percent: Math.floor(recording.progress * 100) }),
  ].filter((fact) => fact !== null);
  const picture = <Thumbnail recording={recording} />;
  return (
    <li className="flex min-h-16 items-center gap-3 px-4 py-2">
      {opens ? (
        <Link
          href={`/recordings/${recording.id}`}
          aria-label={t(ready ? 'recordings.play' : 'recordings.open', { title: recording.title })}
          className="rounded-lg"
        >
          {picture}
        </Link>
      ) : (
        picture
      )}
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-left truncate font-medium">
          {recording.title}
        </p>
        <p className="tabular truncate text-muted text-xs">{facts.join(' · ')}</p>
      </div>
      {ready && (
        <a
          href={downloadPath(recording)}
          download
          aria-label={t('recordings.download', { title: recording.title })}
          className={buttonVariants({ tone: 'outline', size: 'sm' })}
        >
          <Download aria-hidden />
          <span className="max-sm:hidden">{t('recordings.downloadShort')}</span>
        </a>
      )}
      <Menu
        trigger={
          <Button tone="ghost" size="icon-sm" aria-label={t('recordings.menu', { title: recording.title })}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onClick={props.onRename}>
          {t('recordings.rename')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onClick={props.onDelete}>
          {t('recordings.delete')}
        </MenuItem>
      </Menu>
    </li>
  );
}

function Thumbnail({ recording }: { recording: RecordingView }) {
  const path = thumbnailPath(recording);
  return (
    <span className="relative flex h-12 w-21 shrink-0 items-center justify-center overflow-hidden rounded-lg bg-raised">
      {path !== null && <img src={path} alt="" className="absolute inset-0 h-full w-full object-cover" />}
      {recording.status === 'ready' && (
        <span className="relative flex size-7 items-center justify-center rounded-full bg-panel text-ink shadow-card">
          <Play aria-hidden className="size-3.5" />
        </span>
      )}
    </span>
  );
}
