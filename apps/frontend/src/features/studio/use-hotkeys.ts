'use client';
import { useEffect, useRef } from 'react';
import { layoutOrder } from './layout-bar.tsx';
import { toggleBanner } from './overlays/toggle-banner.ts';
import { useStudioPlace } from './session-context.tsx';

/** True when a key belongs to the thing in focus: a field being typed in, or an open dialog or menu. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.matches('input, textarea, select') ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
  );
}

/** Space presses the button in focus; elsewhere it talks. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, [role="button"], [role="tab"]') !== null;
}

export interface HotkeyActions {
  readonly onGoLive?: () => void;
  readonly onHelp: () => void;
  /** Guests choose no layouts. */
  readonly layouts?: boolean;
}

/** Keys of UX.md: M V S, 1–7, Space to talk while muted, L, ?. Never while typing. */
export function useHotkeys(actions: HotkeyActions): void {
  const { session, studioId } = useStudioPlace();
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let talking = false;

    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const view = session.store.getState();
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const layout = digit === undefined || event.shiftKey ? undefined : layoutOrder[Number(digit) - 1];
      if (layout !== undefined && latest.current.layouts !== false) {
        void session.command({ type: 'set-layout', layout, scene: view.document?.scene });
      } else if (event.key === ' ' && !isPressable(event.target)) {
        event.preventDefault();
        if (!event.repeat && !view.microphone.on) {
          talking = true;
          void session.setMicrophone(true);
        }
      } else if (!event.repeat) letter(event.key.toLowerCase());
    }

    function letter(key: string) {
      const view = session.store.getState();
      if (key === 'm') void session.setMicrophone(!view.microphone.on);
      if (key === 'v') void session.setCamera(!view.camera.on);
      if (key === 's') void (view.screen.on ? session.stopScreen() : session.startScreen());
      if (key === 'b' && latest.current.layouts !== false) toggleBanner(session, studioId);
      if (key === 'l') latest.current.onGoLive?.();
      if (key === '?') latest.current.onHelp();
    }

    function stopTalking() {
      if (!talking) return;
      talking = false;
      void session.setMicrophone(false);
    }
    const release = (event: KeyboardEvent) => {
      if (event.key === ' ') stopTalking();
    };

    window.addEventListener('keydown', press);
    window.addEventListener('keyup', release);
    window.addEventListener('blur', stopTalking);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('keyup', release);
      window.removeEventListener('blur', stopTalking);
    };
  }, [session, studioId]);
}
