import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  /** The one next step. */
  readonly action?: ReactNode;
  readonly className?: string;
}

export function EmptyState({ icon, title, text, action, className }: EmptyStateProps) {
  return (
    <div
      className={cn(
        'flex flex-col items-center gap-2 rounded-card border border-dashed px-6 py-10 text-center [&>svg]:size-6 [&>svg]:text-muted',
        className,
      )}
    >
      {icon}
      <p className="font-medium">{title}</p>
      <p className="max-w-sm text-muted">{text}</p>
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
