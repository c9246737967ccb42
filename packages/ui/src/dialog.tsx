'use client';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { Button } from './button.tsx';
import { cn } from './cn.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  /** Name of the close button. */
  readonly closeLabel: string;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  /** What gets the focus when it opens; otherwise the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** `side`: a sheet at the right edge; `centre`: a card; `wide`: nearly the whole screen. */
  readonly place?: 'centre' | 'side' | 'wide';
}

/**
 * Counts openings: one for each, so that what is opened while it still fades away is a dialog of its own. Base UI sets the
 * focus only in what it mounts.
 */
function useOpenings(open: boolean): number {
  const [last, setLast] = useState({ open, openings: 0 });
  if (last.open === open) return last.openings;
  const openings = open ? last.openings + 1 : last.openings;
  setLast({ open, openings });
  return openings;
}

export function Dialog(props: DialogProps) {
  const side = props.place === 'side';
  const openings = useOpenings(props.open);
  return (
    <Base.Root key={openings} open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Base.Popup
          {...(props.initialFocus ? { initialFocus: props.initialFocus } : {})}
          className={cn(
            'fixed z-50 flex flex-col bg-panel text-ink shadow-pop outline-none transition-opacity duration-150 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
            side
              ? 'inset-y-0 right-0 w-[min(27.5rem,100vw)]'
              : props.place === 'wide'
                ? 'inset-2 rounded-2xl lg:inset-6'
                : 'inset-x-4 top-[8vh] mx-auto max-h-[84vh] max-w-lg rounded-2xl',
          )}
        >
          <header className="flex items-start gap-3 px-6 pt-5 pb-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="break-words font-semibold text-lg tracking-tight">
                {props.title}
              </Base.Title>
              {props.description && (
                <Base.Description className="mt-1 text-muted text-sm">{props.description}</Base.Description>
              )}
            </div>
            <Base.Close render={<Button tone="ghost" size="icon-sm" aria-label={props.closeLabel} />}>
              <X aria-hidden />
            </Base.Close>
          </header>
          <div className="-mt-1 min-h-0 flex-1 overflow-y-auto px-6 pt-1 pb-6">{props.children}</div>
          {props.footer && <footer className="border-t px-6 py-4">{props.footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
