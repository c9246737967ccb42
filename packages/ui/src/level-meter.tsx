'use client';
import { Meter as Base } from '@base-ui/react/meter';
import { cn } from './cn.ts';

export interface LevelMeterProps {
  readonly label: string;
  /** Loudness 0..1. */
  readonly level: number;
  readonly upright?: boolean;
  readonly className?: string;
}

/** A bar that follows loudness; the top fifth turns amber. */
export function LevelMeter({ label, level, upright, className }: LevelMeterProps) {
  const share = Math.round(Math.min(1, Math.max(0, level)) * 100);
  return (
    <Base.Root aria-label={label} value={share} className={cn('block', className)}>
      <Base.Track
        className={cn(
          'relative block overflow-hidden rounded-full bg-hover',
          upright ? 'h-full w-1' : 'h-1 w-full',
        )}
      >
        <span
          className={cn(
            'absolute rounded-full',
            share > 80 ? 'bg-warn' : 'bg-ok',
            upright ? 'inset-x-0 bottom-0' : 'inset-y-0 left-0',
          )}
          style={upright ? { height: `${share}%` } : { width: `${share}%` }}
        />
      </Base.Track>
    </Base.Root>
  );
}
