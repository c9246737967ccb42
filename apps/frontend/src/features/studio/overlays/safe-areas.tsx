'use client';
import { Switch } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { recall, remember } from '@/lib/stored.ts';
import './strings.ts';

const KEY = 'streamus.safe-areas';
const store = createStore(() => ({ shown: recall(KEY, z.boolean()) ?? false }));

export function setSafeAreas(shown: boolean): void {
  remember(KEY, shown);
  store.setState({ shown });
}

export function safeAreasShown(): boolean {
  return store.getState().shown;
}

/** Share of each side that screens may cut off: 3.5 % for action, 5 % for titles (SMPTE ST 2046-1, EBU R 95). */
const ACTION = '3.5%';
const TITLE = '5%';

/** Lines over the programme on this screen alone: what lies within them is seen on every television and phone. */
export function SafeAreas() {
  const { t } = useTranslation('overlays');
  const { shown } = useStore(store);
  if (!shown) return null;
  return (
    <div role="img" aria-label={t('safe.shown')} className="pointer-events-none absolute inset-0">
      <Frame inset={ACTION} text={t('safe.action')} className="border-dashed" />
      <Frame inset={TITLE} text={t('safe.title')} className="" />
    </div>
  );
}

function Frame({ inset, text, className }: { inset: string; text: string; className: string }) {
  return (
    <div
      className={`absolute border border-white mix-blend-difference ${className}`}
      style={{ inset }}
      title={text}
    />
  );
}

export function SafeAreasSwitch() {
  const { t } = useTranslation('overlays');
  const { shown } = useStore(store);
  return (
    <Switch
      label={t('safe.switch')}
      detail={t('safe.text')}
      checked={shown}
      onChange={setSafeAreas}
      className="border-t pt-3"
    />
  );
}
