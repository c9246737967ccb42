import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { build } from 'vite';
import { fontAnswer } from '../browser-tests/support/served-fonts.ts';
import type { GoldenKind, PaintOptions, Part } from './kinds.ts';

/** Paints scenes in real Chromium. */
export interface GoldenPainter {
  paint(
    scene: string,
    kind: GoldenKind,
    options?: PaintOptions,
  ): Promise<{ png: PNG; parts: readonly Part[] }>;
  close(): Promise<void>;
}

/** A secure origin that nobody is asked for: everything is answered from memory. */
const ORIGIN = 'https://goldens.test';
/** A graphics card that the processor emulates: slow, but exact. */
const SOFTWARE_GL = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

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

async function openPage(args: readonly string[], script: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Letters as the font has them, whatever the machine's settings say about their edges.
    args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none', ...args],
  });
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const answer =
      path === '/' ? { body: '<!doctype html>', contentType: 'text/html' } : await fontAnswer(path);
    await route.fulfill(answer ?? { status: 404 });
  });
  await page.goto(ORIGIN);
  await page.addScriptTag({ type: 'module', content: script });
  await page.waitForFunction(() => 'paintScene' in window);
  return { browser, page };
}

/** A browser each: with an emulated card Chromium draws canvases on it too, and was seen to lose half of one. */
export async function openGoldenPainter(): Promise<GoldenPainter> {
  const script = await bundle();
  const [plain, withGl] = await Promise.all([openPage([], script), openPage(SOFTWARE_GL, script)]);
  return {
    async paint(scene, kind, options = {}) {
      const { page } = kind === 'webgl2' ? withGl : plain;
      const { picture, parts } = await page.evaluate(([name, on, how]) => window.paintScene(name, on, how), [
        scene,
        kind,
        options,
      ] as const);
      return { png: PNG.sync.read(Buffer.from(picture, 'base64')), parts };
    },
    async close() {
      await Promise.all([plain, withGl].map(({ browser }) => browser.close()));
    },
  };
}
