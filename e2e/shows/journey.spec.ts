import type { Locator, Page } from '@playwright/test';
import { median } from '@streamus/testkit/clock-pattern';
import { flashBeepSkew, flvFile, probe, readFrames, videoPackets } from '@streamus/testkit/judge-media';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { checkTags, type Publication, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { addServer, expectOutput, watchPathOf } from '../support/go-live.ts';
import {
  boxesOf,
  expectPerson,
  firstPublication,
  lastVideoMs,
  onAirWith,
  studioDocument,
  untilMs,
} from '../support/judge-show.ts';
import {
  cardOf,
  copyGuestLink,
  type Host,
  hostInStudio,
  joinAsGuest,
  newVisitor,
  SMALL_PROGRAMME,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2', beepHz: 1000, periodMs: 1000 };
const GUEST = { colour: '#b2472f', beepHz: 1400, periodMs: 1000 };
/** Flash and beep are one instant in the camera; more than this could be noticed. Without lip synchronisation it is 400 ms. */
const SKEW_LIMIT_S = 0.1;
const FLASHES = 20;
/** YouTube's and Facebook's limit (media research 3.5). */
const GOP_LIMIT_MS = 4_000;
test.setTimeout(300_000);

test('a show: two people, three destinations, a layout change, a killed server, a reload, the recording', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const nginx = await startNginxRtmp();
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  try {
    const link = await copyGuestLink(host);
    const guest = await joinAsGuest(browser, link, 'Gina', GUEST);
    await cardOf(page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
    await expect(guest.getByText('You are on stage')).toBeVisible();

    await test.step('add two servers and go live to three places', async () => {
      await page.getByRole('button', { name: 'Go live' }).click();
      const sheet = page.getByRole('dialog', { name: 'Go live' });
      await sheet.getByLabel('Title').fill('The first show');
      await addServer(page, 'Sink', sink.url, 'sink-secret-key');
      await addServer(page, 'Nginx', nginx.url, 'nginx-secret-key');
      for (const name of ['Sink', 'Nginx']) {
        await sheet.getByRole('button', { name: `Test connection: ${name}` }).click();
        await expect(sheet.getByText(`${name} is reachable.`)).toBeVisible();
      }
      await sheet.getByRole('button', { name: 'Go live' }).click();
      for (const name of ['Watch page', 'Sink', 'Nginx']) await expectOutput(page, name, 'On air');
      await expect(guest.getByText('On air', { exact: true }).first()).toBeVisible();
    });

    const watcher = await watchPage(browser, host);
    const publication = await firstPublication(sink);
    await untilMs(sink, publication, (FLASHES + 4) * 1000);
    const layoutChangedAt = lastVideoMs(publication);
    await page.getByRole('button', { name: 'Solo', exact: true }).click();
    await untilMs(sink, publication, layoutChangedAt + 5_000);

    await test.step('one server dies and comes back; nobody else notices', async () => {
      await nginx.kill();
      await expectOutput(page, 'Nginx', 'Lost, trying again');
      await nginx.start();
      await expectOutput(page, 'Nginx', 'On air');
      await expectOutput(page, 'Sink', 'On air');
    });

    const reloadAt = lastVideoMs(publication);
    await test.step('the host’s tab is lost for a while, reloaded, and the show comes back', async () => {
      const studio = page.url();
      await page.goto('about:blank');
      // Slate after 2 s, then 3 s of it.
      await untilMs(sink, publication, reloadAt + 5_000);
      await page.goto(studio);
      await expect(page.getByRole('button', { name: 'End stream' })).toBeVisible();
      await expectComposing(page);
      await untilMs(sink, publication, lastVideoMs(publication) + 5_000);
      expect(sink.publications, 'the RTMP connection stayed up').toHaveLength(1);
      await expectPlaying(watcher);
    });

    await page.getByRole('button', { name: 'End stream' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await sink.until(() => !publication.open, 'the stream ends at the sink');
    await expect(watcher.getByText('This stream has ended')).toBeVisible();

    await judgeSink(publication, host, guest, { layoutChangedAt, reloadAt });
    await judgeRecording(page, publication);
  } finally {
    await sink.close();
    await nginx.close();
  }
});

async function watchPage(browser: Parameters<typeof newVisitor>[0], host: Host): Promise<Page> {
  const watchPath = await watchPathOf(host.page);
  const context = await newVisitor(browser, {});
  const page = await context.newPage();
  await page.goto(watchPath);
  await expect(page.getByRole('heading', { name: 'The first show' })).toBeVisible();
  await expectPlaying(page);
  return page;
}

/** The programme is drawn in this tab again. */
const expectComposing = (page: Page) => expectMoving(page.getByLabel('Programme', { exact: true }));

const expectPlaying = (page: Page) => expectMoving(page.locator('video'));

/** The picture moves: its clock goes on. */
async function expectMoving(video: Locator): Promise<void> {
  const time = () =>
    video.evaluate((element) => (element instanceof HTMLVideoElement ? element.currentTime : 0));
  await expect.poll(time, { timeout: 30_000 }).toBeGreaterThan(0);
  const before = await time();
  await expect.poll(time, { timeout: 30_000 }).toBeGreaterThan(before + 1);
}

async function judgeSink(
  publication: Publication,
  host: Host,
  guest: Page,
  times: { readonly layoutChangedAt: number; readonly reloadAt: number },
): Promise<void> {
  const report = checkTags(publication.tags);
  expect(report.problems).toEqual([]);
  expect(report.longestGopMs).toBeLessThanOrEqual(GOP_LIMIT_MS);

  const file = await flvFile(publication.tags);
  try {
    const { streams } = await probe(file.path);
    expect(streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);
    const document = await studioDocument(host);
    const [hostId = '', guestId = ''] = document.onAir.stage.map((source) => source.slice('camera:'.length));
    const grid = boxesOf(onAirWith(document, 'grid'), [hostId, guestId]);
    const solo = boxesOf(onAirWith(document, 'solo'), [hostId, guestId]);
    const frames = await readFrames(file.path, SMALL_PROGRAMME, [...grid, ...solo]);
    const start = (publication.tags.find(({ type }) => type === 9)?.time ?? 0) / 1000;
    const inGrid = frames.filter(({ time }) => time >= start + 1 && time < times.layoutChangedAt / 1000);

    expectPerson(inGrid, 0, HOST.colour);
    expectPerson(inGrid, 1, GUEST.colour);
    const afterChange = frames.filter(
      ({ time }) => time > times.layoutChangedAt / 1000 + 2.5 && time < times.reloadAt / 1000,
    );
    expectPerson(afterChange, 2, HOST.colour);

    for (const box of [0, 1]) {
      const { beepHz } = box === 0 ? HOST : GUEST;
      const skews = await flashBeepSkew(file.path, inGrid, box, beepHz, 1);
      const told = `flash and beep of box ${box}: ${skews.join(' ')}`;
      expect(skews.length, told).toBeGreaterThanOrEqual(FLASHES);
      expect(Math.abs(median(skews)), told).toBeLessThanOrEqual(SKEW_LIMIT_S);
    }
    const afterReload = frames.filter(({ time }) => time > times.reloadAt / 1000 + 0.5);
    const slate = afterReload.filter(({ boxes }) => boxes[2]?.counter === null);
    expect(slate.length, 'the slate was on air during the reload').toBeGreaterThan(0);
    expectPerson(
      afterReload.filter(({ boxes }) => boxes[2]?.counter !== null),
      2,
      HOST.colour,
    );
  } finally {
    await file.close();
    await guest.context().close();
  }
}

async function judgeRecording(page: Page, publication: Publication): Promise<void> {
  await page.goto('/dashboard');
  const download = page.getByRole('link', { name: 'Download The first show' });
  await expect(download).toBeVisible({ timeout: 60_000 });
  const [file] = await Promise.all([page.waitForEvent('download'), download.click()]);
  const path = await file.path();
  const { streams, duration } = await probe(path);
  expect(streams.map(({ codec }) => codec).sort()).toEqual(['aac', 'h264']);

  const video = publication.tags.filter(({ type }) => type === 9);
  const shown = ((video.at(-1)?.time ?? 0) - (video[0]?.time ?? 0)) / 1000;
  expect(Math.abs(duration - shown), `recording ${duration} s, show ${shown} s`).toBeLessThan(0.5);

  // What the sink got and what was recorded are the same access units, each once, in order.
  const sent = await flvFile(publication.tags);
  try {
    const [recorded, received] = await Promise.all([videoPackets(path), videoPackets(sent.path)]);
    const from = recorded.indexOf(received[0] ?? '');
    expect(from).toBeGreaterThanOrEqual(0);
    const common = Math.min(recorded.length - from, received.length);
    expect(received.slice(0, common)).toEqual(recorded.slice(from, from + common));
    expect(received.length - common).toBeLessThan(SMALL_PROGRAMME.fps);
  } finally {
    await sent.close();
  }
}
