'use client';
import { Button, Notice } from '@streamus/ui';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/i18n/i18n.ts';
import { TroubleBanner } from './health/trouble-banner.tsx';
import { useStudio, useStudioPlace } from './session-context.tsx';

/** True after the connection has been gone for a second: shorter gaps concern nobody. */
export function useLostConnection(): 'socket' | 'room' | null {
  const lost = useStudio((view) =>
    view.connection.kind === 'reconnecting' || view.connection.kind === 'connecting'
      ? ('socket' as const)
      : view.room === 'reconnecting' || view.room === 'disconnected'
        ? ('room' as const)
        : null,
  );
  const [shown, setShown] = useState<'socket' | 'room' | null>(null);
  useEffect(() => {
    if (lost === null) {
      setShown(null);
      return;
    }
    const timer = setTimeout(() => setShown(lost), 1000);
    return () => clearTimeout(timer);
  }, [lost]);
  return shown;
}

/** Long enough to read a sentence twice. */
const REFUSAL_MS = 10_000;

/** What went wrong in the studio, over the top of the programme so that nothing moves. */
export function StudioNotices() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const lost = useLostConnection();
  const refused = useStudio((view) => view.refusal);
  const refusal = refused?.code ?? null;
  useEffect(() => {
    if (refused === null) return;
    const timer = setTimeout(() => session.dismissRefusal(), REFUSAL_MS);
    return () => clearTimeout(timer);
  }, [session, refused]);
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 mx-auto flex max-w-2xl flex-col gap-2 px-4 [&>*]:pointer-events-auto [&>*]:shadow-pop">
      {lost !== null && (
        <Notice tone="warn">{lost === 'socket' ? t('connection.reconnecting') : t('connection.room')}</Notice>
      )}
      <TroubleBanner />
      {refusal !== null && (
        <Notice
          tone="danger"
          action={
            <Button
              size="icon-sm"
              tone="danger"
              aria-label={t('dismiss', { ns: 'common' })}
              onClick={() => session.dismissRefusal()}
            >
              <X aria-hidden />
            </Button>
          }
        >
          {errorText(refusal)}
        </Notice>
      )}
    </div>
  );
}

/** Why this tab does not compose, and the way to change that; lasting, so it has a place of its own. */
export function ComposerNotice() {
  const { t } = useTranslation('studio');
  const { session } = useStudioPlace();
  const composer = useStudio((view) => view.composer);
  const [taking, setTaking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function takeOver() {
    setTaking(true);
    setFailure(null);
    const outcome = await session.takeOver();
    setTaking(false);
    if (!outcome.ok) setFailure(errorText(outcome.code));
  }

  if (composer.kind === 'elsewhere') {
    return (
      <Notice
        tone="info"
        className="shrink-0"
        action={
          <Button size="sm" tone="accent" disabled={taking} onClick={() => void takeOver()}>
            {taking ? t('composer.taking') : t('composer.here')}
          </Button>
        }
      >
        {failure ?? t('composer.elsewhere', { holder: composer.holder })}
      </Notice>
    );
  }
  if (composer.kind === 'unsupported') {
    return (
      <Notice tone="warn" className="shrink-0">
        {t('composer.unsupported', { missing: composer.missing.join(', ') })}
      </Notice>
    );
  }
  if (composer.kind === 'broken') {
    return (
      <Notice
        tone="danger"
        className="shrink-0"
        action={
          <Button size="sm" tone="danger" onClick={() => location.reload()}>
            {t('composer.reload')}
          </Button>
        }
      >
        {t('composer.broken', { reason: composer.reason })}
      </Notice>
    );
  }
  return null;
}
