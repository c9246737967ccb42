import type { Page } from '@playwright/test';
import type { Picture } from '@streamus/testkit/clock-pattern';
import { type Publication, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectClean } from '../support/accessibility.ts';
import { changedShare, decodedPictures, type Share } from '../support/decoded-pictures.ts';
import { expectOutput, goLiveTo } from '../support/go-live.ts';
import { pngOf } from '../support/images.ts';
import { lastVideoMs, untilMs } from '../support/judge-show.ts';
import { hostInStudio } from '../support/people.ts';
import { programmePicture, shareOf } from '../support/programme.ts';
import { expect, test } from '../support/test.ts';

const BACKGROUND = '#e8eaee';
const ACCENT = '#d3202f';
const PLATE = '#1b2a4a';
/** The plate of a countdown lets 22 % through. */
const PLATE_OVER_BACKGROUND = '#48546e';
const LOGO = '#ff00ff';
/** By the painter's own rules at 640 × 360, well inside each. */
const BANNER: Share = { x: 0.35, y: 0.9, width: 0.3, height: 0.05 };
const BANNER_OVER_TICKER: Share = { ...BANNER, y: 0.84 };
const TICKER: Share = { x: 0, y: 0.95, width: 1, height: 0.04 };
const COUNTDOWN: Share = { x: 0.42, y: 0.43, width: 0.16, height: 0.14 };
const CORNER: Share = { x: 0.84, y: 0.04, width: 0.1, height: 0.04 };
const LEFT_HALF: Share = { x: 0, y: 0, width: 0.5, height: 1 };

async function addOverlay(
  page: Page,
  kind: string,
  field: string,
  text: string,
  submit: string,
): Promise<void> {
  const first = page.getByRole('button', { name: new RegExp(`^${kind}`) });
  const add = page.getByRole('button', { name: 'Add overlay' });
  await expect(first.or(add).first()).toBeVisible();
  if (await add.isVisible()) {
    await add.click();
    await page.getByRole('menuitem', { name: kind }).click();
  } else await first.click();
  await page.getByLabel(field, { exact: true }).fill(text);
  await page.getByRole('button', { name: submit, exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: kind })).toBeVisible();
}

/** Everything is where it belongs, and the countdown and the ticker run. */
function judge(pictures: readonly Picture[]): void {
  const newest = pictures.at(-1);
  const earlier = pictures.at(-5);
  if (newest === undefined || earlier === undefined) throw new Error('Too few pictures came.');
  expect(shareOf(newest, ACCENT, BANNER_OVER_TICKER), 'banner').toBeGreaterThan(0.4);
  expect(shareOf(newest, LOGO, CORNER), 'logo').toBeGreaterThan(0.9);
  expect(shareOf(newest, LOGO, LEFT_HALF), 'logo in its corner only').toBe(0);
  expect(shareOf(newest, PLATE, TICKER), 'ticker').toBeGreaterThan(0.4);
  expect(shareOf(newest, PLATE_OVER_BACKGROUND, COUNTDOWN), 'countdown').toBeGreaterThan(0.4);
  expect(changedShare(earlier, newest, COUNTDOWN), 'the countdown counts').toBeGreaterThan(0.01);
  expect(changedShare(earlier, newest, TICKER), 'the ticker runs').toBeGreaterThan(0.01);
  expect(
    shareOf(newest, BACKGROUND, { x: 0.1, y: 0.1, width: 0.3, height: 0.2 }),
    'background',
  ).toBeGreaterThan(0.99);
}

/** Long enough for a ticker to come in, and for three seconds of a countdown. */
const SHOW_MS = 5_000;

async function publicationNo(sink: RtmpSink, number: number): Promise<Publication> {
  await sink.until(({ publications }) => publications.length >= number, `publication ${number}`);
  const publication = sink.publications[number - 1];
  if (publication === undefined) throw new Error('The sink lost its publication.');
  await untilMs(sink, publication, lastVideoMs(publication) + SHOW_MS);
  return publication;
}

test('banner, ticker, logo and countdown are on air where they belong, and there again in the next stream', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  try {
    const { page } = await hostInStudio(browser, { colour: '#2f6fb2' });
    await page.getByRole('button', { name: /^Move backstage/ }).click();
    await page.getByRole('tab', { name: 'Brand' }).click();
    await page.getByRole('button', { name: `Background ${BACKGROUND}` }).click();
    await page.getByRole('button', { name: `Accent ${ACCENT}` }).click();
    await page.getByRole('button', { name: `Plate ${PLATE}` }).click();
    await page
      .getByLabel('Upload logo')
      .setInputFiles({ name: 'club.png', mimeType: 'image/png', buffer: await pngOf(page, LOGO, 400, 200) });
    await expect(page.getByRole('button', { name: 'Use club.png' })).toHaveAttribute('aria-pressed', 'true');

    await page.getByRole('tab', { name: 'Overlays' }).click();
    const long = 'Tonight: how bridges sing in the wind';
    await addOverlay(page, 'Banner', 'Text', long, 'Add and show');
    await addOverlay(page, 'Ticker', 'Text', 'Doors open at seven\nNext show on Friday', 'Add and show');
    await addOverlay(page, 'Countdown', 'Title (may be empty)', '', 'Add and show');
    await page.getByRole('button', { name: 'Start', exact: true }).click();

    await goLiveTo(page, 'Sink', sink.url);
    await expect(page.getByRole('listitem').filter({ hasText: long })).toContainText('On air');
    judge(await decodedPictures(await publicationNo(sink, 1)));

    await page.getByRole('button', { name: 'End stream' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await expect(page.getByRole('button', { name: 'Go live' })).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Go live' }).click();
    await page.getByRole('switch', { name: 'Watch page' }).setChecked(false);
    await page.getByRole('switch', { name: 'Sink' }).setChecked(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
    await expectOutput(page, 'Sink', 'On air');
    judge(await decodedPictures(await publicationNo(sink, 2)));
  } finally {
    await sink.close();
  }
});

const seenBanner = (page: Page) => async () => shareOf(await programmePicture(page), ACCENT, BANNER) > 0.4;

test('overlays by keyboard: written, refused beside the field, shown, moved, deleted and had back', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, { colour: '#2f6fb2' });
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('button', { name: `Accent ${ACCENT}` }).click();
  await page.getByRole('tab', { name: 'Overlays' }).focus();
  await page.keyboard.press('Enter');
  await expectClean(page, 'no overlays');

  await page.getByRole('button', { name: /^Banner/ }).focus();
  await page.keyboard.press('Enter');
  const text = page.getByLabel('Text', { exact: true });
  await expect(text).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Write something here.')).toBeVisible();
  await text.fill('x'.repeat(201));
  await expect(page.getByText('This is too long: at most 200 characters.')).toBeVisible();
  await expectClean(page, 'a form that is not right yet');
  await text.fill('Tonight: how bridges sing in the wind');
  await page.reload();
  await expect(text, 'what was typed outlives a reload').toHaveValue('Tonight: how bridges sing in the wind');
  await text.press('Enter');
  const list = page.getByRole('list', { name: 'Overlays, uppermost first' });
  await expect(list.getByRole('listitem')).toContainText(['Hidden']);
  await expect(text, 'the form closes when the server has agreed').toHaveCount(0);

  await page.keyboard.press('b');
  await expect(list.getByRole('listitem')).toContainText(['In the programme']);
  await expect.poll(seenBanner(page)).toBe(true);
  await page.keyboard.press('b');
  await expect.poll(seenBanner(page)).toBe(false);

  await page.getByRole('button', { name: 'Add overlay' }).click();
  await page.getByRole('menuitem', { name: 'Clock' }).click();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(list.getByRole('listitem')).toContainText(['Clock', 'Banner']);
  await list.getByRole('button', { name: /^Move Tonight/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(list.getByRole('listitem')).toContainText(['Banner', 'Clock']);
  await expect(list.getByRole('button', { name: /^Move Tonight/ })).toBeFocused();
  await expectClean(page, 'overlays');

  await page.keyboard.press('b');
  await expect.poll(seenBanner(page)).toBe(true);
  await list.getByRole('button', { name: /^More for Tonight/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(seenBanner(page)).toBe(false);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(list.getByRole('listitem')).toContainText(['Banner', 'Clock']);
  await expect.poll(seenBanner(page)).toBe(true);

  await page.getByRole('switch', { name: 'Safe areas' }).click();
  await expect(page.getByRole('img', { name: /^Safe areas/ })).toBeVisible();
});
