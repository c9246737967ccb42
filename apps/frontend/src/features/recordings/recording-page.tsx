'use client';
import { Button, buttonVariants, Notice } from '@streamus/ui';
import { ArrowLeft, Download, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { clock, dayAndTime, fileSize } from '@/lib/times.ts';
import { LoadFailure } from '../dashboard/load-failure.tsx';
import { SiteHeader } from '../dashboard/site-header.tsx';
import { RecordingMaking } from './recording-making.tsx';
import { RecordingParts } from './recording-parts.tsx';
import { downloadPath } from './recording-paths.ts';
import { RecordingPlayer } from './recording-player.tsx';
import { RenameRecording } from './rename-recording.tsx';
import { useRecordings } from './use-recordings.ts';

/** One recording: play it here, keep it, rename it, delete it and take that back. */
export function RecordingPage({ recordingId }: { recordingId: string }) {
  const { t } = useTranslation('dashboard');
  const recordings = useRecordings();
  const [renaming, setRenaming] = useState(false);
  const recording = recordings.list.find((candidate) => candidate.id === recordingId) ?? null;
  const title = recording?.title ?? null;

  useEffect(() => {
    if (title !== null) document.title = `${title} · StreamUs`;
  }, [title]);

  return (
    <div className="min-h-screen">
      <SiteHeader />
      <main id="main" className="mx-auto flex max-w-5xl flex-col gap-4 px-4 py-6 sm:px-6">
        <Link href="/dashboard" className={`${buttonVariants({ tone: 'ghost', size: 'sm' })} self-start`}>
          <ArrowLeft aria-hidden />
          {t('recordings.back')}
        </Link>
        {(recordings.state.kind !== 'ready' || (recording !== null && recordings.isGone(recording.id))) && (
          <h1 className="sr-only">{recording?.title ?? t('recordings.title')}</h1>
        )}
        {recordings.state.kind === 'loading' && <Waiting text={t('waiting', { ns: 'common' })} />}
        {recordings.state.kind === 'failed' && (
          <LoadFailure code={recordings.state.code} onRetry={() => void recordings.reload()} />
        )}
        {recordings.state.kind === 'ready' && recording === null && (
          <h1 className="py-16 text-center font-semibold text-xl">{t('recordings.missing')}</h1>
        )}
        {recording !== null && recordings.isGone(recording.id) && (
          <Notice
            tone="info"
            action={
              <Button size="sm" tone="outline" onClick={() => void recordings.restore(recording)}>
                {t('undo', { ns: 'common' })}
              </Button>
            }
          >
            {t('recordings.deletedOne')}
          </Notice>
        )}
        {recording !== null && !recordings.isGone(recording.id) && (
          <>
            {recording.status === 'ready' ? (
              <RecordingPlayer recording={recording} />
            ) : (
              <RecordingMaking recording={recording} />
            )}
            <div className="flex flex-wrap items-center gap-3">
              <h1
                dir="auto"
                className="min-w-0 flex-1 basis-64 break-words font-semibold text-2xl tracking-tight"
              >
                {recording.title}
              </h1>
              {recording.status === 'ready' && (
                <a href={downloadPath(recording)} download className={buttonVariants({ tone: 'accent' })}>
                  <Download aria-hidden />
                  {t('recordings.downloadShort')}
                </a>
              )}
              <Button tone="outline" onClick={() => setRenaming(true)}>
                <Pencil aria-hidden />
                {t('recordings.rename')}
              </Button>
              <Button tone="danger" onClick={() => void recordings.remove(recording)}>
                <Trash2 aria-hidden />
                {t('recordings.delete')}
              </Button>
            </div>
            {recordings.problem !== null && <Notice tone="danger">{errorText(recordings.problem)}</Notice>}
            <dl className="tabular flex flex-wrap gap-x-8 gap-y-2">
              <Fact name={t('recordings.recorded')} value={dayAndTime(recording.startedAt)} />
              {recording.duration !== null && (
                <Fact name={t('recordings.length')} value={clock(recording.duration * 1000)} />
              )}
              {recording.fileSize !== null && (
                <Fact name={t('recordings.size')} value={fileSize(recording.fileSize)} />
              )}
              {recording.resolution !== null && (
                <Fact name={t('recordings.resolution')} value={recording.resolution.replace('x', ' × ')} />
              )}
            </dl>
            <RecordingParts recording={recording} />
            {renaming && (
              <RenameRecording
                recording={recording}
                onRename={(next) => recordings.rename(recording, next)}
                onClose={() => setRenaming(false)}
              />
            )}
          </>
        )}
      </main>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-muted text-xs">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
