'use client';
import { useEffect, useRef } from 'react';
import type { Action, ActionSource } from './action.ts';
import { hotkeyOf } from './hotkey.ts';
import { type ChosenHotkeys, hotkeyFor } from './hotkey-plan.ts';

/** What takes every key while it is open; Base UI keeps it, and the focus in it, until it has faded away. */
const KEEPS_KEYS = ['dialog', 'menu', 'listbox'].map((role) => `[role="${role}"]:not([data-closed])`).join();

/** True when a key belongs to the thing in focus: a field being typed in, or an open dialog or menu. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input:not([type="range"]), textarea, select') ||
    target.closest(KEEPS_KEYS) !== null
  );
}

/** Enter and space press the button in focus. */
function isPressing(hotkey: string): boolean {
  return hotkey === 'Enter' || hotkey === 'Space';
}

function isPressed(hotkey: string, target: EventTarget | null): boolean {
  return (
    isPressing(hotkey) &&
    target instanceof HTMLElement &&
    target.closest('a, button, summary, [role="button"], [role="switch"], [role="tab"]') !== null
  );
}

/**
 * Runs actions by their keys, never while typing. A button that has the focus only because it was clicked keeps
 * neither Enter nor space: who arranges with the mouse takes with Enter.
 */
export function useHotkeys(
  source: ActionSource,
  chosen: ChosenHotkeys,
  onUnavailable: (reason: string) => void,
): void {
  const latest = useRef({ source, chosen, onUnavailable });
  latest.current = { source, chosen, onUnavailable };
  useEffect(() => {
    let held: Action | null = null;
    let heldKey = '';
    let clicked = false;

    function press(event: KeyboardEvent) {
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) clicked = false;
      if (event.defaultPrevented || event.isComposing || isTaken(event.target)) return;
      const hotkey = hotkeyOf(event);
      if (hotkey === null || (!clicked && isPressed(hotkey, event.target))) return;
      const { source: list, chosen: plan } = latest.current;
      const action = list().find(({ id }) => hotkeyFor(plan, id) === hotkey);
      if (action === undefined) return;
      if (action.unavailable) {
        // Enter and space have work of their own; nobody expects an answer from them.
        if (!isPressing(hotkey)) latest.current.onUnavailable(action.unavailable);
        return;
      }
      event.preventDefault();
      if (event.repeat) return;
      if (action.release !== undefined) {
        held = action;
        heldKey = event.code;
      }
      action.run();
    }

    function letGo() {
      held?.release?.();
      held = null;
    }
    const lift = (event: KeyboardEvent) => {
      if (event.code === heldKey) letGo();
    };
    const point = () => {
      clicked = true;
    };

    window.addEventListener('keydown', press);
    window.addEventListener('keyup', lift);
    window.addEventListener('blur', letGo);
    window.addEventListener('pointerdown', point, true);
    return () => {
      letGo();
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', lift);
      window.removeEventListener('blur', letGo);
      window.removeEventListener('pointerdown', point, true);
    };
  }, []);
}
