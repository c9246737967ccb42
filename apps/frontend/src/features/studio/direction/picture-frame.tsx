'use client';
import { cn } from '@streamus/ui';
import type { ReactNode } from 'react';
import { useStudio } from '../session-context.tsx';

export interface PictureFrameProps {
  /** What kind of picture this is: its colour never stands alone, `word` says the same. */
  readonly tone: 'plain' | 'programme' | 'live' | 'preview';
  /** Null: the only picture here, which needs no name. */
  readonly word: string | null;
  readonly name: string | null;
  readonly children: ReactNode;
}

const RINGS = {
  plain: 'ring-1 ring-line',
  programme: 'ring-2 ring-ink',
  live: 'ring-2 ring-live',
  preview: 'ring-2 ring-accent-ink',
} as const;
const WORDS = {
  plain: 'bg-raised text-ink',
  programme: 'bg-ink text-canvas',
  live: 'bg-live text-on-live',
  preview: 'bg-accent text-on-accent',
} as const;

/** A picture of the programme's shape, always whole, as large as the room for it allows; its name above it. */
export function PictureFrame({ tone, word, name, children }: PictureFrameProps) {
  const shape = useStudio((view) => view.document?.programme ?? { width: 16, height: 9 });
  const ratio = shape.width / shape.height;
  return (
    <div
      className={cn(
        '@container-[size] relative flex min-h-0 min-w-0 flex-1 items-center justify-center',
        word !== null && 'pt-7',
      )}
    >
      <div className="relative" style={{ width: `min(100cqw, ${100 * ratio}cqh)`, aspectRatio: ratio }}>
        {word !== null && (
          <p className="absolute inset-x-0 bottom-full flex items-center gap-2 pb-1.5 text-xs">
            <span className={cn('shrink-0 rounded-md px-1.5 py-px font-semibold', WORDS[tone])}>{word}</span>
            <bdi className="min-w-0 truncate text-muted">{name}</bdi>
          </p>
        )}
        <div className={cn('relative h-full w-full overflow-hidden rounded-lg bg-black', RINGS[tone])}>
          {children}
        </div>
      </div>
    </div>
  );
}
