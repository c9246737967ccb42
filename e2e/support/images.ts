import type { Page } from '@playwright/test';

/** A PNG of one colour, drawn by the page. */
export async function pngOf(page: Page, colour: string, width: number, height: number): Promise<Buffer> {
  const base64 = await page.evaluate(
    ([fill, w, h]) => {
      const canvas = document.createElement('canvas');
      canvas.width = w;
      canvas.height = h;
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('No canvas.');
      context.fillStyle = fill;
      context.fillRect(0, 0, w, h);
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    },
    [colour, width, height] as const,
  );
  return Buffer.from(base64, 'base64');
}
