import { startWebkit, type Webkit } from '@streamus/testkit/webkit';
import { goLiveToWatchPage } from '../support/go-live.ts';
import { copyGuestLink, hostInStudio, productUrl } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const RGB = [0x2f, 0x6f, 0xb2];
/** Levels: encoded twice on the way. */
const TOLERANCE = 8;
/** The first segments come some seconds after the show begins. */
const FIRST_PICTURE_MS = 40_000;

test.setTimeout(120_000);

let webkit: Webkit;

test.beforeEach(async () => {
  webkit = await startWebkit();
});

test.afterEach(async () => {
  await webkit?.close();
});

/** The watch page's video, where it is there: how far it got, and its colour beside the clock pattern. */
const playback = () =>
  webkit.evaluate(() => {
    const video = document.querySelector('video');
    const context = document.createElement('canvas').getContext('2d');
    if (video === null || context === null)
      return { seconds: 0, page: document.querySelector('main')?.textContent ?? '' };
    context.drawImage(video, 0, 0, 300, 150);
    const [red = 0, green = 0, blue = 0] = context.getImageData(240, 75, 1, 1).data;
    const { currentTime: seconds, muted, paused, readyState, networkState } = video;
    return { seconds, muted, paused, readyState, networkState, colour: [red, green, blue] };
  });

/** Whether it got further. */
async function playedBeyond(seconds: number): Promise<boolean> {
  return (await playback()).seconds > seconds;
}

test('a viewer in WebKit sees the show on the watch page in its colours, and goes on with sound after a click', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  const watchPath = await goLiveToWatchPage(page);
  await webkit.goto(`${productUrl()}${watchPath}`);
  await expect(async () => {
    const now = await playback();
    expect(now.seconds, JSON.stringify(now)).toBeGreaterThan(3);
  }).toPass({ timeout: FIRST_PICTURE_MS });
  const { colour } = await playback();
  const off = RGB.map((level, at) => Math.abs(level - (colour?.[at] ?? -255)));
  expect(Math.max(...off), String(colour)).toBeLessThanOrEqual(TOLERANCE);

  await webkit.click('Turn on sound');
  const { seconds } = await playback();
  await expect.poll(() => playedBeyond(seconds + 3)).toBe(true);
  expect(await playback()).toMatchObject({ muted: false, paused: false });
});

test('a guest in a WebKit without WebRTC is told before entering', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  await webkit.goto(await copyGuestLink(host));
  await expect
    .poll(() => webkit.evaluate(() => document.querySelector('main')?.textContent ?? ''))
    .toContain('WebRTC is switched off in this browser');
});
