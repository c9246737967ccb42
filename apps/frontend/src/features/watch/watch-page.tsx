'use client';
import { type ErrorCode, routes, type WatchView } from '@streamus/contracts';
import { Badge, Wordmark } from '@streamus/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '@/components/avatar.tsx';
import { Waiting } from '@/components/waiting.tsx';
import { api } from '@/lib/api.ts';
import { dayAndTime } from '@/lib/times.ts';
import { Player } from './player.tsx';
import './strings.ts';

/** How often the page asks what is on, ms. */
const POLL_MS = 5000;

interface Watched {
  readonly view: WatchView | null;
  /** Why the last question had no answer; the last known view stays on screen. */
  readonly problem: ErrorCode | null;
}

function useWatched(streamId: string): Watched {
  const [watched, setWatched] = useState<Watched>({ view: null, problem: null });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    async function ask() {
      const result = await api(routes.watchStream, { params: { streamId } });
      if (gone) return;
      setWatched((now) =>
        result.ok ? { view: result.value, problem: null } : { view: now.view, problem: result.code },
      );
      timer = setTimeout(ask, POLL_MS);
    }
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [streamId]);
  return watched;
}

/** The public page of a stream: waits, plays and says goodbye by itself. */
export function WatchPage({ streamId }: { streamId: string }) {
  const { t } = useTranslation('watch');
  const { view, problem } = useWatched(streamId);

  useEffect(() => {
    if (view !== null) document.title = `${view.title} · StreamUs`;
  }, [view]);

  const missing = view === null && (problem === 'not_found' || problem === 'invalid_input');
  return (
    <div className="flex min-h-screen flex-col">
      <header className="mx-auto flex h-14 w-full max-w-6xl items-center px-4">
        <a href="/" className="flex rounded-lg">
          <Wordmark />
        </a>
      </header>
      <main id="main" className="mx-auto w-full max-w-6xl flex-1 sm:px-4">
        <div className="relative aspect-video max-h-[76vh] w-full overflow-hidden bg-black sm:rounded-2xl">
          {view === null ? (
            missing ? (
              <Slate alone title={t('notFound')} />
            ) : (
              <Slate alone title={problem === null ? '' : t('offline')}>
                {problem === null && <Waiting text={t('loading')} className="text-muted" />}
              </Slate>
            )
          ) : (
            <Screen view={view} />
          )}
        </div>
        {view !== null && <About view={view} offline={problem !== null} />}
      </main>
    </div>
  );
}

function Screen({ view }: { view: WatchView }) {
  const { t } = useTranslation('watch');
  switch (view.status) {
    case 'live':
      return view.playlist === null ? (
        <Slate title={t('state.waiting')} text={t('state.waitingText')} />
      ) : (
        <Player playlist={view.playlist} />
      );
    case 'ended':
      return <Slate title={t('state.ended')} text={t('state.endedText')} />;
    case 'scheduled':
      return view.scheduledStart === null ? (
        <Slate title={t('state.draft')} text={t('state.draftText')} />
      ) : (
        <Slate
          title={t('state.scheduled', { when: dayAndTime(view.scheduledStart) })}
          text={t('state.scheduledText')}
        />
      );
    case 'draft':
      return <Slate title={t('state.draft')} text={t('state.draftText')} />;
  }
}

interface SlateProps {
  readonly title: string;
  readonly text?: string;
  /** Nothing else is on the page: its title is that of the page. */
  readonly alone?: boolean;
  readonly children?: React.ReactNode;
}

function Slate({ title, text, alone = false, children }: SlateProps) {
  const Title = alone && title !== '' ? 'h1' : 'p';
  return (
    <div
      role="status"
      className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-panel p-6 text-center"
    >
      <Title className="font-semibold text-xl tracking-tight sm:text-3xl">{title}</Title>
      {text && <p className="text-muted">{text}</p>}
      {children}
    </div>
  );
}

function About({ view, offline }: { view: WatchView; offline: boolean }) {
  const { t } = useTranslation('watch');
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 px-4 py-6 sm:px-0 md:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-3">
          {view.status === 'live' && (
            <Badge tone="live" className="uppercase tracking-wide">
              <span aria-hidden className="size-2 animate-on-air rounded-full bg-white" />
              {t('live')}
            </Badge>
          )}
          <h1 dir="auto" className="min-w-0 break-words font-semibold text-xl tracking-tight sm:text-2xl">
            {view.title}
          </h1>
        </div>
        {offline && (
          <p role="status" className="mt-2 text-warn">
            {t('offline')}
          </p>
        )}
        {view.description && (
          <p
            dir="auto"
            className="mt-3 max-w-3xl whitespace-pre-line break-words text-base text-muted leading-relaxed"
          >
            {view.description}
          </p>
        )}
      </div>
      {view.status === 'live' && view.people.length > 0 && (
        <section aria-labelledby="on-stage">
          <h2 id="on-stage" className="mb-2 text-muted text-sm">
            {t('on')}
          </h2>
          <ul className="flex flex-col gap-2">
            {view.people.map((name) => (
              <li key={name} className="flex items-center gap-2.5">
                <Avatar name={name} className="size-7" />
                <span dir="auto" className="min-w-0 truncate" title={name}>
                  {name}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
