import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { difference } from './compare.ts';
import { type GoldenKind, KINDS, MISTAKES, type PaintOptions } from './kinds.ts';
import { scenes } from './scenes.ts';

const FOLDER = join(import.meta.dirname, 'pictures');
/** Where pictures that differ are left to be looked at. */
const FAILED = join(import.meta.dirname, 'failed');
/** Share of pixels that may differ: antialiasing only. A tile moved by two pixels differs in more. */
const SHARE_TOLERANCE = 0.002;
/** Where there are letters; fonts differ between machines. */
const TEXT_SHARE_TOLERANCE = 0.03;
/**
 * Levels of R, G or B. Half a level of limited chroma is 1.1 of blue (BT.709), rounded in a frame and again by a surface.
 * A canvas or graphics card leaves the conversion of frames to Chromium, which gives BT.709's blue a factor of 2.0 instead of 2.11.
 */
const LEVELS_TOLERANCE: Readonly<Record<GoldenKind, number>> = { canvas: 6, i420: 3, webgl2: 6 };
/** Pixels; scaling rounds places to 1/128, corners and lines are antialiased a little differently. */
const SHIFT_TOLERANCE = 0.1;
/** A graphics card that the processor emulates: slow, but exact. */
const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const UPDATE = process.env.UPDATE_GOLDENS === '1';

/** A browser each: with an emulated card Chromium draws canvases on it too, and was seen to lose half of one. */
const browsers: Browser[] = [];
let plain: Page;
let withGl: Page;

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

async function openPage(args: readonly string[], script: string): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb', ...args],
  });
  browsers.push(browser);
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: script });
  await page.waitForFunction(() => 'paintScene' in window);
  return page;
}

beforeAll(async () => {
  const script = await bundle();
  [plain, withGl] = await Promise.all([openPage([], script), openPage(SOFTWARE_GL, script)]);
}, 60_000);

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
});

async function paint(name: string, kind: GoldenKind, options: PaintOptions = {}): Promise<PNG> {
  const page = kind === 'webgl2' ? withGl : plain;
  const base64 = await page.evaluate(([scene, on, how]) => window.paintScene(scene, on, how), [
    name,
    kind,
    options,
  ] as const);
  return PNG.sync.read(Buffer.from(base64, 'base64'));
}

const goldenOf = (name: string): PNG => PNG.sync.read(readFileSync(join(FOLDER, `${name}.png`)));

describe.each(KINDS)('golden pictures on %s', (kind) => {
  test.each(Object.entries(scenes))('%s', async (name, { text }) => {
    const tolerance = text ? TEXT_SHARE_TOLERANCE : SHARE_TOLERANCE;
    if (UPDATE && kind === 'canvas') {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, `${name}.png`), PNG.sync.write(await paint(name, kind, { exact: true })));
    }
    const painted = await paint(name, kind);
    const golden = goldenOf(name);
    const { width, height } = golden;
    expect({ width: painted.width, height: painted.height }).toEqual({ width, height });
    const { share, levels, shift, picture } = difference(golden, painted);
    const mostShift = text ? 1 : SHIFT_TOLERANCE;
    if (share > tolerance || levels > LEVELS_TOLERANCE[kind] || shift > mostShift) {
      mkdirSync(FAILED, { recursive: true });
      writeFileSync(join(FAILED, `${name}.${kind}.png`), PNG.sync.write(painted));
      writeFileSync(join(FAILED, `${name}.${kind}.difference.png`), PNG.sync.write(picture));
    }
    expect(share).toBeLessThanOrEqual(tolerance);
    expect(levels).toBeLessThanOrEqual(LEVELS_TOLERANCE[kind]);
    expect(shift).toBeLessThanOrEqual(mostShift);
  });
});

describe.each(['grid-2', 'grid-10', 'picture-in-picture', 'frames-709'])(
  'the comparison notices in %s',
  (name) => {
    test.each(MISTAKES)('%s', async (mistake) => {
      const { share, levels, shift } = difference(goldenOf(name), await paint(name, 'i420', { mistake }));
      const noticed = share > SHARE_TOLERANCE || levels > LEVELS_TOLERANCE.i420 || shift > SHIFT_TOLERANCE;
      expect(noticed, `${share}, ${levels}, ${shift}`).toBe(true);
    });
  },
);
