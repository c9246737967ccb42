'use client';
import { Switch as Base } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

export interface SwitchProps {
  readonly label: string;
  readonly detail?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** A row: words at the left, the switch at the right; the whole row answers. */
export function Switch({ label, detail, checked, onChange, disabled = false, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cn('flex min-h-9 items-center gap-3', className)}>
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="block truncate font-medium text-sm">
          {label}
        </label>
        {detail !== undefined && <div className="text-muted text-xs">{detail}</div>}
      </div>
      <Base.Root
        id={id}
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="relative inline-flex h-6 w-10 shrink-0 cursor-pointer items-center rounded-full bg-edge px-0.5 transition-colors data-[checked]:justify-end data-[checked]:bg-accent data-[disabled]:opacity-50"
      >
        <Base.Thumb className="size-5 rounded-full bg-white shadow-card" />
      </Base.Root>
    </div>
  );
}
