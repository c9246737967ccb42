'use client';
import { Slider as Base } from '@base-ui/react/slider';
import { cn } from './cn.ts';

export interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly className?: string;
}

export function Slider({ label, min, max, step, value, onChange, className }: SliderProps) {
  return (
    <Base.Root
      min={min}
      max={max}
      step={step}
      value={value}
      onValueChange={(next) => onChange(typeof next === 'number' ? next : (next[0] ?? min))}
      className={cn('w-24', className)}
    >
      <Base.Control className="flex h-6 w-full touch-none select-none items-center">
        <Base.Track className="relative h-1 w-full rounded-full bg-edge">
          <Base.Indicator className="rounded-full bg-ink" />
          <Base.Thumb
            getAriaLabel={() => label}
            className="size-3.5 rounded-full bg-ink outline-offset-2 has-[:focus-visible]:outline-2"
          />
        </Base.Track>
      </Base.Control>
    </Base.Root>
  );
}
