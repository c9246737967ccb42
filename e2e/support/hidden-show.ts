import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { clockCameraScript } from '@streamus/testkit/clock-camera';
import { median, pictureBox } from '@streamus/testkit/clock-pattern';
import {
  countersOf,
  flashBeepSkew,
  flvFile,
  type JudgedFrame,
  readFrames,
} from '@streamus/testkit/judge-media';
import { checkTags, type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { type BackgroundBrowser, type Screen, startBackgroundBrowser } from './background-browser.ts';
import { goLiveTo } from './go-live.ts';
import { expectPerson, firstPublication, lastVideoMs, untilMs } from './judge-show.ts';
import { command, enterStudio, productUrl, registerHost, SMALL_PROGRAMME } from './people.ts';
import { expect, test } from './test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000, periodMs: 1000 };
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');
/** Twice the programme's: every frame of the programme has a new picture to show, whatever the two clocks' phase. */
export const CAMERA_FPS = 30;
const HIDDEN_MS = 22_000;
/** Research table 6.1, last row. */
const DISTINCT_SHARE = 0.95;
/** What is lost with the tab's thrift is seconds. */
const SKEW_LIMIT_S = 0.15;

export type Hiding = 'behind another tab' | 'in a minimised window' | 'under another window';

/** A host composes a show out of sight for a while; the show is judged as the destination got it. */
export async function judgeHiddenShow(screen: Screen, hiding: Hiding): Promise<void> {
  const sink = await startRtmpSink();
  const chromium = await startBackgroundBrowser(screen);
  try {
    await goLiveInBackground(chromium, sink.url, hiding);
    const publication = await firstPublication(sink);
    const from = lastVideoMs(publication) + 2_000;
    await untilMs(sink, publication, from + HIDDEN_MS);
    const to = lastVideoMs(publication);
    await expectWasHidden(chromium, HIDDEN_MS);
    await judge(publication, from, to);
  } finally {
    await chromium.close();
    await sink.close();
  }
}

/** Of what was sent between these times, ms. */
async function judge(publication: Publication, from: number, to: number): Promise<void> {
  expect(checkTags(publication.tags).problems).toEqual([]);
  const file = await flvFile(publication.tags);
  try {
    const frames = await readFrames(file.path, SMALL_PROGRAMME, [WHOLE]);
    const hidden = frames.filter(({ time }) => time * 1000 >= from && time * 1000 < to);
    expectPerson(hidden, 0, HOST.colour);
    expectDistinct(hidden, to - from);
    const skews = await flashBeepSkew(file.path, hidden, 0, HOST.beepHz, 1);
    expect(skews.length).toBeGreaterThanOrEqual(HIDDEN_MS / 1000 - 2);
    expect(Math.abs(median(skews)), skews.join(' ')).toBeLessThanOrEqual(SKEW_LIMIT_S);
  } finally {
    await file.close();
  }
}

/** These frames of `ms` of the small programme show nearly as many different pictures of the host's camera as were due. */
export function expectDistinct(frames: readonly JudgedFrame[], ms: number): void {
  const distinct = new Set(countersOf(frames, 0).map(({ counter }) => counter)).size;
  const share = distinct / ((ms / 1000) * SMALL_PROGRAMME.fps);
  test.info().annotations.push({ type: 'distinct', description: `${(share * 100).toFixed(1)} %` });
  expect(share, 'distinct pictures of those due').toBeGreaterThanOrEqual(DISTINCT_SHARE);
}

/** A host goes live and is out of sight; then nobody holds the browser. */
async function goLiveInBackground(chromium: BackgroundBrowser, url: string, hiding: Hiding): Promise<void> {
  const browser = await chromium.hold();
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('The browser has no profile.');
  await context.addInitScript({
    content: clockCameraScript({ width: 640, height: 360, fps: CAMERA_FPS, ...HOST }),
  });
  const host = await registerHost(context);
  await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
  await enterStudio(host.page);
  await goLiveTo(host.page, 'Sink', url);
  await host.page.evaluate(logVisibility);
  await hide(browser, context, host.page, hiding);
  await browser.close();
}

async function hide(browser: Browser, context: BrowserContext, page: Page, hiding: Hiding): Promise<void> {
  switch (hiding) {
    case 'behind another tab': {
      const other = await context.newPage();
      return other.bringToFront();
    }
    case 'in a minimised window':
      return setWindow(await context.newCDPSession(page), 'minimized');
    case 'under another window': {
      const opened = context.waitForEvent('page');
      const devTools = await browser.newBrowserCDPSession();
      await devTools.send('Target.createTarget', { url: 'about:blank', newWindow: true });
      const [lower, upper] = [await context.newCDPSession(page), await context.newCDPSession(await opened)];
      expect(await windowOf(upper)).not.toBe(await windowOf(lower));
      await setWindow(upper, 'fullscreen');
      await upper.send('Page.bringToFront');
    }
  }
}

const windowOf = async (page: CDPSession): Promise<number> =>
  (await page.send('Browser.getWindowForTarget')).windowId;

/** Done when the window manager has done it. */
async function setWindow(page: CDPSession, windowState: 'minimized' | 'fullscreen'): Promise<void> {
  const windowId = await windowOf(page);
  await page.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  const state = async () => (await page.send('Browser.getWindowBounds', { windowId })).bounds.windowState;
  await expect.poll(state).toBe(windowState);
}

/** Writes once per turn of the page's own clock whether it is hidden and how often it was asked to draw. */
function logVisibility(): void {
  const seen: { at: number; hidden: boolean; drawn: number }[] = [];
  let drawn = 0;
  const draw = (): void => {
    drawn += 1;
    requestAnimationFrame(draw);
  };
  draw();
  setInterval(() => seen.push({ at: performance.now(), hidden: document.hidden, drawn }), 100);
  Reflect.set(window, 'visibility', seen);
}

/** The browser hid the tab all that time: it was never asked to draw. (Timers of pages that sound run on, media.md 4.2.) */
async function expectWasHidden(chromium: BackgroundBrowser, ms: number): Promise<void> {
  const browser = await chromium.hold();
  const pages = browser.contexts().flatMap((context) => context.pages());
  const studio = pages.find((page) => page.url().startsWith(productUrl()));
  const hidden = (await visibilityOf(studio)).filter((look) => look.hidden);
  const [first, last] = [hidden[0], hidden.at(-1)];
  if (first === undefined || last === undefined) throw new Error('The tab was never hidden.');
  expect(last.at - first.at).toBeGreaterThanOrEqual(ms);
  expect(last.drawn - first.drawn, 'drawn while hidden').toBe(0);
}

async function visibilityOf(
  page: Page | undefined,
): Promise<{ at: number; hidden: boolean; drawn: number }[]> {
  return (await page?.evaluate(() => Reflect.get(window, 'visibility'))) ?? [];
}
