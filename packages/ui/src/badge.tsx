import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

const variants = cva(
  'inline-flex h-6 max-w-full items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        neutral: 'bg-raised text-muted',
        accent: 'bg-accent-soft text-accent-ink',
        live: 'bg-live text-on-live',
        danger: 'bg-live-soft text-live-ink',
        ok: 'bg-raised text-ok',
        warn: 'bg-warn-soft text-warn',
      },
    },
    defaultVariants: { tone: 'neutral' },
  },
);

export type BadgeProps = ComponentProps<'span'> & VariantProps<typeof variants>;

export function Badge({ tone, className, ...props }: BadgeProps) {
  return <span className={cn(variants({ tone }), className)} {...props} />;
}
