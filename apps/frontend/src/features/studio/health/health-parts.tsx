'use client';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h2 className="font-semibold text-sm">{title}</h2>
      {children}
    </section>
  );
}

/** What only some want to know; nothing when there is nothing to tell. */
export function Numbers({ rows }: { rows: readonly (readonly [string, string])[] }) {
  const { t } = useTranslation('studio');
  if (rows.length === 0) return null;
  return (
    <details className="mt-1 text-xs">
      <summary className="w-fit rounded py-1 text-muted hover:text-ink">{t('health.details')}</summary>
      <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
