import type { Page } from '@playwright/test';
import { overlaySchema } from '@streamus/studio';
import { studioDocument } from '../support/judge-show.ts';
import { command, copyGuestLink, type Host, hostInStudio, newVisitor } from '../support/people.ts';
import { shareOf, shownPicture } from '../support/programme.ts';
import { expect, test } from '../support/test.ts';

test.use({ actionTimeout: 20_000 });

const HOST = { colour: '#2f6fb2' };
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** A co-host in a browser of their own; the host's tab composes. */
async function joinAsCoHost(host: Host, page: Page): Promise<void> {
  await host.page.getByRole('combobox', { name: 'They enter as' }).click();
  await host.page.getByRole('option', { name: 'Co-host' }).click();
  await page.goto(await copyGuestLink(host));
  await page.getByLabel('Your name').fill('Cora');
  await page.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(page.getByText('composes the programme.')).toBeVisible();
}

const scenes = (page: Page) => page.getByRole('region', { name: 'Scenes' });
const layout = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('host and co-host edit at once: both see both, and each undoes their own', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const coHost = await (await newVisitor(browser, { colour: '#8f2f8f' })).newPage();
  await joinAsCoHost(host, coHost);
  const both = [host.page, coHost];

  await coHost.keyboard.press('n');
  await coHost.keyboard.type('Break');
  await Promise.all([coHost.keyboard.press('Enter'), layout(host.page, 'Solo').click()]);
  for (const page of both) {
    await expect(scenes(page).getByText('Break', { exact: true })).toBeVisible();
    await expect(layout(page, 'Solo')).toHaveAttribute('aria-pressed', 'true');
  }
  await host.page.keyboard.press('Control+z');
  for (const page of both) {
    await expect(layout(page, 'Grid')).toHaveAttribute('aria-pressed', 'true');
    await expect(scenes(page).getByText('Break', { exact: true }), 'not the host’s to undo').toBeVisible();
  }
});

test('a host takes back a kit: what the co-host has changed and shown since stays', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  await page.getByRole('tab', { name: 'People' }).click();
  const coHost = await (await newVisitor(browser, { colour: '#8f2f8f' })).newPage();
  await joinAsCoHost(host, coHost);
  const theme = (on: Page, name: string) => on.getByRole('button', { name, exact: true });
  const overlays = ['Welcome', 'Sponsors'].map((text) =>
    overlaySchema.parse({ id: crypto.randomUUID(), kind: 'banner', text, style: 'solid' }),
  );
  for (const overlay of overlays) await command(host, { type: 'add-overlay', overlay });
  await page.getByRole('tab', { name: 'Brand' }).click();
  await theme(page, 'Bold').click();
  await page.getByRole('button', { name: 'Save this look', exact: true }).click();
  await page.getByLabel('Name of the kit').fill('Club evening');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Brand kits' })).toContainText('Club evening');
  await theme(page, 'Bubble').click();
  for (const { id } of overlays) await command(host, { type: 'delete-overlay', overlay: id });

  // Whoever turns to another tab at once has the whole kit all the same.
  await page.getByRole('button', { name: 'Use Club evening' }).click();
  await page.getByRole('tab', { name: 'Overlays' }).click();
  await coHost.getByRole('tab', { name: 'Overlays' }).click();
  for (const on of [page, coHost]) {
    for (const text of ['Welcome', 'Sponsors']) {
      await expect(on.getByRole('button', { name: `Show ${text}` })).toBeVisible();
    }
  }
  await coHost.getByRole('button', { name: 'Show Welcome' }).click();
  await coHost.getByRole('tab', { name: 'Brand' }).click();
  await theme(coHost, 'Minimal').click();
  await expect(page.getByRole('button', { name: 'Hide Welcome' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undone: use of a brand kit.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show Sponsors' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Hide Welcome' }), 'still on air').toBeVisible();
  await expect(theme(coHost, 'Minimal')).toHaveAttribute('aria-pressed', 'true');
});

test('a countdown runs by the server’s clock, also when a co-host whose own is half a minute fast starts it', async ({
  browser,
}) => {
  const host = await hostInStudio(browser, HOST);
  const context = await newVisitor(browser, { colour: '#8f2f8f' });
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 30_000;
    Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + 30_000 });
  });
  const page = await context.newPage();
  await joinAsCoHost(host, page);
  const countdown = overlaySchema.parse({
    ...{ id: crypto.randomUUID(), kind: 'countdown', title: 'Soon', atZero: 'stay' },
    end: { kind: 'duration', durationMs: 60_000, startedAt: null },
  });
  await command(host, { type: 'add-overlay', overlay: countdown });
  await page.getByRole('tab', { name: 'Overlays' }).click();
  const before = Date.now();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await host.page.getByRole('tab', { name: 'Overlays' }).click();
  await expect(host.page.getByRole('button', { name: 'Set back', exact: true })).toBeVisible();
  const { overlays } = await studioDocument(host);
  const saved = overlays[countdown.id];
  const startedAt = saved?.kind === 'countdown' && saved.end.kind === 'duration' ? saved.end.startedAt : null;
  expect(startedAt).toBeGreaterThanOrEqual(before);
  expect(startedAt).toBeLessThanOrEqual(Date.now());
});

test('a co-host sees scenes and the preview painted while the host’s tab composes', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const page = await (await newVisitor(browser, { colour: '#8f2f8f' })).newPage();
  await joinAsCoHost(host, page);
  const hostIn = (picture: ReturnType<Page['locator']>) => async () =>
    shareOf(await shownPicture(picture), HOST.colour, WHOLE);
  await expect.poll(hostIn(scenes(page).locator('canvas').first())).toBeGreaterThan(0.3);

  await page.keyboard.press('p');
  const preview = page.getByRole('img', { name: 'Preview of Scene 1' });
  await expect.poll(hostIn(preview)).toBeGreaterThan(0.3);
  await page.getByRole('button', { name: /^Move backstage: host/ }).click();
  await expect.poll(hostIn(preview), 'the preview follows what is prepared').toBe(0);
  expect(await hostIn(page.getByLabel('Programme', { exact: true }))(), 'the air does not').toBeGreaterThan(
    0.3,
  );
});
