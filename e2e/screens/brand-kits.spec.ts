import { readFile } from 'node:fs/promises';
import { expectClean } from '../support/accessibility.ts';
import { pngOf } from '../support/images.ts';
import { hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('a look is saved as a kit, put on again and taken back, exported, deleted, imported; refusals are in words', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, {});
  await page.getByRole('tab', { name: 'Brand' }).click();
  const theme = (name: string) => page.getByRole('button', { name, exact: true });
  await theme('Bold').click();
  await page.getByRole('button', { name: 'Save this look', exact: true }).click();
  await page.getByLabel('Name of the kit').fill('Club evening');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Brand kits' })).toContainText('Club evening');

  await theme('Bubble').click();
  await page.getByRole('button', { name: 'Use Club evening' }).click();
  await expect(theme('Bold')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('logo and background are replaced.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(theme('Bubble')).toHaveAttribute('aria-pressed', 'true');
  await expectClean(page, 'brand with a kit');

  await page.getByRole('button', { name: 'More for Club evening' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as a file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Club evening.streamus-brand.zip');
  const file = {
    name: 'club.zip',
    mimeType: 'application/zip',
    buffer: await readFile(await download.path()),
  };

  await page.goto('/dashboard');
  const brand = page.getByRole('region', { name: 'Brand' });
  await brand.getByRole('button', { name: 'More for Club evening' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(brand.getByText('“Club evening” is deleted.')).toBeVisible();
  await brand.getByLabel('Import kit').setInputFiles({ ...file, buffer: Buffer.from('no kit at all') });
  await expect(brand.getByText('This file is not a brand kit exported by StreamUs')).toBeVisible();
  await brand.getByLabel('Import kit').setInputFiles(file);
  await expect(brand.getByRole('button', { name: 'More for Club evening' })).toBeVisible();
  await expect(brand.getByText('This file is not a brand kit')).toHaveCount(0);

  await brand.getByRole('button', { name: 'New folder' }).click();
  await brand.getByLabel('Name of the folder').fill('Sponsors');
  await page.keyboard.press('Enter');
  const image = { name: 'acme.png', mimeType: 'image/png', buffer: await pngOf(page, '#ff00ff', 200, 100) };
  await brand.getByLabel('Upload images').setInputFiles(image);
  await brand.getByRole('button', { name: 'More for acme.png' }).click();
  await page.getByRole('menuitem', { name: 'Move to Sponsors' }).click();
  await brand.getByRole('combobox', { name: 'Folder' }).click();
  await page.getByRole('option', { name: 'Sponsors' }).click();
  await expect(brand.getByText('acme.png')).toBeVisible();
  await expectClean(page, 'dashboard with a library');
  await brand.getByRole('button', { name: 'Delete folder' }).click();
  await brand.getByRole('button', { name: 'More for acme.png' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await brand
    .getByText('“acme.png” is deleted.')
    .locator('..')
    .getByRole('button', { name: 'Undo', exact: true })
    .click();
  await expect(brand.getByRole('button', { name: 'More for acme.png' })).toBeVisible();
});
