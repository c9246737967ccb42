import { cn } from './cn.ts';

/** The StreamUs mark: two seats in one frame. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={cn('size-6', className)}>
      <rect x="1" y="3" width="22" height="18" rx="5" fill="var(--accent)" />
      <rect x="5" y="7" width="6" height="10" rx="2" fill="#fff" />
      <rect x="13" y="7" width="6" height="10" rx="2" fill="#fff" opacity="0.55" />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-base tracking-tight', className)}>
      <Mark />
      StreamUs
    </span>
  );
}
