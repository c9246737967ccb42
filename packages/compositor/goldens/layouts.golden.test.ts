import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GoldenKind, KINDS } from './kinds.ts';
import { scenes } from './scenes.ts';

const FOLDER = join(import.meta.dirname, 'pictures');
/** Where pictures that differ are left to be looked at. */
const FAILED = join(import.meta.dirname, 'failed');
/** Colour distance (0..1) below which two pixels are alike: antialiasing and rasterisers differ a little. */
const PIXEL_TOLERANCE = 0.12;
/** Share of pixels that may differ: antialiasing only. A tile moved by two pixels differs in more. */
const SHARE_TOLERANCE = 0.002;
/** Where there are letters; fonts differ between machines. */
const TEXT_SHARE_TOLERANCE = 0.03;
const UPDATE = process.env.UPDATE_GOLDENS === '1';

let browser: Browser;
let page: Page;

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

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb'],
  });
  page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: await bundle() });
  await page.waitForFunction(() => 'paintScene' in window);
}, 60_000);

afterAll(async () => {
  await browser?.close();
});

async function paint(name: string, kind: GoldenKind): Promise<PNG> {
  const base64 = await page.evaluate(([scene, on]) => window.paintScene(scene, on), [name, kind] as const);
  return PNG.sync.read(Buffer.from(base64, 'base64'));
}

describe.each(KINDS)('golden pictures on %s', (kind) => {
  test.each(Object.entries(scenes))('%s', async (name, { text }) => {
    const tolerance = text ? TEXT_SHARE_TOLERANCE : SHARE_TOLERANCE;
    const painted = await paint(name, kind);
    const file = join(FOLDER, `${name}.png`);
    if (UPDATE && kind === 'canvas') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, PNG.sync.write(painted));
    }
    const golden = PNG.sync.read(readFileSync(file));
    const { width, height } = golden;
    expect({ width: painted.width, height: painted.height }).toEqual({ width, height });
    const difference = new PNG({ width, height });
    const count = pixelmatch(golden.data, painted.data, difference.data, width, height, {
      threshold: PIXEL_TOLERANCE,
    });
    if (count > tolerance * width * height) {
      mkdirSync(FAILED, { recursive: true });
      writeFileSync(join(FAILED, `${name}.${kind}.png`), PNG.sync.write(painted));
      writeFileSync(join(FAILED, `${name}.${kind}.difference.png`), PNG.sync.write(difference));
    }
    expect(count / (width * height)).toBeLessThanOrEqual(tolerance);
  });
});
