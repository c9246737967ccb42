import { createFontLoader } from '@streamus/fonts';
import type { Lettering } from '../src/sprites/text.ts';

/** Letters that look the same on every machine. */
export interface ServedLettering extends Lettering {
  /** Done when everything that was wanted is there; says whether anything came. Rejects when it does not come. */
  arrived(): Promise<boolean>;
}

/** Every served font has it. */
const WEIGHT = 600;
/** Stands in for the machine's own font, which is another one on every machine. */
const OWN = 'inter';

const loader = createFontLoader({ fonts: document.fonts, origin: location.origin });

/** @param one every brand's font is this one */
export function servedLettering(one: boolean): ServedLettering {
  const wanted: Promise<void>[] = [];
  const fontFor = (font: string): string => (one || font === 'system' ? OWN : font);

  async function load(font: string, text: string): Promise<void> {
    await loader.load(font, WEIGHT, text);
    if (!loader.ready(font, WEIGHT, text)) throw new Error(`no letters of ${font} for ${text}`);
  }

  return {
    stack: (font, text) => loader.stack(fontFor(font), text),
    want(font, text) {
      const chosen = fontFor(font);
      if (!loader.ready(chosen, WEIGHT, text)) wanted.push(load(chosen, text));
      // Pictures are painted anew with everything that has come.
      return null;
    },
    async arrived() {
      const coming = wanted.splice(0);
      await Promise.all(coming);
      return coming.length > 0;
    },
  };
}
