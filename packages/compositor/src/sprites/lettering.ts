import { createFontLoader } from '@streamus/fonts';
import type { Lettering } from './text.ts';

// The compiler knows the window's scope; of a worker's, this part is used.
declare const self: { readonly fonts: FontFaceSet };

/** Served fonts have every weight a sprite asks for in the same files. */
const ANY_WEIGHT = 600;

/** Fonts of this worker, from the API at `origin`. */
export function createLettering(origin: string): Lettering {
  const loader = createFontLoader({ fonts: self.fonts, origin });
  return {
    stack: loader.stack,
    want: (font, text) => (loader.ready(font, ANY_WEIGHT, text) ? null : loader.load(font, ANY_WEIGHT, text)),
  };
}
