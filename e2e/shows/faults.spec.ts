import type { Page } from '@playwright/test';
import {
  newDataFolder,
  newPorts,
  type Product,
  type ProductPorts,
  startProduct,
} from '@streamus/testkit/product';
import { killAll, killPart, type Part } from '@streamus/testkit/product/processes';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { addServer, expectOutput } from '../support/go-live.ts';
import { hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const MORE_SHOW_MS = 3_000;
/** How soon media flows again is what the benchmark `media-recovery` measures. */
const BACK_MS = 30_000;

test.setTimeout(400_000);

/** What the destination sees when a part of the product dies. */
const PARTS: readonly { readonly part: Part; readonly connection: 'stays' | 'is new' }[] = [
  { part: 'backend', connection: 'stays' },
  { part: 'pages', connection: 'stays' },
  { part: 'PostgreSQL', connection: 'stays' },
  { part: 'ingest', connection: 'stays' },
  { part: 'LiveKit', connection: 'stays' },
  { part: 'egress', connection: 'is new' },
  { part: 'media worker', connection: 'is new' },
];

test('every process is killed in turn, then all together; the show goes on and the recording is whole', async ({
  browser,
}) => {
  const sink = await startRtmpSink();
  const [folder, ports] = [await newDataFolder(), await newPorts()];
  const shared = process.env.PRODUCT_URL;
  let product = await startProduct(folder, ports);
  try {
    process.env.PRODUCT_URL = product.url;
    const { page } = await hostInStudio(browser, { colour: '#2f6fb2', beepHz: 1000 });
    await page.getByRole('button', { name: 'Go live' }).click();
    await addServer(page, 'Church', sink.url, 'secret-key');
    await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
    await expectOutput(page, 'Church', 'On air');
    await moreShow(sink);

    for (const { part, connection } of PARTS) {
      await test.step(`${part} is killed`, () => survive(product, sink, page, part, connection));
    }
    product = await test.step('everything is killed at once and started again', () =>
      comeBack(product, sink, page, ports));

    const before = sink.publications.length;
    await page.getByRole('button', { name: 'End stream' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    await sink.until(
      ({ publications }) => publications.every(({ open }) => !open),
      'the stream ends',
      60_000,
    );
    expect(sink.publications).toHaveLength(before);
    for (const { tags } of sink.publications) expect(checkTags(tags).problems).toEqual([]);
    await judgeRecording(page, sink);
  } finally {
    if (shared !== undefined) process.env.PRODUCT_URL = shared;
    await product.stop();
    await product.forget();
    await sink.close();
  }
});

async function survive(
  product: Product,
  sink: RtmpSink,
  page: Page,
  part: Part,
  connection: 'stays' | 'is new',
): Promise<void> {
  const connections = sink.publications.length;
  killPart(product.pid, part);
  if (connection === 'stays') {
    await moreShow(sink);
    expect(sink.publications, `the connection outlives the ${part}`).toHaveLength(connections);
  } else {
    await sink.until(
      ({ publications }) => publications.length > connections && (publications.at(-1)?.tags.length ?? 0) > 10,
      `media after the ${part} died`,
      BACK_MS,
    );
  }
  // Live pictures again, not the slate; the page says both.
  await expectOutput(page, 'Church', 'On air');
  await expect(page.getByText('The programme has stopped.')).toBeHidden({ timeout: 30_000 });
  await moreShow(sink);
}

async function comeBack(product: Product, sink: RtmpSink, page: Page, ports: ProductPorts): Promise<Product> {
  const connections = sink.publications.length;
  killAll(product.pid);
  await sink.until(({ publications }) => publications.every(({ open }) => !open), 'the connection is gone');
  const again = await startProduct(product.dataFolder, ports);
  await sink.until(({ publications }) => publications.length > connections, 'the show is back', 30_000);
  await expectOutput(page, 'Church', 'On air');
  await expect(page.getByText('The programme has stopped.')).toBeHidden({ timeout: 30_000 });
  await moreShow(sink);
  return again;
}

/** Waits until the newest connection has got some more of the show. */
async function moreShow(sink: RtmpSink): Promise<void> {
  const publication = sink.publications.at(-1);
  const goal = (publication?.tags.at(-1)?.time ?? 0) + MORE_SHOW_MS;
  await sink.until(() => (publication?.tags.at(-1)?.time ?? 0) >= goal, 'more of the show', 30_000);
}

/** The recording is as long as what the destination got: nothing of it was lost with the processes. */
async function judgeRecording(page: Page, sink: RtmpSink): Promise<void> {
  const sent = sink.publications.reduce((sum, { tags }) => {
    const video = tags.filter(({ type }) => type === 9);
    return sum + ((video.at(-1)?.time ?? 0) - (video[0]?.time ?? 0)) / 1000;
  }, 0);
  let seconds: number | null = null;
  await expect
    .poll(
      async () => {
        const answer = await page.request.get('/api/v1/recordings');
        const { recordings }: { recordings: { status: string; duration: number | null }[] } =
          await answer.json();
        seconds = recordings[0]?.duration ?? null;
        return recordings[0]?.status;
      },
      { timeout: 120_000 },
    )
    .toBe('ready');
  // At most one segment of two seconds is lost with each of the three kills that end egress.
  expect(seconds).toBeGreaterThan(sent - 6);
}
