import { type Browser, chromium, type Page } from '@playwright/test';
import { clockCameraScript } from '@streamus/testkit/clock-camera';
import type { Product } from '@streamus/testkit/product';

/** Small enough for two browsers, LiveKit and FFmpeg on two cores. */
export const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };
export const HOST_COLOUR = '#2f6fb2';
export const GUEST_COLOUR = '#b2472f';
const PASSWORD = 'correct horse battery';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
}

/** A browser of its own with a clock camera of this colour. */
export async function newPage(
  browser: Browser,
  product: Product,
  colour: string,
  camera = { width: 640, height: 360, fps: PROGRAMME.fps },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: { width: 1280, height: 720 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript({
    content: clockCameraScript({ colour, ...camera }),
  });
  return context.newPage();
}

/** A new account inside its studio, with the small programme unless told otherwise. */
export async function enterAsHost(page: Page, programme = PROGRAMME): Promise<Page> {
  const name = `bench-${Date.now().toString(36)}`;
  await page.goto('/register');
  await page.getByLabel('E-mail').fill(`${name}@example.org`);
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/studio\//);
  const studioId = page.url().split('/').at(-1) ?? '';
  const command = { type: 'set-programme', programme };
  await page.request.post(`/api/v1/studios/${studioId}/commands`, {
    data: { id: crypto.randomUUID(), command },
  });
  await page.getByRole('button', { name: 'Enter studio' }).click();
  await page.getByRole('button', { name: 'Go live' }).waitFor();
  return page;
}

export async function guestLinkOf(host: Page): Promise<string> {
  await host.getByRole('button', { name: 'Copy guest link' }).click();
  await host.getByText('Link copied').waitFor();
  return host.evaluate(() => navigator.clipboard.readText());
}

/** Goes live to one RTMP server besides the watch page. */
export async function goLive(page: Page, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Go live' }).click();
  await page.getByRole('button', { name: 'Add RTMP server' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Sink');
  await page.getByLabel('Server address').fill(url);
  await page.getByLabel('Stream key').fill('bench');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('switch', { name: 'Sink' }).waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
}

/** At the guest's door, name filled in; `colour` is that of their camera. */
export async function openAsGuest(browser: Browser, product: Product, host: Page): Promise<Page> {
  const link = await guestLinkOf(host);
  const page = await newPage(browser, product, GUEST_COLOUR);
  await page.goto(link);
  await page.getByLabel('Your name').fill('Gina');
  await page.getByRole('button', { name: 'Enter', exact: true }).isEnabled();
  return page;
}
