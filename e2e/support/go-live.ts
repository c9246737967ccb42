import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** Adds an RTMP server in the open Go live sheet and leaves it chosen. */
export async function addServer(page: Page, name: string, url: string, key: string): Promise<void> {
  await page.getByRole('button', { name: 'Add RTMP server' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Server address').fill(url);
  await page.getByLabel('Stream key').fill(key);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('switch', { name })).toBeChecked();
}

/** Goes live to one RTMP server alone. */
export async function goLiveTo(page: Page, name: string, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Go live' }).click();
  await page.getByRole('switch', { name: 'Watch page' }).uncheck();
  await addServer(page, name, url, 'secret-key');
  await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
  await expectOutput(page, name, 'On air');
}

/** Waits for a destination's badge in the top bar to say this. */
export async function expectOutput(page: Page, name: string, state: string): Promise<void> {
  await expect(page.getByRole('button', { name: `${name}: ${state}` })).toBeVisible({ timeout: 30_000 });
}
