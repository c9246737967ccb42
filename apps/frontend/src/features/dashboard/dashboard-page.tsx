'use client';
import { routes, type StudioSummary } from '@streamus/contracts';
import { cn } from '@streamus/ui';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/waiting.tsx';
import { api } from '@/lib/api.ts';
import { useLoad } from '@/lib/use-load.ts';
import { BrandSection } from './brand-section.tsx';
import { DestinationsSection } from './destinations-section.tsx';
import { Hero } from './hero.tsx';
import { useSettled } from './list-parts.tsx';
import { LoadFailure } from './load-failure.tsx';
import { RecordingsSection } from './recordings-section.tsx';
import { SiteHeader } from './site-header.tsx';
import { StreamsSection } from './streams-section.tsx';
import { StudiosSection } from './studios-section.tsx';
import './strings.ts';

/** Studios, streams, recordings, destinations; the brand comes last and pushes nothing. */
const PARTS = 4;

/** Where one comes back to: the next thing to do first, then everything one has. */
export function DashboardPage() {
  const { t } = useTranslation('dashboard');
  const studios = useLoad(() => api(routes.listStudios, {}));
  const streams = useLoad(() => api(routes.listStreams, { query: {} }));
  const studio = studios.state.kind === 'ready' ? (studios.state.value.studios[0] ?? null) : null;
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set());
  const settle = useCallback((part: string) => setSettled((now) => new Set(now).add(part)), []);
  const failed =
    studios.state.kind === 'failed' ? studios.state : streams.state.kind === 'failed' ? streams.state : null;
  useSettled('studios', studios.state.kind, settle);
  useSettled('streams', streams.state.kind, settle);
  const putStudio = (studio: StudioSummary) =>
    studios.change((now) => ({
      studios: now.studios.some(({ id }) => id === studio.id)
        ? now.studios.map((other) => (other.id === studio.id ? studio : other))
        : [...now.studios, studio],
    }));
  const dropStudio = (gone: StudioSummary) => {
    studios.change((now) => ({ studios: now.studios.filter(({ id }) => id !== gone.id) }));
    streams.change((now) => ({ streams: now.streams.filter(({ studioId }) => studioId !== gone.id) }));
  };
  // What comes later must not push down what somebody is about to press.
  const waiting = settled.size < PARTS;
  return (
    <div className="relative min-h-screen">
      <SiteHeader />
      {waiting && (
        <Waiting
          text={t('waiting', { ns: 'common' })}
          className="absolute inset-x-0 py-16 text-center text-muted"
        />
      )}
      <main
        id="main"
        aria-busy={waiting}
        className={cn('mx-auto flex max-w-5xl flex-col gap-10 px-4 py-8 sm:px-6', waiting && 'invisible')}
      >
        <h1 className="sr-only">{t('title')}</h1>
        {failed !== null ? (
          <LoadFailure
            code={failed.code}
            onRetry={() => {
              void studios.reload();
              void streams.reload();
            }}
          />
        ) : (
          studios.state.kind === 'ready' &&
          streams.state.kind === 'ready' && (
            <>
              <Hero studios={studios.state.value.studios} streams={streams.state.value.streams} />
              <StudiosSection
                studios={studios.state.value.studios}
                streams={streams.state.value.streams}
                onSaved={putStudio}
                onDeleted={dropStudio}
              />
              <StreamsSection studios={studios.state.value.studios} load={streams} />
            </>
          )
        )}
        <RecordingsSection onSettled={settle} />
        <DestinationsSection onSettled={settle} />
        {studio !== null && <BrandSection studioId={studio.id} />}
      </main>
    </div>
  );
}
