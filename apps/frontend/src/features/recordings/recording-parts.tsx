'use client';
import type { RecordingView } from '@streamus/contracts';
import { buttonVariants } from '@streamus/ui';
import { Download } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, fileSize } from '@/lib/times.ts';
import { partPath } from './recording-paths.ts';

/** The stretches of a show whose format changed on the way, each as it was sent. */
export function RecordingParts({ recording }: { recording: RecordingView }) {
  const { t } = useTranslation('dashboard');
  const id = useId();
  if (recording.parts.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="font-semibold tracking-tight">
        {t('recordings.parts')}
      </h2>
      <p className="text-muted">{t('recordings.partsText')}</p>
      <ol className="tabular divide-y divide-line rounded-card bg-panel shadow-card ring-1 ring-line">
        {recording.parts.map((part, index) => {
          const number = index + 1;
          const facts = [
            clock(part.duration * 1000),
            part.resolution.replace('x', ' × '),
            fileSize(part.fileSize),
          ];
          return (
            <li key={number} className="flex min-h-12 items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1 truncate">
                {t('recordings.part', { number })} <span className="text-muted">{facts.join(' · ')}</span>
              </span>
              <a
                href={partPath(recording, number)}
                download
                aria-label={t('recordings.downloadPart', { number })}
                className={buttonVariants({ tone: 'outline', size: 'sm' })}
              >
                <Download aria-hidden />
                <span className="max-sm:hidden">{t('recordings.downloadShort')}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
