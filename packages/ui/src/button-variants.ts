import { cva } from 'class-variance-authority';

/** Looks of a button, for links that look like one too. */
export const buttonVariants = cva(
  'touch-target inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-lg font-medium transition-colors duration-100 disabled:cursor-not-allowed disabled:opacity-50 data-[disabled]:cursor-not-allowed data-[disabled]:opacity-50 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        accent: 'bg-accent text-on-accent hover:bg-accent-hover',
        live: 'bg-live text-on-live hover:bg-live-hover',
        neutral: 'bg-raised text-ink hover:bg-hover',
        outline: 'border border-line bg-panel text-ink hover:bg-raised',
        ghost: 'text-muted hover:bg-raised hover:text-ink',
        danger: 'text-live-ink hover:bg-live-soft',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs [&_svg]:size-3.5',
        md: 'h-9 px-3.5 text-sm [&_svg]:size-4',
        lg: 'h-11 px-5 text-base [&_svg]:size-5',
        icon: 'size-9 [&_svg]:size-4.5',
        'icon-sm': 'size-7 [&_svg]:size-4',
      },
    },
    defaultVariants: { tone: 'neutral', size: 'md' },
  },
);
