import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type NoticeTone = 'info' | 'ok' | 'warn' | 'danger';

const looks: Record<NoticeTone, { box: string; icon: ReactNode }> = {
  info: { box: 'bg-accent-soft text-accent-ink', icon: <Info aria-hidden /> },
  ok: { box: 'bg-raised text-ok', icon: <CircleCheck aria-hidden /> },
  warn: { box: 'bg-warn-soft text-warn', icon: <TriangleAlert aria-hidden /> },
  danger: { box: 'bg-live-soft text-live-ink', icon: <CircleAlert aria-hidden /> },
};

export interface NoticeProps {
  readonly tone: NoticeTone;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}

/** What happened and what to do, next to the thing it happened to. */
export function Notice({ tone, children, action, className }: NoticeProps) {
  const look = looks[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn(
        'flex items-center gap-2.5 rounded-lg px-3 py-2 text-sm [&>svg]:size-4 [&>svg]:shrink-0',
        look.box,
        className,
      )}
    >
      {look.icon}
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
