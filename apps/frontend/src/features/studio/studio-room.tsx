'use client';
import { Button } from '@streamus/ui';
import Link from 'next/link';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DarkPage } from '@/components/dark-page.tsx';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { StudioPlaceProvider, useStudio, useStudioPlace } from './session-context.tsx';
import { useSession } from './use-session.ts';
import './strings.ts';

/** Whoever is at the door needs neither yet; guests never need the desk. */
export const loadDesk = () => import('./studio-shell.tsx');
export const loadSeat = () => import('../guest/guest-seat.tsx');
const Desk = lazy(() => loadDesk().then(({ StudioShell }) => ({ default: StudioShell })));
const Seat = lazy(() => loadSeat().then(({ GuestSeat }) => ({ default: GuestSeat })));

export interface StudioRoomProps {
  readonly studioId: string;
  readonly studioName: string;
  readonly guestToken: string | null;
  readonly onLeave: () => void;
}

/** An entered studio: producers see the whole desk, moderators and guests their seat. */
export function StudioRoom({ studioId, studioName, guestToken, onLeave }: StudioRoomProps) {
  const { t } = useTranslation('studio');
  const session = useSession(studioId, guestToken, true);
  const place = useMemo(
    () =>
      session === null ? null : { session, studioId, nameAtDoor: studioName, guestToken, leave: onLeave },
    [session, studioId, studioName, guestToken, onLeave],
  );
  if (place === null) {
    return (
      <DarkPage>
        <Waiting text={t('entering')} />
      </DarkPage>
    );
  }
  return (
    <StudioPlaceProvider place={place}>
      <RoomByRole />
    </StudioPlaceProvider>
  );
}

function RoomByRole() {
  const { t } = useTranslation('studio');
  const { session, guestToken } = useStudioPlace();
  const role = useStudio((view) => view.you?.role ?? null);
  const closed = useStudio((view) => (view.connection.kind === 'closed' ? view.connection.reason : null));
  const entered = useStudio((view) => view.document !== null);

  // Some browsers start sound only inside a gesture: after a reload the first touch of anything will do.
  useEffect(() => {
    const start = () => void session.startAudio();
    start();
    window.addEventListener('pointerdown', start, { once: true });
    window.addEventListener('keydown', start, { once: true });
    return () => {
      window.removeEventListener('pointerdown', start);
      window.removeEventListener('keydown', start);
    };
  }, [session]);

  if (closed !== null) {
    return (
      <DarkPage>
        <h1 className="max-w-lg text-center font-semibold text-2xl tracking-tight">{errorText(closed)}</h1>
        {(guestToken === null || closed === 'client_outdated') && (
          <div className="mt-6 flex gap-3">
            {closed !== 'studio_deleted' && (
              <Button tone="accent" onClick={() => window.location.reload()}>
                {t('closed.again')}
              </Button>
            )}
            {guestToken === null && (
              <Button render={<Link href="/dashboard" />} nativeButton={false}>
                {t('closed.dashboard')}
              </Button>
            )}
          </div>
        )}
      </DarkPage>
    );
  }
  const connecting = (
    <DarkPage>
      <Waiting text={t('connection.connecting')} />
    </DarkPage>
  );
  if (!entered || role === null) return connecting;
  return (
    <Suspense fallback={connecting}>{role === 'host' || role === 'co-host' ? <Desk /> : <Seat />}</Suspense>
  );
}
