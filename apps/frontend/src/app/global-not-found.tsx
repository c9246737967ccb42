import { buttonVariants } from '@streamus/ui/button-variants';
import { Wordmark } from '@streamus/ui/mark';
import type { Metadata } from 'next';
import common from '@/i18n/en/common.json';
import { serverStrings } from '@/i18n/server.ts';
import { Document } from './document.tsx';

export const metadata: Metadata = { title: 'Not found · StreamUs' };

export default function GlobalNotFound() {
  const t = serverStrings('common', common);
  return (
    <Document theme="dark">
      <main
        id="main"
        className="flex min-h-screen flex-col items-center justify-center gap-3 px-6 text-center"
      >
        <Wordmark className="mb-6" />
        <h1 className="font-semibold text-3xl tracking-tight">{t('notFound.title')}</h1>
        <p className="text-muted">{t('notFound.text')}</p>
        <a href="/" className={`${buttonVariants({ tone: 'accent' })} mt-4`}>
          {t('notFound.home')}
        </a>
      </main>
    </Document>
  );
}
