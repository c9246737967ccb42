import { readFile } from 'node:fs/promises';
import type { CDPSession } from '@playwright/test';
import {
  type Overlay,
  overlayIdSchema,
  personIdSchema,
  type StudioCommand,
  sceneIdSchema,
  sourceId,
} from '@streamus/studio';
import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { command, copyGuestLink, type Host, hostInStudio, productUrl, sendAway } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const MINUTES = Number(process.env.TURNS_MINUTES ?? 15);
/** A person's commands are limited to a few a second. */
const TURN_MS = 250;
/** A guest comes on stage, and goes a little later. */
const TURNS_A_VISIT = 60;
/** A session's token is good for 15 minutes; the page renews its own when it asks for something. */
const TURNS_A_TOKEN = 1_000;
const LAYOUTS = ['grid', 'leader', 'solo', 'side-by-side', 'picture-in-picture'] as const;
const CLIP = {
  width: 320,
  height: 180,
  fps: 5,
  seconds: 4,
  kbps: 150,
  codec: 'vp8',
  colour: '#806040',
} as const;
const SCENES = [0xa1, 0xa2, 0xa3].map((n) =>
  sceneIdSchema.parse(`00000000-0000-4000-8000-0000000000${n.toString(16)}`),
);
const TICKER: Overlay = {
  ...{ id: overlayIdSchema.parse('00000000-0000-4000-8000-0000000000c1'), kind: 'ticker' },
  ...{ text: 'News of the show, again and again', speed: 'fast' },
};
/** What the host has made before the turns begin. */
const PLAN: readonly StudioCommand[] = [
  {
    type: 'set-transition',
    transition: { kind: 'fade', direction: 'left', durationMs: 400, easing: 'linear' },
  },
  ...SCENES.map((id, n): StudioCommand => ({ type: 'add-scene', id, name: `Scene ${n}`, layout: 'grid' })),
  { type: 'add-overlay', overlay: TICKER },
];
/** In the first part of the time the browser's own caches fill up. */
const FILLING_SHARE = 0.5;
/** Of the page's process, MB an hour. A show of four hours then has grown by a quarter of a gigabyte. */
const MOST_GROWTH = 60;

test.setTimeout((MINUTES + 5) * 60_000);

test(`${MINUTES} minutes of scene turns, joins and leaves leave no frame open and no memory taken`, async ({
  browser,
}) => {
  const unclosed: string[] = [];
  const host = await hostInStudio(browser, { colour: '#2f6fb2' });
  host.page.on('console', (message) => {
    if (/garbage collected without being closed/i.test(message.text())) unclosed.push(message.text());
  });
  for (const make of PLAN) await command(host, make);
  const link = await copyGuestLink(host);
  const system = await browser.newBrowserCDPSession();
  const page = await host.context.newCDPSession(host.page);
  const looks: { readonly hours: number; readonly megabytes: number }[] = [];
  const began = performance.now();
  for (let turn = 0; performance.now() - began < MINUTES * 60_000; turn += 1) {
    for (const act of actsOf(turn)) await command(host, act);
    if (turn % TURNS_A_VISIT === 0) await visit(host, link, turn);
    if (turn % TURNS_A_TOKEN === 0) await host.page.request.post(`${productUrl()}/api/v1/auth/refresh`);
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    if (turn % TURNS_A_VISIT !== TURNS_A_VISIT - 1) continue;
    // Frames that nobody closed are found, and told of, by the collector.
    await page.send('HeapProfiler.collectGarbage');
    const megabytes = await largestRenderer(system);
    looks.push({ hours: (performance.now() - began) / 3_600_000, megabytes });
  }
  expect(unclosed).toEqual([]);
  const settled = looks.slice(Math.round(looks.length * FILLING_SHARE));
  const story = looks.map(({ megabytes }) => Math.round(megabytes)).join(' ');
  expect(growth(settled), `MB an hour; resident: ${story}`).toBeLessThan(MOST_GROWTH);
  test.info().annotations.push({ type: 'resident MB', description: story });
});

/** Scenes one after the other, each by its fade; now and then another layout, and a ticker that comes and goes. */
function actsOf(turn: number): StudioCommand[] {
  const layout = LAYOUTS[turn % LAYOUTS.length] ?? 'grid';
  const scene = SCENES[turn % SCENES.length];
  switch (turn % 4) {
    case 0:
      return [{ type: 'set-layout', layout }];
    case 1:
      return [{ type: 'show-overlay', overlay: TICKER.id, where: 'everywhere' }];
    case 2:
      return [{ type: 'hide-overlay', overlay: TICKER.id }];
    default:
      return scene === undefined ? [] : [{ type: 'select-scene', scene }];
  }
}

/** Somebody comes by the link, is on stage for some turns and leaves. */
async function visit(host: Host, link: string, turn: number): Promise<void> {
  const guest = await enterAsPlainGuest(productUrl(), link, `Guest ${turn}`);
  const publisher = guest.publish(await makeClip(CLIP));
  await publisher.started;
  const person = personIdSchema.parse(guest.person);
  const source = sourceId('camera', person);
  await command(host, { type: 'put-on-stage', source });
  for (const layout of LAYOUTS) {
    await command(host, { type: 'set-layout', layout });
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  await publisher.close();
  await sendAway(host, guest);
}

/** Resident memory of the browser's largest page, the host's, MB. */
async function largestRenderer(system: CDPSession): Promise<number> {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = await Promise.all(
    pages.map(async ({ id }) => {
      // One may end meanwhile.
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
  return Math.max(...sizes);
}

/** Slope of the least squares line. */
function growth(looks: readonly { readonly hours: number; readonly megabytes: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(looks.map(({ hours }) => hours)), mean(looks.map(({ megabytes }) => megabytes))];
  const together = looks.reduce((sum, { hours, megabytes }) => sum + (hours - x) * (megabytes - y), 0);
  const spread = looks.reduce((sum, { hours }) => sum + (hours - x) ** 2, 0);
  return together / spread;
}
