import { buttonVariants } from '@streamus/ui/button-variants';
import { Wordmark } from '@streamus/ui/mark';
import strings from '@/i18n/en/landing.json';
import { serverStrings } from '@/i18n/server.ts';

const points = ['guests', 'everywhere', 'sacred', 'yours'] as const;

/** What StreamUs is, what it looks like, and the way in. Plain links: nothing here needs a script. */
export function Landing() {
  const t = serverStrings('landing', strings);
  return (
    <div className="mx-auto flex min-h-screen max-w-6xl flex-col px-4 sm:px-8">
      <header className="flex h-16 items-center justify-between">
        <Wordmark />
        <a href="/login" className={buttonVariants({ tone: 'ghost' })}>
          {t('signIn')}
        </a>
      </header>
      <main id="main" className="flex flex-1 flex-col items-center">
        <h1 className="mt-14 max-w-3xl text-balance text-center font-semibold text-4xl tracking-tight sm:text-6xl">
          {t('headline')}
        </h1>
        <p className="mt-5 max-w-2xl text-balance text-center text-lg text-muted">{t('lead')}</p>
        <a href="/register" className={`${buttonVariants({ tone: 'accent', size: 'lg' })} mt-8 px-8`}>
          {t('start')}
        </a>
        <div className="mt-14 w-full overflow-hidden rounded-xl shadow-pop">
          <img
            src="/images/studio.webp"
            alt={t('picture')}
            width={1600}
            height={900}
            fetchPriority="high"
            className="block h-auto w-full"
          />
        </div>
        <ul className="grid w-full gap-x-8 gap-y-10 py-20 sm:grid-cols-2 lg:grid-cols-4">
          {points.map((point) => (
            <li key={point}>
              <h2 className="font-semibold">{t(`points.${point}.title`)}</h2>
              <p className="mt-1.5 text-muted">{t(`points.${point}.text`)}</p>
            </li>
          ))}
        </ul>
      </main>
    </div>
  );
}
