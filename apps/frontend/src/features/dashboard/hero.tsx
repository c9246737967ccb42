'use client';
import type { StreamView, StudioSummary } from '@streamus/contracts';
import { Badge, buttonVariants } from '@streamus/ui';
import Link from 'next/link';
import { useTranslation } from 'react-i18next';
import { dayAndTime } from '@/lib/times.ts';
import { pickStream } from './pick-stream.ts';

/** The next or last stream, and the one button that matters. */
export function Hero(props: { studios: readonly StudioSummary[]; streams: readonly StreamView[] }) {
  const { t } = useTranslation('dashboard');
  const stream = pickStream(props.streams);
  const studioId = stream?.studioId ?? props.studios[0]?.id ?? null;
  const studio =
    stream !== null && props.studios.length > 1
      ? (props.studios.find(({ id }) => id === studioId) ?? null)
      : null;
  return (
    <section
      data-theme="dark"
      aria-labelledby="hero-title"
      className="flex flex-wrap items-center gap-x-8 gap-y-6 rounded-2xl bg-panel p-6 text-ink ring-1 ring-line sm:p-8"
    >
      <div className="min-w-0 flex-1 basis-72">
        {stream !== null && <HeroState stream={stream} />}
        <h2
          id="hero-title"
          dir="auto"
          className="mt-2 line-clamp-2 break-words font-semibold text-2xl tracking-tight sm:text-3xl"
        >
          {stream?.title ?? t('hero.first')}
        </h2>
        <p className="mt-1 text-muted">
          {stream === null ? t('hero.firstText') : <HeroTime stream={stream} />}
          {studio !== null && (
            <>
              {' · '}
              <bdi>{studio.name}</bdi>
            </>
          )}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        {stream !== null && (
          <a href={stream.watchPath} className={buttonVariants({ tone: 'neutral', size: 'lg' })}>
            {t('hero.watch')}
          </a>
        )}
        {studioId !== null && (
          <Link href={`/studio/${studioId}`} className={buttonVariants({ tone: 'accent', size: 'lg' })}>
            {t('hero.enter')}
          </Link>
        )}
      </div>
    </section>
  );
}

function HeroState({ stream }: { stream: StreamView }) {
  const { t } = useTranslation('dashboard');
  if (stream.status === 'live') {
    return (
      <Badge tone="live">
        <span aria-hidden className="size-2 animate-on-air rounded-full bg-white" />
        {t('hero.liveNow')}
      </Badge>
    );
  }
  return <Badge>{stream.status === 'ended' ? t('hero.last') : t('hero.next')}</Badge>;
}

function HeroTime({ stream }: { stream: StreamView }) {
  const { t } = useTranslation('dashboard');
  if (stream.status === 'live' && stream.startedAt) {
    return t('hero.liveSince', { when: dayAndTime(stream.startedAt) });
  }
  if (stream.status === 'ended' && stream.endedAt)
    return t('hero.endedAt', { when: dayAndTime(stream.endedAt) });
  return stream.scheduledStart === null ? t('streams.unplanned') : dayAndTime(stream.scheduledStart);
}
