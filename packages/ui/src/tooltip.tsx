'use client';
import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Base.Provider delay={500} closeDelay={0}>
      {children}
    </Base.Provider>
  );
}

export interface TooltipProps {
  readonly text: string;
  /** The hotkey, shown after the words. */
  readonly hotkey?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right';
  readonly children: ReactElement;
}

export function Tooltip({ text, hotkey, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={8} className="z-50">
          <Base.Popup className="flex animate-fade-in items-center gap-2 rounded-lg bg-raised px-2.5 py-1.5 text-ink text-xs shadow-pop">
            {text}
            {hotkey && (
              <kbd className="rounded border border-edge px-1 font-mono text-2xs text-muted">{hotkey}</kbd>
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
