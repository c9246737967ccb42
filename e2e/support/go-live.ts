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

/** Goes live on the watch page alone; where that is. */
export async function goLiveToWatchPage(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Go live' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
  await expect(page.getByRole('button', { name: 'End stream' })).toBeVisible();
  return await watchPathOf(page);
}

/** Of the newest stream of the person on `page`. */
export async function watchPathOf(page: Page): Promise<string> {
  const answer = await page.request.get('/api/v1/streams');
  const { streams }: { streams: { watchPath: string }[] } = await answer.json();
  const [newest] = streams;
  if (newest === undefined) throw new Error('There is no stream.');
  return newest.watchPath;
}

/** Waits for a destination's badge in the top bar to say this. */
export async function expectOutput(page: Page, name: string, state: string): Promise<void> {
  await expect(page.getByRole('button', { name: `${name}: ${state}` })).toBeVisible({ timeout: 30_000 });
}
