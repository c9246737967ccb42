import type { Page, Route } from '@playwright/test';
import { expectClean } from '../support/accessibility.ts';
import { goLiveToWatchPage } from '../support/go-live.ts';
import { pngOf } from '../support/images.ts';
import {
  copyGuestLink,
  enterStudio,
  hostInStudio,
  joinAsGuest,
  newVisitor,
  registerHost,
} from '../support/people.ts';
import { recordTheSlate } from '../support/record.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const NOWHERE = '00000000-0000-4000-8000-0000000000ff';

test.setTimeout(240_000);
test.use({ actionTimeout: 20_000 });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a recording: played, named, being made, failed, deleted, unknown; ${colorScheme}`, async ({
    browser,
  }) => {
    const { page, studioId } = await registerHost(await newVisitor(browser, HOST, { colorScheme }));
    const judge = (state: string) => expectClean(page, `recording ${state}, ${colorScheme}`);
    await recordTheSlate(page, studioId, 'Gardens in the city');
    await page.goto('/dashboard');
    await page.getByRole('link', { name: 'Play Gardens in the city' }).click({ timeout: 60_000 });
    await expect(page.getByLabel('Recording', { exact: true })).toBeVisible();
    await judge('ready');
    await page.getByRole('button', { name: 'Rename' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await judge('being renamed');
    await page.keyboard.press('Escape');
    const recording = page.url();

    for (const [status, words] of [
      ['processing', 'Being prepared'],
      ['error', 'This recording failed'],
    ] as const) {
      await page.route('**/api/v1/recordings', (route) => answerAs(route, status));
      await page.goto(recording);
      await expect(page.getByText(words)).toBeVisible();
      await judge(status);
      await page.unroute('**/api/v1/recordings');
    }
    await page.route('**/api/v1/recordings', (route) => route.abort());
    await page.goto(recording);
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    await judge('not loaded');
    await page.unroute('**/api/v1/recordings');
    await page.goto(recording);
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
    await judge('deleted');
    await page.goto(`/recordings/${NOWHERE}`);
    await expect(page.getByRole('heading', { name: /recording/i })).toBeVisible();
    await judge('unknown');
  });
}

/** The recordings as they are, but for how far they are. */
async function answerAs(route: Route, status: 'processing' | 'error'): Promise<void> {
  const answer = await route.fetch();
  const { recordings }: { recordings: object[] } = await answer.json();
  const changed = recordings.map((recording) => ({ ...recording, status, progress: 0.4 }));
  await route.fulfill({ response: answer, json: { recordings: changed } });
}

test('the watch page: live, paused, out of reach, ended, unknown', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  const watchPath = await goLiveToWatchPage(page);
  const visitor = await (await newVisitor(browser, HOST)).newPage();
  await visitor.goto(watchPath);
  const played = () =>
    visitor.locator('video').evaluate((video) => (video instanceof HTMLVideoElement ? video.currentTime : 0));
  await expect.poll(played, { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(visitor.getByRole('status')).toHaveCount(0);
  await expectClean(visitor, 'watch, live');
  await visitor.getByRole('button', { name: 'Pause' }).click();
  await expectClean(visitor, 'watch, paused');
  await visitor.route('**/api/v1/watch/*', (route) => route.abort());
  await expect(visitor.getByText('The server cannot be reached.')).toBeVisible();
  await expectClean(visitor, 'watch, out of reach');
  await visitor.reload();
  await expect(visitor.getByRole('heading', { name: 'The server cannot be reached.' })).toBeVisible();
  await expectClean(visitor, 'watch, never in reach');
  await visitor.unroute('**/api/v1/watch/*');
  await page.getByRole('button', { name: 'End stream' }).click();
  await page.getByRole('button', { name: 'End now' }).click();
  await expect(visitor.getByText('This stream has ended')).toBeVisible();
  await expectClean(visitor, 'watch, ended');
  await visitor.goto(`/watch/${NOWHERE}`);
  await expect(visitor.getByRole('heading', { name: 'This stream does not exist' })).toBeVisible();
  await expectClean(visitor, 'watch, unknown');
});

test('what ends a visit: left, removed, a new version, a link withdrawn, a studio of somebody else', async ({
  browser,
}) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  const link = await copyGuestLink(host);
  const guest = await joinAsGuest(browser, link, 'Gina', { colour: '#b2472f' });
  await guest.getByRole('button', { name: 'Leave studio' }).click();
  await expect(guest.getByRole('heading', { name: /You have left/ })).toBeVisible();
  await expectClean(guest, 'guest, left');
  await guest.goto('about:blank');
  const other = await joinAsGuest(browser, link, 'Tobias', { colour: '#2f8f4f' });
  await page
    .getByRole('region', { name: 'People and sources' })
    .getByRole('button', { name: 'More for Tobias' })
    .click();
  await page.getByRole('menuitem', { name: 'Remove from studio' }).click();
  await expect(other.getByRole('heading', { name: 'The host has removed you' })).toBeVisible();
  await expectClean(other, 'guest, removed');

  await page.getByRole('button', { name: 'Revoke link' }).click();
  await expect(page.getByText('The link admits nobody any more.')).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole('heading').first()).toBeVisible();
  await expect(guest.getByLabel('Your name')).toHaveCount(0);
  await expectClean(guest, 'guest, link withdrawn');

  await page.getByRole('button', { name: 'Leave studio' }).click();
  await expect(page.getByRole('heading', { name: 'You have left the studio' })).toBeVisible();
  await expectClean(page, 'host, left');

  const outdated = await host.context.newPage();
  await outdated.routeWebSocket('**/api/v1/realtime', (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) =>
      server.send(String(message).replace(/"documentVersion":\d+/, '"documentVersion":1')),
    );
  });
  await outdated.goto(`/studio/${host.studioId}`);
  await outdated.getByRole('button', { name: 'Enter studio' }).click();
  await expect(outdated.getByRole('heading', { name: 'StreamUs has been updated.' })).toBeVisible();
  await expectClean(outdated, 'host, a new version');

  const stranger = await registerHost(await newVisitor(browser, HOST));
  await stranger.page.goto(`/studio/${host.studioId}`);
  await expect(stranger.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectClean(stranger.page, 'studio of somebody else');
});

test('a page that fails says so', async ({ browser }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, studioId } = await registerHost(await newVisitor(browser, HOST, { colorScheme }));
    const data = { title: 'Gardens in the city', scheduledStart: '2031-05-04T19:30:00.000Z' };
    const planned = await page.request.post(`/api/v1/studios/${studioId}/streams`, { data });
    const { stream }: { stream: { watchPath: string } } = await planned.json();
    await page.addInitScript(() => {
      Date.prototype.toLocaleString = () => {
        throw new Error('No date today.');
      };
    });
    for (const path of ['/dashboard', stream.watchPath]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page stumbled');
      await expectClean(page, `failed page ${path === '/dashboard' ? path : 'watch'}, ${colorScheme}`);
    }
  }
});

test('images: on their way, worked on, refused, and a form that has several', async ({ browser }) => {
  const host = await registerHost(await newVisitor(browser, HOST));
  const { page } = host;
  await enterStudio(page);
  await page.getByRole('tab', { name: 'Brand' }).click();
  const image = async (name: string, colour: string) => ({
    name,
    mimeType: 'image/png',
    buffer: await pngOf(page, colour, 320, 180),
  });
  const release = await holdUploads(page);
  await page
    .getByLabel('Upload logo')
    .setInputFiles(await image('club with a rather long name.png', '#ff00ff'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expectClean(page, 'brand, an image on its way');
  release();
  await expect(page.getByRole('button', { name: /^Use club/ })).toBeVisible();
  await page.getByLabel('Upload logo').setInputFiles({
    name: 'no image.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
  });
  await expect(page.getByText('SVG files can hold programs')).toBeVisible();
  await expectClean(page, 'brand, a logo and a refused image');

  await page.getByRole('tab', { name: 'Overlays' }).click();
  await page.getByRole('button', { name: /^Image/ }).click();
  for (const [name, colour] of [
    ['frame.png', '#e07a1f'],
    ['sponsor.png', '#2f8f4f'],
  ] as const) {
    await page.getByLabel('Upload image').setInputFiles(await image(name, colour));
    await expect(page.getByRole('button', { name: `Use ${name}` })).toHaveAttribute('aria-pressed', 'true');
  }
  await expect(page.getByRole('img', { name: 'How it will look' })).toBeVisible();
  await expectClean(page, 'overlays, form of an image with a library');
  await page.getByRole('button', { name: 'Delete frame.png' }).click();
  await expect(page.getByText('“frame.png” is deleted.')).toBeVisible();
  await expectClean(page, 'overlays, an image deleted');
});

/** Uploads do not arrive until they are let go. */
async function holdUploads(page: Page): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/brand-assets?*', async (route) => {
    if (route.request().method() === 'POST') await held;
    await route.continue();
  });
  return () => letGo();
}
