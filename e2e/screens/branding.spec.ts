import type { Page } from '@playwright/test';
import { layoutKindSchema, personIdSchema, sourceId } from '@streamus/studio';
import { pngOf } from '../support/images.ts';
import { cardOf, copyGuestLink, hostInStudio, joinAsGuest } from '../support/people.ts';
import { expectLayout, programmePicture, shareOf } from '../support/programme.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', screenColour: '#d8c23a' };
const GUEST = { colour: '#b2472f', beepHz: 1400 };
const LOGO = '#ff00ff';
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const TOP_RIGHT = { x: 0.5, y: 0, width: 0.5, height: 0.5 };
const TOP_LEFT = { x: 0, y: 0, width: 0.5, height: 0.5 };
/** Where the tag of somebody who fills the programme is. */
const TAG = { x: 0, y: 0.85, width: 0.3, height: 0.15 };

/** How much of an area of the programme has this colour. */
const share = (page: Page, colour: string, area: typeof WHOLE) => async () =>
  shareOf(await programmePicture(page), colour, area);

test('a logo and a background are uploaded, seen in the programme, moved and taken off', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.getByRole('button', { name: /^Move backstage/ }).click();
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('button', { name: 'Background #123a2f' }).click();
  await expect.poll(share(page, '#123a2f', WHOLE)).toBeGreaterThan(0.99);

  const logo = { name: 'club.png', mimeType: 'image/png', buffer: await pngOf(page, LOGO, 200, 100) };
  await page.getByLabel('Upload logo').setInputFiles(logo);
  await expect(page.getByRole('button', { name: 'Use club.png' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(share(page, LOGO, TOP_RIGHT)).toBeGreaterThan(0.01);
  await page.getByRole('button', { name: 'Top left' }).click();
  await expect.poll(share(page, LOGO, TOP_LEFT)).toBeGreaterThan(0.01);
  await expect.poll(share(page, LOGO, TOP_RIGHT)).toBe(0);
  await page.getByRole('button', { name: 'No logo' }).click();
  await expect.poll(share(page, LOGO, WHOLE)).toBe(0);
  for (const [words, shown] of [
    ['logo on', true],
    ['logo off', false],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(page.getByText(shown ? 'Logo on air.' : 'Logo off air.')).toBeAttached();
    const there = async () => (await share(page, LOGO, TOP_LEFT)()) > 0.01;
    await expect.poll(there, 'where it was before').toBe(shown);
  }

  const background = {
    name: 'sunset.png',
    mimeType: 'image/png',
    buffer: await pngOf(page, '#e07a1f', 320, 180),
  };
  await page.getByLabel('Upload image').setInputFiles(background);
  await expect.poll(share(page, '#e07a1f', WHOLE)).toBeGreaterThan(0.99);
  await page.getByRole('button', { name: 'Delete sunset.png' }).click();
  await expect.poll(share(page, '#e07a1f', WHOLE)).toBe(0);
  await page.reload();
  await page.getByRole('tab', { name: 'Brand' }).click();
  await expect(page.getByRole('button', { name: 'Use club.png' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Use sunset.png' })).toHaveCount(0);
});

test('an image that is none, or too large, is refused in words beside the button', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.getByRole('tab', { name: 'Brand' }).click();
  const upload = page.getByLabel('Upload logo');
  await upload.setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  });
  await expect(page.getByText('SVG files can hold programs')).toBeVisible();
  await upload.setInputFiles({
    name: 'huge.png',
    mimeType: 'image/png',
    buffer: Buffer.alloc(20 * 1024 * 1024 + 1),
  });
  await expect(page.getByText('This image is too large')).toBeVisible();
  await upload.setInputFiles({
    name: 'wide.png',
    mimeType: 'image/png',
    buffer: await pngOf(page, LOGO, 9000, 6000),
  });
  await expect(page.getByText('This image is too large')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Use / })).toHaveCount(0);
});

test('an image to lay over the picture is called like its file until somebody calls it something', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.getByRole('tab', { name: 'Overlays' }).click();
  await page.getByRole('button', { name: /^Image/ }).click();
  const name = page.getByLabel('Name', { exact: true });
  const upload = async (file: string) =>
    page.getByLabel('Upload image').setInputFiles({
      name: file,
      mimeType: 'image/png',
      buffer: await pngOf(page, LOGO, 200, 100),
    });
  await upload('club.png');
  await expect(name).toHaveValue('club');
  await upload('sponsor.png');
  await expect(name).toHaveValue('sponsor');
  await page.getByRole('button', { name: 'Use club.png' }).click();
  await expect(name).toHaveValue('club');

  const [held, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/brand-assets*', async (route) => {
    held.resolve();
    await goOn.promise;
    await route.continue();
  });
  await upload('partner.png');
  await held.promise;
  await name.fill('Our partner');
  goOn.resolve();
  await expect(page.getByRole('button', { name: 'Use partner.png' })).toHaveAttribute('aria-pressed', 'true');
  await expect(name, 'what was written during the upload').toHaveValue('Our partner');
});

test('name tags are in the programme and go off, and the own picture is mirrored in the card alone', async ({
  browser,
}) => {
  const { page, username } = await hostInStudio(browser, HOST);
  await expect.poll(share(page, HOST.colour, TAG)).toBeLessThan(0.9);
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('switch', { name: 'Name tags' }).click();
  await expect.poll(share(page, HOST.colour, TAG)).toBeGreaterThan(0.99);
  await page.getByRole('switch', { name: 'Name tags' }).click();
  await expect.poll(share(page, HOST.colour, TAG)).toBeLessThan(0.9);

  const mirrored = (element: Element) => new DOMMatrix(getComputedStyle(element).transform).a;
  const scale = (element: Element) => getComputedStyle(element).scale;
  const card = cardOf(page, username).locator('video');
  const programme = page.getByLabel('Programme', { exact: true });
  expect([await card.evaluate(mirrored), await card.evaluate(scale)]).toEqual([1, '-1 1']);
  expect([await programme.evaluate(mirrored), await programme.evaluate(scale)]).toEqual([1, 'none']);
});

test('each of the seven layouts is seen in the programme, by button and by key', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  const guest = await joinAsGuest(browser, await copyGuestLink(host), 'Gina', GUEST);
  await cardOf(page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
  await expect(guest.getByText('You are on stage')).toBeVisible();
  await page.getByRole('button', { name: 'Share screen' }).click();
  const screen = cardOf(page, 'screen');
  await screen.getByRole('button', { name: /^Put on stage/ }).click();
  await expect(screen.getByText('On stage')).toBeVisible();

  const nobody = personIdSchema.parse('00000000-0000-4000-8000-000000000001');
  const other = personIdSchema.parse('00000000-0000-4000-8000-000000000002');
  const staged = [
    { source: sourceId('camera', nobody), colour: HOST.colour },
    { source: sourceId('camera', other), colour: GUEST.colour },
    { source: sourceId('screen', nobody), colour: HOST.screenColour },
  ];
  const names = [
    'Solo',
    'Grid',
    'Side by side',
    'Leader and row',
    'Picture in picture',
    'Screen and people',
    'Screen only',
  ];
  for (const [index, layout] of layoutKindSchema.options.entries()) {
    await page.getByRole('button', { name: names[index] ?? '', exact: true }).click();
    await expectLayout(page, layout, staged);
  }
  for (const [index, layout] of layoutKindSchema.options.entries()) {
    await page.keyboard.press(String(index + 1));
    await expectLayout(page, layout, staged);
  }
});
