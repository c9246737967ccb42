'use client';
import { routes } from '@streamus/contracts';
import { Button, Notice, TooltipProvider } from '@streamus/ui';
import Link from 'next/link';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { DarkPage } from '@/components/dark-page.tsx';
import { Waiting } from '@/components/waiting.tsx';
import { errorText } from '@/i18n/i18n.ts';
import { api } from '@/lib/api.ts';
import { forget, recall, remember } from '@/lib/stored.ts';
import { useLoad } from '@/lib/use-load.ts';
import { DeviceCheck, DeviceCheckWaiting } from '../devices/device-check.tsx';
import { loadEngine } from '../devices/engine.ts';
import { usePreview } from '../devices/use-preview.ts';
import { loadDesk, StudioRoom } from './studio-room.tsx';
import './strings.ts';

const enteredKey = (studioId: string) => `streamus.entered.${studioId}`;

/** The studio of a member: device check first, then the room. A reload goes straight back into the room. */
export function StudioPage({ studioId }: { studioId: string }) {
  const { t } = useTranslation('studio');
  const studio = useLoad(() => api(routes.getStudio, { params: { studioId } }));
  const [phase, setPhase] = useState<'unknown' | 'check' | 'inside' | 'left'>('unknown');

  useEffect(() => {
    const inside = recall(enteredKey(studioId), z.literal(true), 'session') === true;
    if (inside) {
      // All at once, before the server has answered anything.
      void loadEngine();
      void loadDesk();
    }
    setPhase(inside ? 'inside' : 'check');
  }, [studioId]);

  const enter = useCallback(() => {
    remember(enteredKey(studioId), true, 'session');
    setPhase('inside');
  }, [studioId]);

  const leave = useCallback(() => {
    forget(enteredKey(studioId), 'session');
    setPhase('left');
  }, [studioId]);

  if (studio.state.kind === 'failed') {
    return (
      <DarkPage>
        <h1 className="sr-only">{t('title')}</h1>
        <Notice
          tone="danger"
          action={
            <Button size="sm" tone="outline" onClick={() => void studio.reload()}>
              {t('retry', { ns: 'common' })}
            </Button>
          }
        >
          {errorText(studio.state.code)}
        </Notice>
      </DarkPage>
    );
  }
  if (studio.state.kind === 'loading' || phase === 'unknown') {
    return (
      <DarkPage>
        <Waiting text={t('entering')} />
      </DarkPage>
    );
  }
  if (phase === 'left') return <LeftStudio onAgain={() => setPhase('check')} />;
  if (phase === 'check') return <HostCheck name={studio.state.value.name} onEnter={enter} />;
  return (
    <TooltipProvider>
      <StudioRoom
        studioId={studioId}
        studioName={studio.state.value.name}
        guestToken={null}
        onLeave={leave}
      />
    </TooltipProvider>
  );
}

function HostCheck({ name, onEnter }: { name: string; onEnter: () => void }) {
  const { t } = useTranslation('studio');
  const preview = usePreview(loadDesk);
  const me = useLoad(() => api(routes.me, {}));

  return (
    <DarkPage>
      <div className="w-full max-w-4xl">
        <p className="text-muted">{name}</p>
        <h1 className="mb-6 font-semibold text-2xl tracking-tight">{t('title', { ns: 'devices' })}</h1>
        {preview === null ? (
          <DeviceCheckWaiting />
        ) : (
          <DeviceCheck preview={preview} name={me.state.kind === 'ready' ? me.state.value.user.username : ''}>
            <div className="flex flex-col gap-2">
              <Button tone="accent" size="lg" onClick={onEnter}>
                {t('enter')}
              </Button>
              <p className="text-muted text-xs">{t('enterHint')}</p>
            </div>
          </DeviceCheck>
        )}
      </div>
    </DarkPage>
  );
}

function LeftStudio({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation('studio');
  return (
    <DarkPage>
      <h1 className="font-semibold text-2xl tracking-tight">{t('closed.title')}</h1>
      <div className="mt-6 flex gap-3">
        <Button tone="accent" onClick={onAgain}>
          {t('closed.again')}
        </Button>
        <Button render={<Link href="/dashboard" />} nativeButton={false}>
          {t('closed.dashboard')}
        </Button>
      </div>
    </DarkPage>
  );
}
