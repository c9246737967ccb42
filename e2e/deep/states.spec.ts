import type { Page } from '@playwright/test';
import { personIdSchema, type SourceId, sourceId } from '@streamus/studio';
import { enterAsPlainGuest, type PlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectClean } from '../support/accessibility.ts';
import { addServer, expectOutput } from '../support/go-live.ts';
import {
  command,
  copyGuestLink,
  enterStudio,
  type Host,
  hostInStudio,
  joinAsGuest,
  newVisitor,
  productUrl,
  registerHost,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const CLIP = { width: 320, height: 180, fps: 5, seconds: 4, kbps: 150, codec: 'vp8' } as const;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** Long, from right to left, without spaces, of one glyph. */
const NAMES = [
  'Bartholomew Featherstonehaugh-Cholmondeley of Nether Wallop',
  'ليلى عبد الرحمن الخطيب',
  '田中さくら',
  'אבנר בן־דוד',
  'Gina',
  'Tobias',
  '🎈',
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  'Mei',
] as const;

test.setTimeout(300_000);
test.use({ actionTimeout: 20_000 });

test('the desk alone: every panel, form, menu and sheet', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await expectClean(page, 'studio, alone');
  await page.getByRole('button', { name: /^Move backstage/ }).click();
  await expect(page.getByRole('button', { name: /^Put on stage/ })).toBeVisible();
  await expectClean(page, 'studio, nobody on stage');
  await page.getByRole('button', { name: /^Put on stage/ }).click();

  for (const name of ['Break', 'A scene whose name is longer than its thumbnail is wide']) {
    await page.keyboard.press('n');
    await expect(page.getByLabel('Name of the scene')).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('p');
  await page.keyboard.press('Shift+2');
  await expect(page.getByText('Not on air yet')).toBeVisible();
  await expectClean(page, 'studio, preview mode');
  await page.keyboard.press('p');

  for (const [opens, name] of [
    ['menu', 'More for scene Break'],
    ['menu', /^More for host/],
    ['menu', 'Own layouts'],
    ['dialog', 'Devices'],
    ['dialog', /^Transition:/],
  ] as const) {
    await page.getByRole('button', { name }).first().click();
    await expect(page.getByRole(opens)).toBeVisible();
    await expectClean(page, `studio, open ${String(name)}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole(opens)).toHaveCount(0);
  }
});

test('overlays and brand: every form and what it makes', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.getByRole('tab', { name: 'Overlays' }).click();
  await expectClean(page, 'overlays, none yet');
  const kinds = ['Banner', 'Lower third', 'Ticker', 'Countdown', 'Clock', 'Image', 'QR code'] as const;
  for (const kind of kinds) {
    const tile = page.getByRole('button', { name: new RegExp(`^${kind}`) }).first();
    const add = page.getByRole('button', { name: 'Add overlay' });
    await expect(tile.or(add).first()).toBeVisible();
    if (await add.isVisible()) {
      await add.click();
      await page.getByRole('menuitem', { name: kind }).click();
    } else await tile.click();
    await expect(page.getByRole('button', { name: 'Add and show' })).toBeVisible();
    await expectClean(page, `overlays, form of ${kind}`);
    if (kind === 'QR code') {
      await page.getByLabel('Web address').fill(`https://example.org/${'a'.repeat(400)}`);
      await expect(page.getByText('phones cannot read its code')).toBeVisible();
      await expectClean(page, 'overlays, a code that cannot be read');
    }
    const text = { Banner: 'Text', Ticker: 'Text', 'Lower third': 'Title', 'QR code': 'Web address' }[
      String(kind)
    ];
    if (text !== undefined) {
      await page.getByLabel(text, { exact: true }).fill('https://example.org/a-rather-long-thing-to-say');
      await page.getByRole('button', { name: 'Add and show' }).click();
    } else await page.getByRole('button', { name: kind === 'Image' ? 'Cancel' : 'Add and show' }).click();
    await expect(page.getByRole('button', { name: 'Add and show' })).toHaveCount(0);
  }
  await expectClean(page, 'overlays, six');
  await page.getByRole('tab', { name: 'Brand' }).click();
  await expectClean(page, 'brand');
  await page.getByRole('tab', { name: 'Health' }).click();
  await expectClean(page, 'health, not live');
});

test('sheets over the desk', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  for (const [key, name] of [
    ['l', 'Go live'],
    ['Control+k', 'What do you want to do?'],
    ['?', 'Keys'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectClean(page, `sheet ${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('button', { name: 'Own layouts' }).click();
  await page.getByRole('menuitem', { name: /New layout/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectClean(page, 'sheet, layout editor');
});

/** People on stage, some with a camera. */
async function company(host: Host, link: string, names: readonly string[]): Promise<PlainGuest[]> {
  const guests: PlainGuest[] = [];
  for (const [index, name] of names.entries()) {
    const guest = await enterAsPlainGuest(productUrl(), link, name);
    guests.push(guest);
    if (index % 3 === 0) await guest.publish(await makeClip({ ...CLIP, colour: '#806040' })).started;
    const source: SourceId = sourceId('camera', personIdSchema.parse(guest.person));
    await command(host, { type: 'put-on-stage', source });
  }
  return guests;
}

test('a show of four and ten people with all kinds of names, live, failing, offline', async ({ browser }) => {
  const sink = await startRtmpSink();
  const guests: PlainGuest[] = [];
  try {
    const host = await hostInStudio(browser, HOST);
    const { page } = host;
    const link = await copyGuestLink(host);
    guests.push(...(await company(host, link, NAMES.slice(0, 3))));
    await expect(page.getByRole('listitem', { name: NAMES[2] })).toBeVisible();
    await expectClean(page, 'studio, four people');
    guests.push(...(await company(host, link, NAMES.slice(3))));
    await expect(page.getByRole('listitem', { name: 'Mei' })).toBeAttached();
    await expectClean(page, 'studio, ten people');

    await page.getByRole('button', { name: 'Go live' }).click();
    await addServer(page, 'Church of the very long name of a destination', sink.url, 'key');
    await page.getByRole('switch', { name: 'Watch page' }).setChecked(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
    await expectOutput(page, 'Church of the very long name of a destination', 'On air');
    await expectClean(page, 'studio, live');
    await sink.refuse();
    await expect(page.getByRole('button', { name: /^Retry now/ })).toBeVisible();
    await expectClean(page, 'studio, a destination failing');
    await page.keyboard.press('l');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectClean(page, 'sheet, a destination failing');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Health' }).click();
    await expectClean(page, 'health, a destination failing');
    await page.getByRole('button', { name: 'End stream' }).click();
    await expectClean(page, 'studio, asked whether to end');

    await host.context.setOffline(true);
    await expect(page.getByText('Reconnecting')).toBeVisible({ timeout: 40_000 });
    await expectClean(page, 'studio, offline');
    await host.context.setOffline(false);
  } finally {
    for (const guest of guests) await guest.leave();
    await sink.close();
  }
});

test('seats: guest, moderator and co-host, on a phone too', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const link = await copyGuestLink(host);
  const guest = await joinAsGuest(browser, link, 'Gina', { colour: '#b2472f' }, PHONE);
  await expectClean(guest, 'guest, backstage');
  await host.page.getByRole('button', { name: 'Put on stage: Gina' }).click();
  await expect(guest.getByText('You are on stage')).toBeVisible();
  await expectClean(guest, 'guest, on stage');
  await host.page.getByRole('combobox', { name: 'They enter as' }).click();
  await host.page.getByRole('option', { name: 'Moderator' }).click();
  const moderatorLink = await copyGuestLink(host);
  const moderator = await joinAsGuest(browser, moderatorLink, NAMES[0], { colour: '#2f8f4f' }, PHONE);
  await expectClean(moderator, 'moderator');
  await host.page.getByRole('combobox', { name: 'They enter as' }).click();
  await host.page.getByRole('option', { name: 'Co-host' }).click();
  const coHostLink = await copyGuestLink(host);
  const coHost = await (await newVisitor(browser, { colour: '#8f2f8f' })).newPage();
  await coHost.goto(coHostLink);
  await coHost.getByLabel('Your name').fill('Cora');
  await expectClean(coHost, 'guest entry');
  await coHost.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(coHost.getByText('composes the programme.')).toBeVisible();
  await expectClean(coHost, 'co-host, another tab composes');
});

test('devices that do not work: at the door and at the desk', async ({ browser }) => {
  const context = await newVisitor(browser, { ...HOST, camera: 'absent', microphone: 'denied' });
  const { page } = await registerHost(context);
  await expect(page.getByText('Your browser blocks the microphone.')).toBeVisible();
  await expectClean(page, 'device check, microphone denied');
  await enterStudio(page);
  await expectClean(page, 'studio, microphone denied');
  const told = page.getByText('No camera found. Plug one in, or go on without.');
  await page.getByRole('status').filter({ has: told }).getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toHaveCount(0);
  await page.getByRole('button', { name: 'Devices' }).click();
  await expect(told, 'stays where devices are chosen').toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`pages outside the studio, ${colorScheme}`, async ({ browser }) => {
    const host = await registerHost(await newVisitor(browser, HOST, { colorScheme }));
    const { page } = host;
    await expect(page.getByRole('heading', { name: 'Check camera and microphone' })).toBeVisible();
    await expectClean(page, `device check, ${colorScheme}`);
    await page.goto('/dashboard');
    await expect(page.getByRole('heading', { name: 'Destinations' })).toBeVisible();
    await expectClean(page, `dashboard empty, ${colorScheme}`);
    await fillDashboard(page, host);
    await expectClean(page, `dashboard, ${colorScheme}`);
    await page.getByRole('button', { name: 'New studio' }).click();
    const form = page.getByRole('dialog', { name: 'New studio' });
    await form.getByLabel('Name').fill('ستوديو المساء'.repeat(5));
    await form.getByRole('button', { name: 'Square 1:1' }).click();
    await expectClean(page, `studio form, ${colorScheme}`);
    await form.getByRole('button', { name: 'Create studio' }).click();
    await expect(page.getByRole('region', { name: 'Studios' }).getByRole('listitem')).toHaveCount(2);
    await expectClean(page, `dashboard with two studios, ${colorScheme}`);
    await page.getByRole('button', { name: /^More for ستوديو/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expectClean(page, `asked whether to delete a studio, ${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'New stream' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create stream' }).click();
    await expectClean(page, `stream form, ${colorScheme}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Add destination' }).first().click();
    await expectClean(page, `destination form, ${colorScheme}`);
    await page.keyboard.press('Escape');
    const watch = await page.getByRole('link', { name: 'Watch page' }).getAttribute('href');
    const context = await newVisitor(browser, HOST, { colorScheme });
    const visitor = await context.newPage();
    for (const path of ['/', '/login', '/register', '/nowhere', '/join', watch ?? '']) {
      await visitor.goto(path);
      await expect(visitor.getByRole('heading').first()).toBeVisible();
      await expectClean(visitor, `${path === watch ? 'watch, planned' : `page ${path}`}, ${colorScheme}`);
    }
    await visitor.goto('/login');
    await visitor.getByLabel('E-mail or username').fill('nobody');
    await visitor.getByLabel('Password', { exact: true }).fill('wrong password');
    await visitor.getByRole('button', { name: 'Sign in' }).click();
    await expect(visitor.getByText('do not match')).toBeVisible();
    await expectClean(visitor, `login refused, ${colorScheme}`);
  });
}

/** A planned stream, a saved destination. */
async function fillDashboard(page: Page, { studioId }: Host): Promise<void> {
  await page.request.post(`/api/v1/studios/${studioId}/streams`, {
    data: { title: 'Gardens in the city', scheduledStart: '2031-05-04T19:30:00.000Z' },
  });
  const data = { name: 'Club server', url: 'rtmp://127.0.0.1:9/live', key: 'secret' };
  const saved = await page.request.post('/api/v1/destinations', { data });
  expect(saved.ok(), await saved.text()).toBe(true);
  await page.reload();
  await expect(page.getByText('Club server')).toBeVisible();
}
