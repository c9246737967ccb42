import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { MissingScripts } from '@/features/support/missing-scripts.tsx';
import { UnsupportedBrowser } from '@/features/support/unsupported-browser.tsx';
import common from '@/i18n/en/common.json';
import { serverStrings } from '@/i18n/server.ts';
import { APPEARANCE_COOKIE, appearanceOf } from '@/lib/appearance.ts';
import './globals.css';

/**
 * The HTML around every page. Reading the nonce makes each page render per request, which the policy needs.
 * `chosen`: as this person wants to see it; known before the first paint, so nothing flashes.
 */
export async function Document({ theme, children }: { theme: 'chosen' | 'dark'; children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  const appearance =
    theme === 'chosen' ? appearanceOf((await cookies()).get(APPEARANCE_COOKIE)?.value) : theme;
  const t = serverStrings('common', common);
  return (
    <html lang="en" data-theme={appearance}>
      <body>
        <MissingScripts nonce={nonce} />
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-accent focus:px-4 focus:py-2 focus:text-on-accent"
        >
          {t('skip')}
        </a>
        <UnsupportedBrowser
          nonce={nonce}
          title={t('unsupported.title')}
          text={t('unsupported.text')}
          how={t('unsupported.how')}
        />
        {children}
      </body>
    </html>
  );
}
