'use client';
import { type ErrorCode, type RouteResult, routes } from '@streamus/contracts';
import { Button, Notice, TextField, TooltipProvider } from '@streamus/ui';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DarkPage } from '@/components/dark-page.tsx';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { DeviceCheck, DeviceCheckWaiting } from '../devices/device-check.tsx';
import { usePreview } from '../devices/use-preview.ts';
import { loadSeat, StudioRoom } from '../studio/studio-room.tsx';
import {
  forgetInside,
  type GuestSeatRecord,
  recallInside,
  recallName,
  recallSeat,
  rememberName,
  rememberSeat,
} from './guest-memory.ts';
import './strings.ts';

type Invitation = RouteResult<typeof routes.inspectGuestLink>;

type Phase =
  | { readonly kind: 'looking' }
  | { readonly kind: 'refused'; readonly code: ErrorCode | 'no-link' }
  | { readonly kind: 'door'; readonly invitation: Invitation }
  | { readonly kind: 'inside'; readonly seat: GuestSeatRecord }
  | { readonly kind: 'left'; readonly seat: GuestSeatRecord };

/** Entry by invitation. The link sits in the address's hash: no server log and no referrer ever holds it. */
export function JoinPage() {
  const { t } = useTranslation('guest');
  const [link, setLink] = useState<string | null>(null);
  const [phase, setPhase] = useState<Phase>({ kind: 'looking' });

  const look = useCallback(async (wanted: string) => {
    if (wanted === '') {
      setPhase({ kind: 'refused', code: 'no-link' });
      return;
    }
    setPhase({ kind: 'looking' });
    const result = await api(routes.inspectGuestLink, { body: { link: wanted } });
    setPhase(result.ok ? { kind: 'door', invitation: result.value } : { kind: 'refused', code: result.code });
  }, []);

  useEffect(() => {
    const read = () => {
      const wanted = window.location.hash.slice(1);
      setLink(wanted);
      const seat = wanted === '' ? null : recallInside(wanted);
      if (seat === null) void look(wanted);
      else setPhase({ kind: 'inside', seat });
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [look]);

  const leave = useCallback(() => {
    forgetInside();
    setPhase((now) => (now.kind === 'inside' ? { kind: 'left', seat: now.seat } : now));
  }, []);

  switch (phase.kind) {
    case 'looking':
      return (
        <DarkPage>
          <Waiting text={t('join.checking')} />
        </DarkPage>
      );
    case 'refused':
      return (
        <DarkPage>
          <h1 className="max-w-md text-center font-semibold text-2xl tracking-tight">
            {phase.code === 'no-link' ? t('join.noLink') : errorText(phase.code)}
          </h1>
          {link && (
            <Button className="mt-6" onClick={() => void look(link)}>
              {t('retry', { ns: 'common' })}
            </Button>
          )}
        </DarkPage>
      );
    case 'door':
      return (
        <Door
          link={link ?? ''}
          invitation={phase.invitation}
          onEntered={(seat) => {
            rememberSeat(seat);
            setPhase({ kind: 'inside', seat });
          }}
        />
      );
    case 'inside':
      return (
        <TooltipProvider>
          <StudioRoom
            studioId={phase.seat.studioId}
            studioName={phase.seat.studioName}
            guestToken={phase.seat.guestToken}
            onLeave={leave}
          />
        </TooltipProvider>
      );
    case 'left':
      return (
        <DarkPage>
          <h1 className="text-center font-semibold text-2xl tracking-tight">
            {t('left.title', { studio: phase.seat.studioName })}
          </h1>
          <p className="mt-2 text-muted">{t('left.text')}</p>
          <Button tone="accent" size="lg" className="mt-6" onClick={() => void look(link ?? '')}>
            {t('left.again')}
          </Button>
        </DarkPage>
      );
  }
}

/** One screen, two decisions: a name, and devices that work. */
function Door(props: { link: string; invitation: Invitation; onEntered: (seat: GuestSeatRecord) => void }) {
  const { t } = useTranslation('guest');
  const { link, invitation } = props;
  const preview = usePreview(loadSeat);
  const [name, setName] = useState(recallName);
  const [problem, setProblem] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (name.trim() === '') {
      setProblem(t('join.needName'));
      event.currentTarget.querySelector('input')?.focus();
      return;
    }
    setBusy(true);
    setRefusal(null);
    rememberName(name.trim());
    const guestToken = recallSeat(invitation.studioId)?.guestToken ?? null;
    const result = await api(routes.enterByLink, { body: { link, name: name.trim(), guestToken } });
    setBusy(false);
    if (!result.ok) {
      if ('name' in result.fields) setProblem(result.fields.name ?? null);
      else setRefusal(result.code);
      return;
    }
    const { studioId, guestToken: token } = result.value;
    props.onEntered({ link, studioId, studioName: invitation.studioName, guestToken: token });
  }

  return (
    <DarkPage>
      <div className="w-full max-w-4xl">
        <h1 className="font-semibold text-2xl tracking-tight">
          {t('join.title', { studio: invitation.studioName })}
        </h1>
        <p className="mt-1 mb-6 text-muted">
          {t('join.host', { host: invitation.hostName })} {t(`join.role.${invitation.role}`)}
        </p>
        {preview === null ? (
          <DeviceCheckWaiting />
        ) : (
          <DeviceCheck preview={preview} name={name}>
            <form noValidate onSubmit={enter} className="flex flex-col gap-4 max-md:order-first">
              <TextField
                label={t('join.name')}
                hint={t('join.nameHint')}
                autoComplete="name"
                maxLength={60}
                dir="auto"
                value={name}
                onChange={(event) => {
                  setName(event.target.value);
                  setProblem(null);
                }}
                error={problem}
              />
              {refusal !== null && <Notice tone="danger">{errorText(refusal)}</Notice>}
              <Button type="submit" tone="accent" size="lg" disabled={busy}>
                {busy ? t('join.entering') : t('join.enter')}
              </Button>
              <p className="text-muted text-xs">{t('join.backstage')}</p>
            </form>
          </DeviceCheck>
        )}
      </div>
    </DarkPage>
  );
}
