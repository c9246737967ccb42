'use client';
import type { RecordingView } from '@streamus/contracts';
import { Button } from '@streamus/ui';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clock } from '@/lib/times.ts';
import { recordingPath } from './recording-paths.ts';

/** Plays a recording; its chapters lead to their place. */
export function RecordingPlayer({ recording }: { recording: RecordingView }) {
  const { t } = useTranslation('dashboard');
  const video = useRef<HTMLVideoElement>(null);

  function goTo(seconds: number) {
    if (video.current === null) return;
    video.current.currentTime = seconds;
    // A browser that wants another click first leaves the picture at the chapter.
    video.current.play().catch(() => undefined);
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: recordings have no captions yet. */}
      <video
        ref={video}
        src={recordingPath(recording)}
        aria-label={t('recordings.player')}
        controls
        playsInline
        preload="metadata"
        className="mx-auto aspect-video max-h-[64vh] max-w-full rounded-2xl bg-black"
      />
      {recording.chapters.length > 1 && (
        <nav aria-label={t('recordings.chapters')}>
          <ol className="tabular flex flex-wrap gap-2">
            {recording.chapters.map(({ kind, title, seconds }) => (
              <li key={seconds}>
                <Button size="sm" tone="outline" onClick={() => goTo(seconds)}>
                  <span className="text-muted">{clock(seconds * 1000)}</span>
                  {title ?? t(`recordings.chapter.${kind}`)}
                </Button>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </>
  );
}
