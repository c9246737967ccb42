import type { Page } from '@playwright/test';
import { FLV_VIDEO } from '@streamus/media-formats';
import { enterAsPlainGuest, type PlainGuest } from '@streamus/testkit/plain-guest';
import { newDataFolder, type Product, startProduct } from '@streamus/testkit/product';
import { makeClip } from '@streamus/testkit/publisher';
import { type Publication, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { coresUsed } from './cpu.ts';
import { enterAsHost, goLive, guestLinkOf, HOST_COLOUR, launchBrowser, newPage } from './people.ts';
import { percentile, type Row } from './row.ts';

const PROGRAMME = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };
const CAMERA = { width: 1280, height: 720, fps: 30 };
/** What guests send and the composer gets; a browser's camera of 720p has a layer of 360p, which fits the boxes of ten. */
const CASES = [
  { name: 'the layer of 360p that fits', sent: { width: 640, height: 360, fps: 30 }, kbps: 500 },
  { name: '720p only', sent: CAMERA, kbps: 1_500 },
] as const;
type Case = (typeof CASES)[number];
const GUESTS = 9;
/**
 * Surface trials and bandwidth estimates have found their places, and so has the ladder of loads, which nine people who join at
 * once push down four rungs at most: up again it takes ten seconds for each.
 */
const SETTLING_MS = 45_000;
const SHOW_MS = 60_000;

/**
 * Ten people at 720p30 on stage, the programme 1080p30, live: what one machine holds that runs the host's browser, LiveKit, the
 * media engine and all publishers at once.
 */
export async function benchStudioTen(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const one of CASES) rows.push(...(await measure(one)));
  return rows;
}

async function measure({ name, ...guestCamera }: Case): Promise<Row[]> {
  const product = await startProduct(await newDataFolder());
  const sink = await startRtmpSink();
  const browser = await launchBrowser();
  const guests: PlainGuest[] = [];
  try {
    const host = await enterAsHost(await newPage(browser, product, HOST_COLOUR, CAMERA), PROGRAMME);
    guests.push(...(await fillStage(product, host, guestCamera)));
    await goLive(host, sink.url);
    const publication = await publicationAt(sink);
    await untilShown(sink, publication, SETTLING_MS);
    const from = lastMs(publication);
    const cores = await coresUsed(process.pid, PARTS, () => untilShown(sink, publication, from + SHOW_MS));
    const times = videoTimes(publication).filter((time) => time >= from);
    await host.getByRole('tab', { name: 'Health' }).click();
    const health = await host.getByRole('tabpanel').last().textContent();
    console.log(`  as the host sees it: ${(health ?? '').replaceAll('\n', ' | ').slice(0, 400)}`);
    return rowsOf(name, times, cores);
  } finally {
    for (const guest of guests) await guest.leave();
    await browser.close();
    await sink.close();
    await product.stop();
    await product.forget();
  }
}

const PARTS = {
  'the host’s browser': (command: string) => command.includes('chromium'),
  LiveKit: (command: string) => command.includes('livekit'),
  'media engine': (command: string) => /ingest|egress|apps\/media|ffmpeg/.test(command),
  'this benchmark with nine publishers and a server': (command: string) => command.includes('bench/main'),
};

function rowsOf(name: string, times: readonly number[], cores: Readonly<Record<string, number>>): Row[] {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const what = `ten people (${name}) → 1080p30, live`;
  const none = { reference: '', referenceValue: null } as const;
  return [
    {
      ...none,
      what: `${what}: pictures at the RTMP server`,
      value: (times.length - 1) / seconds,
      unit: 'fps',
      goal: '30 fps',
    },
    {
      ...none,
      what: `${what}: from picture to picture, p95`,
      value: percentile(gaps, 0.95),
      worst: Math.max(...gaps),
      unit: 'ms',
      goal: '–',
    },
    ...Object.entries(cores).map(
      ([name, value]): Row => ({ ...none, what: `${what}: ${name}`, value, unit: 'core', goal: '–' }),
    ),
  ];
}

async function fillStage(
  product: Product,
  host: Page,
  { sent, kbps }: Pick<Case, 'sent' | 'kbps'>,
): Promise<PlainGuest[]> {
  const link = await guestLinkOf(host);
  const clip = await makeClip({ ...sent, seconds: 4, kbps, codec: 'vp8', temporalLayers: 2 });
  const guests: PlainGuest[] = [];
  for (let number = 1; number <= GUESTS; number += 1) {
    const name = `Guest ${number}`;
    const guest = await enterAsPlainGuest(product.url, link, name);
    guests.push(guest);
    await guest.publish(clip).started;
    await host.getByRole('button', { name: `Put on stage: ${name}`, exact: true }).click();
  }
  return guests;
}

async function publicationAt(sink: RtmpSink): Promise<Publication> {
  await sink.until(({ publications }) => publications.length > 0, 'a publication', 60_000);
  const [publication] = sink.publications;
  if (publication === undefined) throw new Error('no publication');
  return publication;
}

const videoTimes = ({ tags }: Publication): number[] =>
  tags.flatMap(({ type, time }) => (type === FLV_VIDEO ? [time] : []));
const lastMs = (publication: Publication): number =>
  publication.tags.findLast(({ type }) => type === FLV_VIDEO)?.time ?? 0;

const untilShown = (sink: RtmpSink, publication: Publication, ms: number): Promise<void> =>
  sink.until(() => lastMs(publication) >= ms, `${ms} ms of the show`, 180_000);
