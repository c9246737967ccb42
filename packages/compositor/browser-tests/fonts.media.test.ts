import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {} from './compositor-page.ts';
import { openPage } from './support/open-page.ts';
import { serveFonts } from './support/served-fonts.ts';

const FONT = 'caveat';
/** Of a programme in which nothing moves. */
const SOME = 10;

test('a brand’s font that comes late is on air as soon as it is there, though nothing else changes', async () => {
  const open = await openPage(join(import.meta.dirname, 'compositor-page.ts'));
  const served = Promise.withResolvers<void>();
  let asked = false;
  try {
    const { page } = open;
    await serveFonts(page, () => {
      asked = true;
      return served.promise;
    });
    await page.waitForFunction(() => 'banner' in window);
    const watched = () => page.evaluate((font) => window.banner(font), FONT);
    const pictures = async () => (await watched()).pictures;
    await expect.poll(pictures).toBeGreaterThan(0);
    // Letters are asked for once they have been drawn with others.
    await expect.poll(() => asked).toBe(true);
    const drawn = await pictures();
    await expect.poll(pictures).toBeGreaterThan(drawn + SOME);
    const before = await watched();
    await expect.poll(pictures).toBeGreaterThan(before.pictures + SOME);
    expect((await watched()).distinct).toBe(before.distinct);
    served.resolve();
    await expect.poll(async () => (await watched()).distinct).toBe(before.distinct + 1);
  } finally {
    served.resolve();
    await open.close();
  }
});
