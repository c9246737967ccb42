'use client';
import { Button, cn } from '@streamus/ui';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from './action.ts';
import { fixedUse } from './fixed-keys.ts';
import { type Hotkey, hotkeyOf, hotkeyText, isMac, isOfBrowser } from './hotkey.ts';
import { holderOf, hotkeyFor } from './hotkey-plan.ts';
import { useKeys } from './keys-context.tsx';

type Phase =
  | { readonly kind: 'calm' }
  | { readonly kind: 'listening'; readonly complaint: string | null }
  | { readonly kind: 'conflict'; readonly hotkey: Hotkey; readonly holder: string };

const CALM: Phase = { kind: 'calm' };

/** An action and its key; the key is changed by pressing another one. */
export function HotkeyField({ action, among }: { action: Action; among: readonly Action[] }) {
  const { t } = useTranslation('keys');
  const { chosen, choose } = useKeys();
  const [phase, setPhase] = useState<Phase>(CALM);
  const hotkey = hotkeyFor(chosen, action.id);
  const text = hotkey === null ? t('none') : hotkeyText(hotkey, isMac());

  function listen(event: KeyboardEvent) {
    if (phase.kind !== 'listening' || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setPhase(CALM);
    if (event.key === 'Backspace') {
      choose(action.id, null);
      return setPhase(CALM);
    }
    const pressed = hotkeyOf(event);
    if (pressed === null) return;
    if (isOfBrowser(pressed)) {
      return setPhase({
        kind: 'listening',
        complaint: t('ofBrowser', { hotkey: hotkeyText(pressed, isMac()) }),
      });
    }
    const fixed = fixedUse(pressed);
    if (fixed !== null) {
      const words = { hotkey: hotkeyText(pressed, isMac()), name: t(`fixed.${fixed}`) };
      return setPhase({ kind: 'listening', complaint: t('isFixed', words) });
    }
    const ids = among.map(({ id }) => id);
    const holder = holderOf(chosen, pressed, ids, action.id);
    if (holder !== null) return setPhase({ kind: 'conflict', hotkey: pressed, holder });
    choose(action.id, pressed);
    setPhase(CALM);
  }

  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 py-0.5">
      <span className="min-w-0 flex-1 truncate">{action.name}</span>
      <button
        type="button"
        aria-label={t('change', { name: action.name, hotkey: text })}
        aria-pressed={phase.kind === 'listening'}
        onClick={() => setPhase({ kind: 'listening', complaint: null })}
        onKeyDown={listen}
        onBlur={() => setPhase((now) => (now.kind === 'listening' ? CALM : now))}
        className={cn(
          'touch-target min-h-7 min-w-16 rounded-md border border-edge bg-raised px-2 font-mono text-xs hover:border-muted',
          phase.kind === 'listening' && 'border-accent bg-accent-soft text-accent-ink',
          hotkey === null && phase.kind !== 'listening' && 'text-muted',
        )}
      >
        {phase.kind === 'listening' ? t('press') : text}
      </button>
      <p role="status" className="w-full text-right text-muted text-xs empty:hidden">
        {phase.kind === 'listening' && (phase.complaint ?? t('pressHelp'))}
        {phase.kind === 'conflict' && (
          <>
            <span className="text-warn">
              {t('conflict', {
                hotkey: hotkeyText(phase.hotkey, isMac()),
                name: among.find(({ id }) => id === phase.holder)?.name ?? '',
              })}
            </span>{' '}
            <Button
              size="sm"
              tone="outline"
              className="ml-2"
              onClick={() => {
                choose(action.id, phase.hotkey);
                setPhase(CALM);
              }}
            >
              {t('takeOver')}
            </Button>
          </>
        )}
      </p>
    </li>
  );
}
