import type { Page } from '@playwright/test';
import { hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const painting = (page: Page) => page.getByRole('region', { name: 'Painting' });

async function paintWith(page: Page, surface: string): Promise<void> {
  await painting(page).getByRole('combobox', { name: 'Paint with' }).click();
  await page.getByRole('option', { name: surface, exact: true }).click();
}

test('the host sees what paints, chooses something else, and finds the choice again', async ({ browser }) => {
  const { page } = await hostInStudio(browser, { colour: '#2f6fb2' });
  await page.getByRole('tab', { name: 'Health' }).click();
  await expect(painting(page).getByText(/^The (processor|browser’s canvas) paints/)).toBeVisible();
  await expect(painting(page).getByText(/^Processor:/), 'the processor’s surface works').toHaveCount(0);

  await paintWith(page, 'Canvas');
  await expect(painting(page).getByText('The browser’s canvas paints the programme.')).toBeVisible();
  await paintWith(page, 'Processor');
  await expect(painting(page).getByText('The processor paints the programme')).toBeVisible();

  await page.reload();
  await page.getByRole('tab', { name: 'Health' }).click();
  await expect(painting(page).getByRole('combobox', { name: 'Paint with' })).toHaveText('Processor');
  await expect(painting(page).getByText('The processor paints the programme')).toBeVisible();
});

const MISSING = 'painter-is-missing';

/** Runs in the page, before its scripts: workers have no script, as in a page that is older than the server by now. */
function missPainter(key: string): void {
  if (sessionStorage.getItem(key) === null) return;
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(_url: string | URL, options?: WorkerOptions) {
      super('/missing-painter.js', options);
    }
  };
}

test('a page whose painter does not load says so, and composes again once it is reloaded', async ({
  browser,
}) => {
  const { page, context } = await hostInStudio(browser, { colour: '#2f6fb2' });
  await context.addInitScript(missPainter, MISSING);
  await page.evaluate((key) => sessionStorage.setItem(key, 'yes'), MISSING);
  await page.reload();
  await expect(page.getByText('The picture cannot be composed in this tab')).toBeVisible();
  await page.evaluate((key) => sessionStorage.removeItem(key), MISSING);
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await page.getByRole('tab', { name: 'Health' }).click();
  await expect(painting(page).getByText(/^The (processor|browser’s canvas) paints/)).toBeVisible();
  await expect(page.getByText('The picture cannot be composed in this tab')).toHaveCount(0);
});
