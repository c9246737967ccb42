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
export async function newPage(browser: Browser, product: Product, colour: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    viewport: { width: 1280, height: 720 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript({
    content: clockCameraScript({ colour, width: 640, height: 360, fps: PROGRAMME.fps }),
  });
  return context.newPage();
}

/** A new account inside its studio, with the small programme. */
export async function enterAsHost(page: Page): Promise<Page> {
  const name = `bench-${Date.now().toString(36)}`;
  await page.goto('/register');
  await page.getByLabel('E-mail').fill(`${name}@example.org`);
  await page.getByLabel('Username').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/studio\//);
  const studioId = page.url().split('/').at(-1) ?? '';
  const command = { type: 'set-programme', programme: PROGRAMME };
  await page.request.post(`/api/v1/studios/${studioId}/commands`, {
    data: { id: crypto.randomUUID(), command },
  });
  await page.getByRole('button', { name: 'Enter studio' }).click();
  await page.getByRole('button', { name: 'Go live' }).waitFor();
  return page;
}

/** At the guest's door, name filled in; `colour` is that of their camera. */
export async function openAsGuest(browser: Browser, product: Product, host: Page): Promise<Page> {
  await host.getByRole('button', { name: 'Copy guest link' }).click();
  await host.getByText('Link copied').waitFor();
  const link = await host.evaluate(() => navigator.clipboard.readText());
  const page = await newPage(browser, product, GUEST_COLOUR);
  await page.goto(link);
  await page.getByLabel('Your name').fill('Gina');
  await page.getByRole('button', { name: 'Enter', exact: true }).isEnabled();
  return page;
}
