import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { freePort } from '@streamus/testkit/free-port';
import { newDataFolder, startProduct } from '@streamus/testkit/product';
import lighthouse from 'lighthouse';
import { enterAsHost } from './people.ts';
import type { Row } from './row.ts';

type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo';

const EVERYWHERE: readonly Category[] = ['performance', 'accessibility', 'best-practices'];

interface Measured {
  readonly page: string;
  readonly scores: readonly (readonly [Category, number])[];
  readonly firstPaintMs: number;
  readonly interactiveMs: number;
  readonly scriptKb: number;
}

/** Lighthouse on the pages people meet first; it slows network and processor down as for a middling phone or desktop. */
export async function benchStudioPages(): Promise<Row[]> {
  const product = await startProduct(await newDataFolder());
  const port = await freePort();
  const profile = await mkdtemp(join(tmpdir(), 'streamus-pages-'));
  // Lighthouse opens its pages in the browser's own profile, where this host is signed in.
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', `--remote-debugging-port=${port}`, '--autoplay-policy=no-user-gesture-required'],
    baseURL: product.url,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  try {
    const host = await enterAsHost(await context.newPage());
    const paths: readonly (readonly [string, string, readonly Category[]])[] = [
      ['landing', '/', [...EVERYWHERE, 'seo']],
      ['login', '/login', EVERYWHERE],
      ['dashboard', '/dashboard', EVERYWHERE],
      ['guest entry', await guestPath(host), EVERYWHERE],
      ['watch', await watchPath(host), [...EVERYWHERE, 'seo']],
    ];
    const studio = await measureStudio(host);
    await host.close();
    const measured: Measured[] = [];
    const cdp = await context.newCDPSession(await context.newPage());
    for (const [page, path, categories] of paths) {
      // As somebody who has never been here; the session stays.
      await cdp.send('Network.clearBrowserCache');
      measured.push(await measure(page, new URL(path, product.url).href, categories, port));
    }
    return [...measured.flatMap(rowsOf), ...studio];
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await product.stop();
    await product.forget();
  }
}

/** A host who comes back, with an empty cache and Lighthouse's desktop network: when the desk obeys, and shows the programme. */
async function measureStudio(host: Page): Promise<Row[]> {
  const { rttMs, throughputKbps } = DESKTOP.throttling;
  const cdp = await host.context().newCDPSession(host);
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  const bytesPerSecond = (throughputKbps * 1000) / 8;
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: rttMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await host.reload({ waitUntil: 'commit' });
  const seen = await host.evaluate(watchStudio);
  await cdp.detach();
  const plain = { unit: 'ms' as const, reference: '', referenceValue: null };
  return [
    { what: 'studio: first contentful paint', value: seen.firstPaint, goal: '< 1000 ms', ...plain },
    { what: 'studio: interactive (a layout is chosen)', value: seen.obeys, goal: '≤ 2000 ms', ...plain },
    { what: 'studio: first picture of the programme', value: seen.programme, goal: '–', ...plain },
  ];
}

/** Runs in the page, in its own clock since the navigation: presses a layout as soon as there is one. */
async function watchStudio(): Promise<{ firstPaint: number; obeys: number; programme: number }> {
  const found = <T>(look: () => T | null | undefined): Promise<T> =>
    new Promise((resolve) => {
      const again = (): void => {
        const it = look();
        if (it == null) requestAnimationFrame(again);
        else resolve(it);
      };
      again();
    });
  const shown = found(() => document.querySelector<HTMLVideoElement>('video[aria-label="Programme"]')).then(
    (video) =>
      new Promise<number>((resolve) => video.requestVideoFrameCallback(() => resolve(performance.now()))),
  );
  const button = await found(() =>
    document.querySelector<HTMLElement>('[role="toolbar"][aria-label="Layouts"] [aria-label="Solo"]'),
  );
  button.click();
  const obeys = await found(() =>
    button.getAttribute('aria-pressed') === 'true' ? performance.now() : null,
  );
  const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN;
  return { firstPaint, obeys, programme: await shown };
}

async function guestPath(host: Page): Promise<string> {
  await host.getByRole('button', { name: 'Copy guest link' }).click();
  await host.getByText('Link copied').waitFor();
  return host.evaluate(() => navigator.clipboard.readText());
}

async function watchPath(host: Page): Promise<string> {
  const studioId = host.url().split('/').at(-1) ?? '';
  const made = await host.request.post(`/api/v1/studios/${studioId}/streams`, {
    data: { title: 'Measured', description: '', scheduledStart: null, record: true },
  });
  const { stream }: { stream: { watchPath: string } } = await made.json();
  return stream.watchPath;
}

async function measure(
  page: string,
  url: string,
  categories: readonly Category[],
  port: number,
): Promise<Measured> {
  const result = await lighthouse(
    url,
    { port, logLevel: 'error', disableStorageReset: true, onlyCategories: [...categories] },
    { extends: 'lighthouse:default', settings: { formFactor: 'desktop', ...DESKTOP } },
  );
  if (result === undefined) throw new Error(`Lighthouse measured nothing of ${url}.`);
  const { audits, categories: scores } = result.lhr;
  const number = (audit: string): number => audits[audit]?.numericValue ?? Number.NaN;
  const requests = audits['network-requests']?.details;
  const items = requests?.type === 'table' ? requests.items : [];
  const scripts = items.filter(({ resourceType }) => resourceType === 'Script');
  return {
    page,
    scores: categories.map((category) => [category, (scores[category]?.score ?? Number.NaN) * 100] as const),
    firstPaintMs: number('first-contentful-paint'),
    interactiveMs: number('interactive'),
    scriptKb: scripts.reduce((sum, { transferSize }) => sum + Number(transferSize), 0) / 1000,
  };
}

/** Lighthouse's own desktop preset: 10 Mbit/s, 40 ms, the processor as it is. */
const DESKTOP = {
  screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
  throttling: {
    rttMs: 40,
    throughputKbps: 10_240,
    cpuSlowdownMultiplier: 1,
    requestLatencyMs: 0,
    downloadThroughputKbps: 0,
    uploadThroughputKbps: 0,
  },
};

function rowsOf({ page, scores, firstPaintMs, interactiveMs, scriptKb }: Measured): Row[] {
  const plain = { reference: '', referenceValue: null };
  return [
    ...scores.map(
      ([category, value]): Row => ({
        what: `${page}: Lighthouse ${category}`,
        value,
        unit: '%',
        goal: '≥ 95',
        ...plain,
      }),
    ),
    { what: `${page}: first contentful paint`, value: firstPaintMs, unit: 'ms', goal: '< 1000 ms', ...plain },
    { what: `${page}: interactive`, value: interactiveMs, unit: 'ms', goal: '≤ 2000 ms', ...plain },
    { what: `${page}: scripts`, value: scriptKb, unit: 'kB', goal: '–', ...plain },
  ];
}
