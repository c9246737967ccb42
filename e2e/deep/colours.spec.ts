import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { sourceId } from '@streamus/studio';
import { BARS, barsCameraScript } from '@streamus/testkit/bars-camera';
import { decodeVideo, flvFile } from '@streamus/testkit/judge-media';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { SOFTWARE_GL } from '@streamus/testkit/software-gl';
import { goLiveTo } from '../support/go-live.ts';
import { firstPublication, lastVideoMs, studioDocument, untilMs } from '../support/judge-show.ts';
import {
  cardOf,
  command,
  copyGuestLink,
  type Host,
  hostInStudio,
  newVisitor,
  SMALL_PROGRAMME,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const run = promisify(execFile);
const { width, height } = SMALL_PROGRAMME;
/** What two codecs and two conversions may do to the mean of a bar, in levels of 8 bits. */
const TOLERANCE = { luma: 3, chroma: 4 };
/** Until both encoders have refined a picture that stands still. */
const SETTLED_MS = 8_000;

test.setTimeout(90_000);
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...SOFTWARE_GL] }),
});

/** As one chooses them, with what the studio says once they paint. */
const SURFACES = [
  { surface: 'Processor', says: 'The processor paints the programme' },
  { surface: 'Canvas', says: 'The browser’s canvas paints the programme' },
  { surface: 'Graphics card', says: 'The graphics card paints the programme' },
] as const;

for (const { surface, says } of SURFACES) {
  test(`colours of a guest’s camera arrive at the server as they were, painted by: ${surface}`, async ({
    browser,
  }) => {
    const sink = await startRtmpSink();
    try {
      const host = await hostInStudio(browser, { colour: '#808080' });
      await barsOnAir(browser, host);
      await paintWith(host.page, surface, says);
      await goLiveTo(host.page, 'Sink', sink.url);
      const publication = await firstPublication(sink);
      await untilMs(sink, publication, lastVideoMs(publication) + SETTLED_MS);
      const file = await flvFile(publication.tags);
      try {
        expect(await tagsOf(file.path)).toEqual({
          ...{ pix_fmt: 'yuv420p', color_range: 'tv' },
          ...{ color_space: 'bt709', color_primaries: 'bt709', color_transfer: 'bt709' },
        });
        expect(wrongBars(await lastPicture(file.path))).toEqual([]);
      } finally {
        await file.close();
      }
    } finally {
      await sink.close();
    }
  });
}

async function paintWith(page: Page, surface: string, says: string): Promise<void> {
  await page.getByRole('tab', { name: 'Health' }).click();
  const painting = page.getByRole('region', { name: 'Painting' });
  await painting.getByRole('combobox', { name: 'Paint with' }).click();
  await page.getByRole('option', { name: surface, exact: true }).click();
  await expect(painting.getByText(says)).toBeVisible();
}

/** A guest's bars fill the programme, without a name tag. */
async function barsOnAir(browser: Browser, host: Host): Promise<void> {
  const link = await copyGuestLink(host);
  const context = await newVisitor(browser, {});
  await context.addInitScript({ content: barsCameraScript({ width, height, fps: 15 }) });
  const guest = await context.newPage();
  await guest.goto(link);
  await guest.getByLabel('Your name').fill('Bars');
  await guest.getByRole('button', { name: 'Enter', exact: true }).click();
  await cardOf(host.page, 'Bars').getByRole('button', { name: 'Put on stage: Bars' }).click();
  await expect(guest.getByText('You are on stage')).toBeVisible();
  const { people } = await studioDocument(host);
  const owner = Object.values(people).find(({ name }) => name !== 'Bars');
  if (owner === undefined) throw new Error('The host is not in the document.');
  await command(host, { type: 'put-backstage', source: sourceId('camera', owner.id) });
  await command(host, { type: 'set-name-tags', shown: false });
  await command(host, { type: 'set-layout', layout: 'solo' });
}

async function tagsOf(path: string): Promise<Record<string, string>> {
  const entries = 'stream=pix_fmt,color_range,color_space,color_transfer,color_primaries';
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', entries, '-of', 'json', path],
  ]);
  const { streams }: { streams: Record<string, string>[] } = JSON.parse(stdout);
  return streams[0] ?? {};
}

/** The planes of the newest picture, as they were encoded. */
async function lastPicture(path: string): Promise<Buffer> {
  const size = (width * height * 3) / 2;
  let tail = Buffer.alloc(0);
  await decodeVideo(path, 'yuv420p', (chunk) => {
    tail = Buffer.concat([tail, chunk]).subarray(-size);
  });
  return tail;
}

/** BT.709, limited (ITU-R BT.709-6, 3). */
function yuvOf([red, green, blue]: readonly [number, number, number]): readonly [number, number, number] {
  const [r, g, b] = [red / 255, green / 255, blue / 255];
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return [16 + 219 * luma, 128 + (224 * (b - luma)) / 1.8556, 128 + (224 * (r - luma)) / 1.5748];
}

/** Bars whose middle is not what it should be, in words. */
function wrongBars(picture: Buffer): string[] {
  const planes = [
    { from: 0, stride: width, scale: 1, most: TOLERANCE.luma },
    { from: width * height, stride: width / 2, scale: 2, most: TOLERANCE.chroma },
    { from: (width * height * 5) / 4, stride: width / 2, scale: 2, most: TOLERANCE.chroma },
  ];
  return BARS.flatMap((row, line) =>
    row.flatMap((colour, column) => {
      const [x, y] = [((column + 0.5) * width) / row.length, ((line + 0.5) * height) / BARS.length];
      const seen = planes.map(({ from, stride, scale }) =>
        meanAt(picture, from, stride, x / scale, y / scale),
      );
      const wanted = yuvOf(colour);
      const wrong = planes.some(
        ({ most }, plane) => Math.abs((seen[plane] ?? 0) - (wanted[plane] ?? 0)) > most,
      );
      const words = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ');
      return wrong ? [`${colour.join(' ')}: ${words(seen)} instead of ${words(wanted)}`] : [];
    }),
  );
}

/** Mean of 16 × 16 samples around a place. */
function meanAt(picture: Buffer, from: number, stride: number, x: number, y: number): number {
  let sum = 0;
  for (let row = Math.round(y) - 8; row < y + 8; row += 1) {
    for (let column = Math.round(x) - 8; column < x + 8; column += 1) {
      sum += picture[from + row * stride + column] ?? 0;
    }
  }
  return sum / 256;
}
