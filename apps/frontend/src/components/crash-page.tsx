'use client';
import { buttonVariants } from '@streamus/ui/button-variants';
import common from '@/i18n/en/common.json';

/**
 * What a person sees when a page fails: that the show is safe, and the way back. Every page carries this, and it must
 * work when nothing else does, so it reads its words straight from the catalogue.
 */
export function CrashPage({ onRetry }: { onRetry: () => void }) {
  const { title, text, again } = common.crash;
  return (
    <main id="main" className="flex min-h-screen flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="font-semibold text-3xl tracking-tight">{title}</h1>
      <p className="max-w-md text-muted">{text}</p>
      <button type="button" className={`${buttonVariants({ tone: 'accent' })} mt-4`} onClick={onRetry}>
        {again}
      </button>
    </main>
  );
}
