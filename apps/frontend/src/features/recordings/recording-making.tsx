'use client';
import type { RecordingView } from '@streamus/contracts';
import { Notice } from '@streamus/ui';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

/** How far a recording is that cannot be played yet. */
export function RecordingMaking({ recording }: { recording: RecordingView }) {
  const { t } = useTranslation('dashboard');
  const id = useId();
  const { status, progress } = recording;
  return (
    <Notice tone={status === 'error' ? 'danger' : 'info'}>
      <span id={id}>{t(`recordings.status.${status}`)}</span>
      {status === 'processing' && progress !== null && (
        <progress
          aria-labelledby={id}
          value={progress}
          max={1}
          className="mt-2 block h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </Notice>
  );
}
