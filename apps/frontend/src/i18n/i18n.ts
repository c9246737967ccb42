import { type ErrorCode, errorCatalogue } from '@streamus/contracts';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import common from './en/common.json';
import type { Catalogues } from './resources.ts';

/** The page's words. Features add their own catalogue when they load, so that a page carries only what it says. */
export const i18n = i18next.createInstance();

void i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  defaultNS: 'common',
  resources: { en: { common } },
  initAsync: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false },
});

export function provideStrings<N extends keyof Catalogues>(namespace: N, strings: Catalogues[N]): void {
  i18n.addResourceBundle('en', namespace, strings, true, true);
}

/** The sentence for an error, in the page's language where there is one. */
export function errorText(code: ErrorCode): string {
  const key = `errors.${code}`;
  return i18n.exists(key) ? i18n.t(key as never) : errorCatalogue[code].message;
}
