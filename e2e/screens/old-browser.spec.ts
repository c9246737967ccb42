import { productUrl } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const STUDIO = '20000000-0000-4000-8000-000000000001';

/** Runs in the page, before its scripts: a browser without container units, as Chrome 104 and Firefox 109 were. */
function withoutContainerUnits(): void {
  const supports = CSS.supports.bind(CSS);
  Object.assign(CSS, {
    supports: (name: string, value?: string) =>
      value === undefined ? supports(name) : value !== '1cqw' && supports(name, value),
  });
}

/** As Chrome 98 was. */
function withoutLayers(): void {
  Reflect.deleteProperty(window, 'CSSLayerBlockRule');
}

const pages = ['/', '/join', `/watch/${STUDIO}`, '/login', '/dashboard', `/studio/${STUDIO}`];
const FOR_ANYBODY = 3;

test.describe('a browser that is too old is told so, in words, by the pages it is too old for:', () => {
  const cases = [
    ['without cascade layers all of them', withoutLayers, pages],
    [
      'without container units those that lead to the studio',
      withoutContainerUnits,
      pages.slice(FOR_ANYBODY),
    ],
    ['one that has everything, none', () => undefined, []],
  ] as const;
  for (const [title, older, telling] of cases) {
    test(title, async ({ browser }) => {
      const context = await browser.newContext({ baseURL: productUrl() });
      await context.addInitScript(older);
      const page = await context.newPage();
      for (const path of pages) {
        await page.goto(path);
        const notice = page.getByRole('alert').filter({ hasText: 'This browser is too old for StreamUs' });
        await expect(notice, path).toHaveCount(telling.some((told) => told === path) ? 1 : 0);
      }
      // Chromium was seen to hang when a context is closed while its page is on the way from one address to the next.
      await page.goto('about:blank');
      await context.close();
    });
  }
});
