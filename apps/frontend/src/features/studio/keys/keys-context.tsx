'use client';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { z } from 'zod';
import { forget, recall, remember } from '@/lib/stored.ts';
import type { ActionSource } from './action.ts';
import { type Hotkey, hotkeyAria, hotkeyText, isMac } from './hotkey.ts';
import { type ChosenHotkeys, hotkeyFor, withHotkey } from './hotkey-plan.ts';
import { useHotkeys } from './use-hotkeys.ts';

/** Per browser: a keyboard belongs to a computer, not to an account. */
const STORE_KEY = 'streamus.hotkeys';
const chosenSchema = z.record(z.string(), z.string().max(40).nullable());

interface Keys {
  readonly actions: ActionSource;
  readonly chosen: ChosenHotkeys;
  choose(action: string, hotkey: Hotkey | null): void;
  reset(): void;
}

const KeysContext = createContext<Keys | null>(null);

/** Everything that can be done here, with its keys; `actions` is asked at each press. */
export function KeysProvider(props: {
  actions: ActionSource;
  /** Says why the action of a pressed key cannot be done. */
  onUnavailable?: (reason: string) => void;
  children: ReactNode;
}) {
  const { actions, onUnavailable, children } = props;
  const [chosen, setChosen] = useState<ChosenHotkeys>(() => recall(STORE_KEY, chosenSchema) ?? {});
  useHotkeys(actions, chosen, onUnavailable ?? ignore);
  const choose = useCallback(
    (action: string, hotkey: Hotkey | null) => {
      const ids = actions().map(({ id }) => id);
      setChosen((now) => {
        const next = withHotkey(now, action, hotkey, ids);
        remember(STORE_KEY, next);
        return next;
      });
    },
    [actions],
  );
  const reset = useCallback(() => {
    forget(STORE_KEY);
    setChosen({});
  }, []);
  const keys = useMemo(() => ({ actions, chosen, choose, reset }), [actions, chosen, choose, reset]);
  return <KeysContext value={keys}>{children}</KeysContext>;
}

export function useKeys(): Keys {
  const keys = useContext(KeysContext);
  if (keys === null) throw new Error('This part of the screen belongs where keys are known.');
  return keys;
}

function ignore(): void {}

/** The key of an action: as written on it, and as assistive technology reads it. */
export function useHotkey(action: string): { readonly text?: string; readonly aria?: string } {
  const { chosen } = useKeys();
  const hotkey = hotkeyFor(chosen, action);
  if (hotkey === null) return {};
  return { text: hotkeyText(hotkey, isMac()), aria: hotkeyAria(hotkey, isMac()) };
}
