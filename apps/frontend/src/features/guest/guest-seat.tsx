'use client';
import { cn } from '@streamus/ui';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { KeysProvider } from '../studio/keys/keys-context.tsx';
import { KeysSheet } from '../studio/keys/keys-sheet.tsx';
import { ownActions } from '../studio/keys/own-actions.ts';
import { OwnControls } from '../studio/own-controls.tsx';
import { useLive, useRole, useStudio, useStudioName, useStudioPlace } from '../studio/session-context.tsx';
import { StudioNotices } from '../studio/studio-notices.tsx';
import { GuestTiles } from './guest-tiles.tsx';
import { ModeratorDesk } from './moderator-desk.tsx';
import './strings.ts';

/** Whether the audience gets this person now, on stage and while the stream is live. */
export type SeatState = 'backstage' | 'stage' | 'air';

function useSeatState(): SeatState {
  const live = useLive();
  const inProgramme = useStudio((view) => {
    const me = view.people.find((person) => person.you);
    return me !== undefined && (me.onAir || me.screenOnAir);
  });
  if (!inProgramme) return 'backstage';
  return live ? 'air' : 'stage';
}

const WIDE = '(min-width: 64rem)';

/** Whether there is room for two columns; Tailwind's `lg`. */
function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(WIDE).matches,
    () => false,
  );
}

/** A guest's view: who is here, what the audience sees, and whether one is on air. One column on a phone. */
export function GuestSeat() {
  const { t } = useTranslation('guest');
  const { t: keysWords } = useTranslation('keys');
  const { session, leave } = useStudioPlace();
  const studioName = useStudioName();
  const [keysOpen, setKeysOpen] = useState(false);
  const seat = useSeatState();
  const moderator = useRole() === 'moderator';
  // On a phone a list of everybody is worth more to them than everybody's picture.
  const wide = useWide();
  const actions = useCallback(
    () => ownActions(session, keysWords, { openKeys: () => setKeysOpen(true), leave }),
    [session, keysWords, leave],
  );
  return (
    <KeysProvider actions={actions}>
      <div
        className={cn(
          'flex h-screen flex-col overflow-hidden border-4 border-transparent transition-colors supports-[height:100dvh]:h-dvh',
          seat === 'air' && 'border-live',
          seat === 'stage' && 'border-accent',
        )}
      >
        <SeatBanner seat={seat} />
        <main id="main" className="relative flex min-h-0 flex-1 flex-col gap-3 p-3 lg:flex-row">
          <h1 className="sr-only">{t('seat.title', { studio: studioName })}</h1>
          <StudioNotices />
          {(!moderator || wide) && <GuestTiles />}
          <div className={cn('flex shrink-0 flex-col gap-4 lg:w-80', moderator && 'min-h-0 max-lg:flex-1')}>
            <section aria-label={t('seat.programme')}>
              <h2 className="mb-1.5 text-muted text-xs">{t('seat.programme')}</h2>
              <ProgrammeMonitor />
            </section>
            {moderator && <ModeratorDesk />}
          </div>
        </main>
        <OwnControls onShowKeys={() => setKeysOpen(true)} />
        <KeysSheet open={keysOpen} onOpenChange={setKeysOpen} />
      </div>
    </KeysProvider>
  );
}

function SeatBanner({ seat }: { seat: SeatState }) {
  const { t } = useTranslation('guest');
  const live = useLive();
  const muted = useStudio((view) => !view.microphone.on);
  const words = {
    backstage: [t('seat.backstage'), live ? t('seat.backstageLive') : t('seat.backstageText')],
    stage: [t('seat.onStage'), t('seat.onStageText')],
    air: [t('seat.onAir'), muted ? t('seat.onAirMuted') : t('seat.onAirText')],
  }[seat];
  return (
    <div
      role="status"
      className={cn(
        'flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 px-4 py-2 transition-colors',
        seat === 'backstage' && 'bg-panel',
        seat === 'stage' && 'bg-accent text-on-accent',
        seat === 'air' && 'bg-live text-on-live',
      )}
    >
      {seat === 'air' && <span aria-hidden className="size-3 animate-on-air rounded-full bg-white" />}
      <strong
        className={cn('font-semibold', seat === 'air' ? 'text-lg uppercase tracking-wide' : 'text-base')}
      >
        {words[0]}
      </strong>
      <span className={seat === 'backstage' ? 'text-muted' : ''}>{words[1]}</span>
    </div>
  );
}

function ProgrammeMonitor() {
  const { t } = useTranslation('guest');
  const { session } = useStudioPlace();
  const video = useRef<HTMLVideoElement>(null);
  const shape = useStudio((view) => view.document?.programme ?? { width: 16, height: 9 });
  useEffect(() => {
    const element = video.current;
    return element === null ? undefined : session.attachProgramme(element);
  }, [session]);
  return (
    <video
      ref={video}
      aria-label={t('seat.programme')}
      muted
      autoPlay
      playsInline
      style={{ aspectRatio: `${shape.width} / ${shape.height}` }}
      className="mx-auto block max-h-[22vh] rounded-lg bg-black lg:max-h-none lg:w-full"
    />
  );
}
