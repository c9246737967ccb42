'use client';
import type { StreamHappening } from '@streamus/contracts';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { useStudio } from '../session-context.tsx';

/** The newest entries; the whole log is in the API. */
const SHOWN = 50;

/** What happened in this stream, newest first, in words. */
export function EventLog() {
  const { t } = useTranslation('studio');
  const happened = useStudio((view) => view.happened);
  const words = useHappeningWords();
  if (happened.length === 0) return null;
  return (
    <section aria-label={t('events.title')} className="flex flex-col gap-1.5">
      <h2 className="font-semibold text-sm">{t('events.title')}</h2>
      <ol className="flex flex-col gap-1 text-sm">
        {happened
          .slice(-SHOWN)
          .reverse()
          .map(({ id, at, event }) => (
            <li key={id} className="flex gap-2">
              <time dateTime={at} className="tabular shrink-0 text-muted">
                {new Date(at).toLocaleTimeString()}
              </time>
              <span>{words(event)}</span>
            </li>
          ))}
      </ol>
    </section>
  );
}

/** A sentence for everything that can happen. */
function useHappeningWords(): (event: StreamHappening) => string {
  const { t } = useTranslation('studio');
  return (event) => {
    switch (event.type) {
      case 'programme-normalised':
      case 'recording-alarm':
        return t(`events.${event.type}`, { reason: errorText(event.code) });
      case 'warning-began':
        return t(`trouble.warning.${event.warning}`);
      case 'warning-ended':
        return t(`events.over.${event.warning}`);
      case 'output-live':
        return t(event.reconnected ? 'events.output-back' : 'events.output-live', { name: event.name });
      case 'output-interrupted':
      case 'output-failed':
        return t(`events.${event.type}`, { name: event.name, reason: errorText(event.code) });
      case 'scene-on-air':
        return t('events.scene-on-air', { name: event.name });
      case 'output-degraded':
      case 'output-stopped':
        return t(`events.${event.type}`, { name: event.name });
      case 'show-began':
      case 'show-ended':
      case 'programme-live':
      case 'slate-shown':
      case 'recording-recovered':
      case 'worker-changed':
      case 'no-capacity':
        return t(`events.${event.type}`);
    }
  };
}
