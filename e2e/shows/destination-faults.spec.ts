import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { pictureBox } from '@streamus/testkit/clock-pattern';
import { type Fault, type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { flvFile, readFrames, videoPackets } from '@streamus/testkit/judge-media';
import { checkTags, type Publication, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectOutput } from '../support/go-live.ts';
import { expectPerson } from '../support/judge-show.ts';
import { type Host, hostInStudio, productUrl, SMALL_PROGRAMME } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.setTimeout(240_000);

const HOST = { colour: '#2f6fb2', beepHz: 1000 };
const WHOLE = pictureBox({ x: 0, y: 0, ...SMALL_PROGRAMME }, 16 / 9, 'cover');
/** A stall is found within 5 s, and a try that gets no answer given up after 5 more; the page is told once a second. */
const TOLD_MS = 20_000;
/** Media research 6.1, and the second until the page is told. */
const BACK_MS = 16_000;
const AFTERWARDS_MS = 4_000;
/** Of each connection this much is decoded; the rest is compared. */
const BEGINNING_MS = 3_000;
const ON_AIR = 'On air';
/** The page is told once a second, and the shortest pause before the next try is half of that. */
const LOST = /Lost, trying again|Connecting …/;
/** Fewer than the five in a row that end an output. */
const REJECTIONS = 3;

const SENTENCES = {
  refused: 'The server refuses the connection. Check address and port.',
  closed: 'The server closed the connection.',
  stalled: 'The server stopped taking data.',
  timeout: 'The server does not answer.',
  tls: 'The secure connection failed: the server broke it off, or its certificate is not valid for this address.',
  handshake: 'The server answers, but does not speak RTMP.',
  rejected: 'The server rejected the stream. Check the stream key.',
  slow: 'On air, slow connection',
} as const;

interface Wish {
  readonly name: string;
  readonly secure?: boolean;
  readonly fault: Fault['kind'] | 'reject';
  /** What the host is told while it lasts. */
  readonly told: readonly (keyof typeof SENTENCES)[];
}

const WISHES: readonly Wish[] = [
  { name: 'Church', fault: 'none', told: [] },
  { name: 'Club', secure: true, fault: 'none', told: [] },
  { name: 'Refuses', fault: 'refuse', told: ['refused'] },
  { name: 'Resets', fault: 'reset', told: ['closed'] },
  { name: 'Swallows', fault: 'black-hole', told: ['stalled', 'timeout'] },
  { name: 'Half-open', fault: 'half-open', told: ['stalled', 'timeout'] },
  // So little is sent that the system's buffers take what the server does not; its answers tell.
  { name: 'Slow', fault: 'slow', told: ['slow'] },
  { name: 'Aborts TLS', secure: true, fault: 'tls-abort', told: ['tls'] },
  { name: 'Speaks HTTP', fault: 'garbage', told: ['handshake'] },
  { name: 'Rejects', fault: 'reject', told: ['rejected'] },
];

interface Place extends Wish {
  readonly sink: RtmpSink;
  readonly proxy: FaultProxy;
  readonly url: string;
}

const isWell = ({ fault }: Wish): boolean => fault === 'none';
const isLost = ({ fault }: Wish): boolean => fault !== 'none' && fault !== 'slow';

test('every fault of a destination at once: each is told in its words and comes back by itself, and the neighbours lose nothing', async ({
  browser,
}) => {
  const certificate: { key: string; cert: string } = JSON.parse(process.env.PRODUCT_TRUSTS ?? '');
  const places = await Promise.all(WISHES.map((wish) => startPlace(wish, certificate)));
  try {
    const host = await hostInStudio(browser, HOST);
    const { page } = host;
    await goLiveEverywhere(host, places);
    await page.getByRole('tab', { name: 'Health' }).click();
    await page.getByRole('tabpanel', { name: 'Health' }).evaluate(noteWhatIsTold);

    await test.step('all faults begin', async () => {
      const tenth = bytesPerSecondOf(places[0]) / 10;
      await Promise.all(places.map((place) => inflict(place, tenth)));
      await expect(page.getByText(/\d more problems: see Health\./)).toBeVisible();
      for (const { name, told } of places) {
        const sentences = told.map((what) => SENTENCES[what]);
        await expect
          .poll(() => whatWasTold(page, name), { message: name, timeout: TOLD_MS })
          .toEqual(expect.arrayContaining(sentences));
      }
    });
    await test.step('all faults end', async () => {
      const since = performance.now();
      await Promise.all(places.map(({ proxy }) => proxy.set({ kind: 'none' })));
      await Promise.all(places.map((place) => moreShow(place, since)));
      for (const { name } of places) await expectOutput(page, name, ON_AIR);
      for (const { name } of places)
        await expect(page.getByRole('alert').filter({ hasText: name })).toHaveCount(0);
    });
    for (const place of places) {
      const told = await whatWasTold(page, place.name);
      if (isWell(place)) expect(told, place.name).toEqual([ON_AIR]);
      if (isLost(place)) expect(told.join('\n'), place.name).toMatch(LOST);
    }

    await page.getByRole('button', { name: 'End stream' }).click();
    await page.getByRole('button', { name: 'End now' }).click();
    for (const { sink } of places)
      await sink.until(({ publications }) => publications.every(({ open }) => !open), 'farewell');
    const recorded = await videoPackets(await recordingOf(page));
    for (const place of places) await test.step(`what ${place.name} got`, () => judge(place, recorded));
    const [church] = places;
    if (church !== undefined) await expectHost(church.sink.publications[0]?.tags ?? []);
  } finally {
    await Promise.all(places.flatMap(({ sink, proxy }) => [proxy.close(), sink.close()]));
  }
});

async function startPlace(wish: Wish, tls: { key: string; cert: string }): Promise<Place> {
  const sink = await startRtmpSink(wish.secure === true ? { tls } : {});
  const proxy = await startFaultProxy({ target: sink.port });
  const url = `${wish.secure === true ? 'rtmps' : 'rtmp'}://127.0.0.1:${proxy.port}/live`;
  return { ...wish, sink, proxy, url };
}

/** Saves the places and goes live to all of them. */
async function goLiveEverywhere({ page }: Host, places: readonly Place[]): Promise<void> {
  for (const { name, url } of places) {
    const answer = await page.request.post(`${productUrl()}/api/v1/destinations`, {
      data: { name, url, key: 'secret-key' },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }
  await page.getByRole('button', { name: 'Go live' }).click();
  const sheet = page.getByRole('dialog', { name: 'Go live' });
  await sheet.getByRole('switch', { name: 'Watch page' }).uncheck();
  for (const { name } of places) await sheet.getByRole('switch', { name }).check();
  await sheet.getByRole('button', { name: 'Go live' }).click();
  for (const { name } of places) await expectOutput(page, name, ON_AIR);
}

async function inflict({ fault, sink, proxy }: Place, tenth: number): Promise<void> {
  switch (fault) {
    case 'reject': {
      const description = 'Invalid stream key';
      sink.reject({ at: 'publish', code: 'NetStream.Publish.BadName', description }, REJECTIONS);
      await proxy.set({ kind: 'reset' });
      return proxy.set({ kind: 'none' });
    }
    case 'slow':
      return proxy.set({ kind: fault, bytesPerSecond: tenth });
    default:
      return proxy.set({ kind: fault });
  }
}

/** Of the whole show, sound and picture. */
function bytesPerSecondOf(place: Place | undefined): number {
  const { tags = [] } = place?.sink.publications.at(-1) ?? {};
  const bytes = tags.reduce((sum, { data }) => sum + data.length, 0);
  return (bytes * 1000) / ((tags.at(-1)?.time ?? 0) - (tags[0]?.time ?? 0));
}

/** Runs in the page: notes each sentence that the Health panel says of a destination, from now on. */
function noteWhatIsTold(panel: Element): void {
  const told: Record<string, string[]> = {};
  const look = (): void => {
    for (const item of panel.querySelectorAll('li')) {
      const [name = '', ...sentences] = [...item.querySelectorAll('p')].map((line) => line.textContent);
      told[name] = [...new Set([...(told[name] ?? []), ...sentences])];
    }
  };
  look();
  new MutationObserver(look).observe(panel, { childList: true, characterData: true, subtree: true });
  Reflect.set(window, 'told', told);
}

const whatWasTold = (page: Page, name: string): Promise<string[]> =>
  page.evaluate((wanted) => Reflect.get(window, 'told')[wanted] ?? [], name);

/** Waits until its newest connection has got so much of the show since then. */
async function moreShow({ name, sink }: Place, since: number): Promise<void> {
  const got = (): number => {
    const { tags, arrivals } = sink.publications.at(-1) ?? { tags: [], arrivals: [] };
    const first = arrivals.findIndex((at) => at >= since);
    return first < 0 ? 0 : (tags.at(-1)?.time ?? 0) - (tags[first]?.time ?? 0);
  };
  await sink.until(() => got() > 0, `${name} is back`, BACK_MS);
  await sink.until(() => got() >= AFTERWARDS_MS, `${name} goes on`);
}

async function recordingOf(page: Page): Promise<string> {
  let id = '';
  const look = async (): Promise<string | undefined> => {
    const answer = await page.request.get(`${productUrl()}/api/v1/recordings`);
    const { recordings }: { recordings: { id: string; status: string }[] } = await answer.json();
    id = recordings[0]?.id ?? '';
    return recordings[0]?.status;
  };
  await expect.poll(look, { timeout: 60_000 }).toBe('ready');
  return join(process.env.PRODUCT_DATA ?? '', 'objects', 'recordings', id, 'recording.mp4');
}

/**
 * A neighbour got every picture of the recording on one connection, each once and in order, and all sound. The others got
 * broken off pieces, each of them in order and from a keyframe on, and the last one is whole and shows the host from the start.
 */
async function judge(place: Place, recorded: readonly string[]): Promise<void> {
  const { publications } = place.sink;
  for (const { tags } of publications) expect(checkTags(tags).problems).toEqual([]);
  if (isWell(place)) expect(publications).toHaveLength(1);
  if (isLost(place)) expect(publications.length).toBeGreaterThan(1);
  const { tags } = publications.at(-1) ?? { tags: [] };
  // A frame of AAC lasts 21.3 ms.
  expect(checkTags(tags).longestAudioGapMs).toBeLessThanOrEqual(25);
  const file = await flvFile(tags);
  try {
    const received = await videoPackets(file.path);
    const begin = received.slice(0, SMALL_PROGRAMME.fps).join();
    const from = recorded.findIndex((_, at) => recorded.slice(at, at + SMALL_PROGRAMME.fps).join() === begin);
    expect(from, 'its beginning is in the recording').toBeGreaterThanOrEqual(0);
    const common = recorded.slice(from, from + received.length);
    expect(received.slice(0, common.length)).toEqual(common);
    // At the end the recording may lack what was under way.
    expect(received.length - common.length).toBeLessThan(SMALL_PROGRAMME.fps);
    const until = (tags[0]?.time ?? 0) + BEGINNING_MS;
    await expectHost(tags.filter(({ time }) => time < until));
  } finally {
    await file.close();
  }
}

/** Each picture shows the host, alive. */
async function expectHost(tags: Publication['tags']): Promise<void> {
  const file = await flvFile(tags);
  try {
    expectPerson(await readFrames(file.path, SMALL_PROGRAMME, [WHOLE]), 0, HOST.colour);
  } finally {
    await file.close();
  }
}
