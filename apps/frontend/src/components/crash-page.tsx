'use client';
import { Button } from '@streamus/ui';
import { useTranslation } from 'react-i18next';
import '@/i18n/i18n.ts';

/** What a person sees when a page fails: that the show is safe, and the way back. */
export function CrashPage({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <main id="main" className="flex min-h-screen flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-3xl tracking-tight">{t('crash.title')}</h1>
      <p className="max-w-md text-muted">{t('crash.text')}</p>
      <Button tone="accent" className="mt-4" onClick={onRetry}>
        {t('crash.again')}
      </Button>
    </main>
  );
}
