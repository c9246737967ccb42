import i18next, { type TFunction } from 'i18next';
import type { Catalogues } from './resources.ts';

/** Words for a server-rendered page, without React's contexts. */
export function serverStrings<N extends keyof Catalogues>(
  namespace: N,
  strings: Catalogues[N],
): TFunction<N> {
  const instance = i18next.createInstance();
  void instance.init({
    lng: 'en',
    initAsync: false,
    defaultNS: namespace,
    resources: { en: { [namespace]: strings } },
    interpolation: { escapeValue: false },
  });
  return instance.getFixedT('en', namespace);
}
