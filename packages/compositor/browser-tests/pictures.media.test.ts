import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {} from './compositor-page.ts';
import { openPage } from './support/open-page.ts';

test('pictures of scenes look as the programme does, also several at once and of other sizes', async () => {
  const open = await openPage(join(import.meta.dirname, 'compositor-page.ts'));
  try {
    await open.page.waitForFunction(() => 'picture' in window);
    const pictures = await open.page.evaluate((widths) => window.picture(widths), [
      160, 320, 161, 160,
    ] as const);
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([
      [160, 90],
      [320, 180],
      [161, 91],
      [160, 90],
    ]);
    for (const { difference, contrast, edge } of pictures) {
      expect(edge).toBeLessThan(4);
      expect(contrast).toBeGreaterThan(20);
      expect(difference).toBeLessThan(4);
    }
  } finally {
    await open.close();
  }
});
