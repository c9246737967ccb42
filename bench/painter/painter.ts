import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import type { SurfaceKind } from '@streamus/compositor/surfaces/surface';
import { build } from 'vite';
import { coresUsed } from '../cpu.ts';
import { median, percentile, type Row } from '../row.ts';
import { CASES, CHAIN, DRESSED, type PainterCase, SURFACES, surfacesFor } from './cases.ts';
import { xstackMs } from './xstack.ts';

/** So long a case may take on a slow surface. */
const MOST_MS = 3000;
const CHAIN_SECONDS = 12;
const PAGE = 'http://localhost/';
const ISOLATED = {
  'content-type': 'text/html',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Paints on each surface that Chromium has here (WebGL2 where there is a graphics card), beside FFmpeg's xstack; then the chain with the encoder. */
export async function benchPainter(): Promise<Row[]> {
  const browser = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-angle=default', '--ignore-gpu-blocklist'],
  });
  const client = await chromium.connect(browser.wsEndpoint());
  try {
    const page = await client.newPage();
    // Encoders are given to secure pages only, and localhost is one; a clock finer than 0.1 ms to isolated ones.
    await page.route(PAGE, (route) => route.fulfill({ headers: ISOLATED, body: '<!doctype html>' }));
    await page.goto(PAGE);
    await page.addScriptTag({ type: 'module', content: await bundle() });
    await page.waitForFunction(() => 'painterBench' in window);
    const rows: Row[] = [];
    for (const one of CASES) rows.push(...(await paintRows(page, one, await xstackMs(one))));
    rows.push(...(await paintRows(page, DRESSED, null)));
    for (const kind of SURFACES) rows.push(...(await chainRows(page, kind, browser.process().pid ?? 0)));
    return rows;
  } finally {
    await client.close();
    await browser.close();
  }
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'page.ts'), formats: ['es'], fileName: 'page' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('the bundler gave nothing');
  return first.output[0].code;
}

const sizeOf = ({ width, height }: { width: number; height: number }): string => `${width}×${height}`;

async function paintRows(page: Page, given: PainterCase, reference: number | null): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of surfacesFor(given)) {
    const times = await page.evaluate(([on, one, most]) => window.painterBench.paintTimes(on, one, most), [
      kind,
      given,
      MOST_MS,
    ] as const);
    if (times === null) continue;
    const { tiles, source, programme, colours, dressed } = given;
    const goal = kind === 'i420' && tiles === 10 && programme.height === 1080 ? '≤ 8 ms p95' : '–';
    rows.push({
      what: `${tiles} × ${sizeOf(source)} → ${sizeOf(programme)}${dressed ? ', dressed' : ''}, ${colours}, ${kind}, median (worst: p95)`,
      value: median(times),
      worst: percentile(times, 0.95),
      unit: 'ms',
      goal,
      reference:
        reference === null
          ? ''
          : `FFmpeg${tiles === 1 ? '' : ' xstack'}${colours === 'bt601' ? ' to BT.709' : ''}, processor time`,
      referenceValue: reference,
    });
  }
  return rows;
}

async function chainRows(page: Page, kind: SurfaceKind, browserPid: number): Promise<Row[]> {
  let result: Awaited<ReturnType<Window['painterBench']['chain']>> = null;
  const { all = Number.NaN } = await coresUsed(browserPid, { all: () => true }, async () => {
    result = await page.evaluate(([on, one, seconds]) => window.painterBench.chain(on, one, seconds), [
      kind,
      CHAIN,
      CHAIN_SECONDS,
    ] as const);
  });
  if (result === null) return [];
  const { fps, longestMs }: { fps: number; longestMs: number } = result;
  const what = `10 × ${sizeOf(CHAIN.source)} → 1080p, dressed, H.264 encoder paced at 30 fps, ${kind}`;
  const plain = { reference: '', referenceValue: null };
  return [
    {
      what: `${what}: frames held`,
      value: fps,
      unit: 'fps',
      goal: kind === 'i420' ? '≥ 29.5 fps' : '–',
      ...plain,
    },
    { what: `${what}: longest gap`, value: longestMs, unit: 'ms', goal: '–', ...plain },
    {
      what: `${what}: whole browser`,
      value: all,
      unit: 'core',
      goal: kind === 'i420' ? '≤ 1 core' : '–',
      ...plain,
    },
  ];
}
