'use client';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cn } from './cn.ts';

export interface SelectProps {
  readonly label: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    /** What its name is written in. */
    readonly fontFamily?: string;
  }[];
  readonly value: string | null;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly disabled?: boolean;
  readonly quiet?: boolean;
  readonly className?: string;
}

export function Select(props: SelectProps) {
  const { label, options, value, onChange, placeholder, disabled = false, quiet, className } = props;
  return (
    <Base.Root
      items={[...options]}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (typeof next === 'string') onChange(next);
      }}
    >
      <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
        <Base.Label className={quiet ? 'sr-only' : 'font-medium text-sm'}>{label}</Base.Label>
        <Base.Trigger
          // The label is tied to it a moment after the page is there.
          aria-label={label}
          className="touch-target flex h-10 w-full min-w-0 items-center gap-2 rounded-lg border border-edge bg-panel px-3 text-left text-sm hover:border-muted data-[disabled]:opacity-60"
        >
          <Base.Value className="min-w-0 flex-1 truncate" placeholder={placeholder} />
          <Base.Icon className="text-muted">
            <ChevronsUpDown aria-hidden className="size-4" />
          </Base.Icon>
        </Base.Trigger>
      </div>
      <Base.Portal>
        <Base.Positioner sideOffset={6} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className="max-h-[min(22.5rem,var(--available-height))] w-[var(--anchor-width)] animate-fade-in overflow-y-auto rounded-xl bg-panel p-1 text-ink shadow-pop outline-none">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="touch-target flex min-h-8 cursor-default select-none items-center gap-2 rounded-lg px-2.5 text-sm outline-none data-[highlighted]:bg-raised"
                >
                  <Base.ItemText
                    className="min-w-0 flex-1 truncate"
                    {...(option.fontFamily ? { style: { fontFamily: option.fontFamily } } : {})}
                  >
                    {option.label}
                  </Base.ItemText>
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-4 text-accent-ink" />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
