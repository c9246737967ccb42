import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {} from './compositor-page.ts';
import { type OpenPage, openPage } from './support/open-page.ts';

const MINUTES = Number(process.env.TURNS_MINUTES ?? 30);
const TURN_MS = 1000;
const LOOK_MS = 20_000;
/** Of the processes of the page; what a browser keeps for later comes and goes by tens of megabytes. */
const LEAST_SQUARES_LIMIT_MB_PER_HOUR = 60;
/** Buffers grow to their size and code is compiled in the first part. */
const WARM_UP_SHARE = 0.25;

let open: OpenPage;
const unclosed: string[] = [];

beforeAll(async () => {
  open = await openPage(join(import.meta.dirname, 'compositor-page.ts'));
  open.page.on('console', (message) => {
    if (/garbage collected without being closed/i.test(message.text())) unclosed.push(message.text());
  });
  await open.page.waitForFunction(() => 'startTurns' in window);
}, 60_000);

afterAll(async () => {
  await open?.close();
});

test(`${MINUTES} minutes of scene changes, joins and leaves leave no frame open and no memory taken`, {
  timeout: (MINUTES + 2) * 60_000,
}, async () => {
  const { page } = open;
  const browser = await page.context().browser()?.newBrowserCDPSession();
  if (browser === undefined) throw new Error('the browser cannot be asked');
  const session = await page.context().newCDPSession(page);
  await page.evaluate((ms) => window.startTurns(ms), TURN_MS);
  const looks: { readonly minute: number; readonly megabytes: number }[] = [];
  const began = performance.now();
  while (performance.now() - began < MINUTES * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    // Frames that nobody closed are found, and told of, by the collector.
    await session.send('HeapProfiler.collectGarbage');
    looks.push({
      minute: (performance.now() - began) / 60_000,
      megabytes: await residentMegabytes(browser),
    });
  }
  const { turns, pictures } = await page.evaluate(() => window.stopTurns());
  await session.send('HeapProfiler.collectGarbage');
  const settled = looks.filter(({ minute }) => minute > MINUTES * WARM_UP_SHARE);
  const slope = slopeOf(settled) * 60;
  process.stdout.write(
    `${turns} turns, ${pictures} pictures, ${looks.at(-1)?.megabytes.toFixed(0)} MB, ${slope.toFixed(1)} MB per hour\n`,
  );
  expect(turns).toBeGreaterThan((MINUTES * 60_000 * 0.8) / TURN_MS);
  expect(pictures).toBeGreaterThan(MINUTES * 60 * 8);
  expect(unclosed).toEqual([]);
  expect(slope, looks.map(({ megabytes }) => megabytes.toFixed(0)).join(' ')).toBeLessThan(
    LEAST_SQUARES_LIMIT_MB_PER_HOUR,
  );
});

/** Of the processes that draw pages. */
async function residentMegabytes(browser: CDPSession): Promise<number> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer');
  const sizes = await Promise.all(
    pages.map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Megabytes per minute, by least squares. */
function slopeOf(looks: readonly { readonly minute: number; readonly megabytes: number }[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const minute = mean(looks.map((look) => look.minute));
  const megabytes = mean(looks.map((look) => look.megabytes));
  const above = looks.reduce((sum, look) => sum + (look.minute - minute) * (look.megabytes - megabytes), 0);
  return above / looks.reduce((sum, look) => sum + (look.minute - minute) ** 2, 0);
}
