'use client';
import { Button } from '@streamus/ui';
import { type ReactNode, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';

/** A part of the dashboard: heading, one action, content. */
export function Section(props: { title: string; text?: string; action?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div className="mb-3 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={id} className="font-semibold text-lg tracking-tight">
          {props.title}
        </h2>
        {props.text && <p className="text-muted max-sm:hidden">{props.text}</p>}
        <span className="flex-1" />
        {props.action}
      </div>
      {props.children}
    </section>
  );
}

/** Tells when a part knows for the first time what it has. */
export function useSettled(
  part: string,
  kind: 'loading' | 'ready' | 'failed',
  onSettled: (part: string) => void,
): void {
  const settled = kind !== 'loading';
  useEffect(() => {
    if (settled) onSettled(part);
  }, [part, settled, onSettled]);
}

export function Rows({ children }: { children: ReactNode }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-card bg-panel shadow-card ring-1 ring-line">
      {children}
    </ul>
  );
}

/** Stands where the deleted thing was, so that nothing moves while one may still want it back. */
export function DeletedRow({ name, onUndo }: { name: string; onUndo: () => void }) {
  const { t } = useTranslation('dashboard');
  return (
    <li className="flex min-h-16 items-center gap-3 bg-raised px-4">
      <p role="status" className="min-w-0 flex-1 truncate text-muted">
        {t('deleted', { name })}
      </p>
      <Button size="sm" tone="outline" onClick={onUndo}>
        {t('undo', { ns: 'common' })}
      </Button>
    </li>
  );
}
