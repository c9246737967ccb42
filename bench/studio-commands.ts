import type { Page } from '@playwright/test';
import { DOCUMENT_VERSION } from '@streamus/studio';
import { newDataFolder, startProduct } from '@streamus/testkit/product';
import { benchFamilies } from './command-families.ts';
import { enterAsHost, GUEST_COLOUR, HOST_COLOUR, launchBrowser, newPage, openAsGuest } from './people.ts';
import { median, percentile, type Row } from './row.ts';

const TIMES = 24;

/** Wall clock, ms, at which a page first shows a layout as chosen, and its programme as composed in it. */
interface Seen {
  readonly button: number;
  readonly programme: number;
}

/**
 * How long a click on a layout takes to be seen: in the own tab, in another one, and in the programme of both. Then how long
 * other commands take, one of each kind.
 */
export async function benchStudioCommands(): Promise<Row[]> {
  const product = await startProduct(await newDataFolder());
  const browser = await launchBrowser();
  try {
    const host = await enterAsHost(await newPage(browser, product, HOST_COLOUR));
    const guest = await openAsGuest(browser, product, host);
    await guest.getByRole('button', { name: 'Enter', exact: true }).click();
    await host.getByRole('button', { name: 'Put on stage: Gina' }).click();
    await guest.getByText('You are on stage').waitFor();
    // A window of its own: a covered tab's animation frames come once a second.
    const context = await browser.newContext({ storageState: await host.context().storageState() });
    const other = await context.newPage();
    await other.goto(host.url());
    await other.getByRole('button', { name: 'Enter studio' }).click();
    await other.getByRole('button', { name: 'Go live' }).first().waitFor();

    const studioId = host.url().split('/').at(-1) ?? '';
    const hello = { type: 'hello', studioId, guestToken: null, lastSeq: null };
    const roundTrips = await host.evaluate(pings, {
      hello: JSON.stringify({ ...hello, documentVersion: DOCUMENT_VERSION }),
      times: TIMES,
    });
    const own: Seen[] = [];
    const others: Seen[] = [];
    await press(host, other, 'Solo');
    for (let turn = 0; turn < TIMES; turn += 1) {
      const [here, there] = await press(host, other, turn % 2 === 0 ? 'Grid' : 'Solo');
      own.push(here);
      others.push(there);
    }
    const reference = {
      reference: 'ping over the same socket, median',
      referenceValue: median(roundTrips),
      unit: 'ms' as const,
    };
    const row = (what: string, values: readonly number[], goal: string): Row[] => [
      { what: `${what}, median of ${TIMES}`, value: median(values), goal, ...reference },
      { what: `${what}, p95`, value: percentile(values, 0.95), goal, ...reference },
    ];
    const of = (seen: readonly Seen[], key: keyof Seen) => seen.map((one) => one[key]);
    return [
      ...row('command → own screen', of(own, 'button'), '≤ 50 ms'),
      ...row('command → another screen', of(others, 'button'), '–'),
      ...row('command → programme as painted (15 fps: a frame is 67 ms)', of(own, 'programme'), '≤ 100 ms'),
      ...row('command → programme in another tab, through the SFU', of(others, 'programme'), '–'),
      ...(await benchFamilies(host, other, reference)),
    ];
  } finally {
    await browser.close();
    await product.stop();
    await product.forget();
  }
}

/** Clicks a layout in `host`; milliseconds from the click until each page shows it. */
async function press(host: Page, other: Page, layout: 'Solo' | 'Grid'): Promise<[Seen, Seen]> {
  const wanted = { layout, colour: layout === 'Solo' ? HOST_COLOUR : GUEST_COLOUR };
  const there = other.evaluate(watchLayout, { ...wanted, click: false });
  const here = await host.evaluate(watchLayout, { ...wanted, click: true });
  const far = await there;
  const since = ({ button, programme }: Seen): Seen => ({
    button: button - here.clickedAt,
    programme: programme - here.clickedAt,
  });
  return [since(here), since(far)];
}

/** Runs in the page: the programme's right part has this colour once it is composed in the layout. */
async function watchLayout(wanted: {
  layout: string;
  colour: string;
  click: boolean;
}): Promise<Seen & { clickedAt: number }> {
  const wall = (): number => performance.timeOrigin + performance.now();
  const button = [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent?.trim()) === wanted.layout,
  );
  const video = document.querySelector('video[aria-label="Programme"]');
  if (button === undefined || !(video instanceof HTMLVideoElement))
    throw new Error('no layout bar, no programme');
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no canvas');
  const byte = (at: number): number => Number.parseInt(wanted.colour.slice(at, at + 2), 16);
  const isRed = byte(1) > byte(5);
  const isThere = (): boolean => {
    canvas.drawImage(video, 0.72 * video.videoWidth, 0.75 * video.videoHeight, 4, 4, 0, 0, 1, 1);
    const [red = 0, , blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    // The clock's bits are lighter and darker than the camera's colour, of the same hue.
    return red !== blue && red > blue === isRed;
  };
  const shown = new Promise<number>((resolve) => {
    const look = (): void => {
      if (isThere()) resolve(wall());
      else video.requestVideoFrameCallback(look);
    };
    video.requestVideoFrameCallback(look);
  });
  const pressed = new Promise<number>((resolve) => {
    const look = (): void => {
      if (button.getAttribute('aria-pressed') === 'true') resolve(wall());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const clickedAt = wall();
  if (wanted.click) button.click();
  return { clickedAt, button: await pressed, programme: await shown };
}

/** Runs in the page: round trips of a message that nothing is done for, ms. */
async function pings(given: { hello: string; times: number }): Promise<number[]> {
  const { hello, times } = given;
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/realtime`);
  const answered = (type: string): Promise<void> =>
    new Promise((resolve) => {
      const listen = ({ data }: MessageEvent<string>): void => {
        if (JSON.parse(data).type !== type) return;
        socket.removeEventListener('message', listen);
        resolve();
      };
      socket.addEventListener('message', listen);
    });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const welcome = answered('welcome');
  socket.send(hello);
  await welcome;
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const since = performance.now();
    const pong = answered('pong');
    socket.send(JSON.stringify({ type: 'ping', n }));
    await pong;
    took.push(performance.now() - since);
  }
  socket.close();
  return took;
}
