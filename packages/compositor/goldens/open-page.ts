import { join } from 'node:path';
import { SOFTWARE_GL } from '@streamus/testkit/software-gl';
import { PNG } from 'pngjs';
import { type OpenPage, openPage } from '../browser-tests/support/open-page.ts';
import { openWebkitPage } from '../browser-tests/support/open-webkit-page.ts';
import { serveFonts } from '../browser-tests/support/served-fonts.ts';
import type { GoldenKind, PaintOptions, Part } from './kinds.ts';

/** Paints scenes in a real browser. */
export interface GoldenPainter {
  paint(
    scene: string,
    kind: GoldenKind,
    options?: PaintOptions,
  ): Promise<{ png: PNG; parts: readonly Part[] }>;
  close(): Promise<void>;
}

/** Letters as the font has them, whatever the machine's settings say about their edges. */
const EXACT_LETTERS = ['--force-color-profile=srgb', '--font-render-hinting=none'];

async function openScenes(args: readonly string[]): Promise<OpenPage> {
  const open = await openPage(join(import.meta.dirname, 'page.ts'), [...EXACT_LETTERS, ...args]);
  await serveFonts(open.page);
  await open.page.waitForFunction(() => 'paintScene' in window);
  return open;
}

/** A browser each: with an emulated card Chromium draws canvases on it too, and was seen to lose half of one. */
export async function openGoldenPainter(): Promise<GoldenPainter> {
  const [plain, withGl] = await Promise.all([openScenes([]), openScenes(SOFTWARE_GL)]);
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
      await Promise.all([plain, withGl].map((open) => open.close()));
    },
  };
}

export async function openWebkitPainter(): Promise<GoldenPainter> {
  const page = await openWebkitPage(join(import.meta.dirname, 'page.ts'));
  return {
    async paint(scene, kind, options = {}) {
      const { picture, parts } = await page.evaluate(
        (name, on, how) => window.paintScene(name, on, how),
        scene,
        kind,
        { ...options },
      );
      return { png: PNG.sync.read(Buffer.from(picture, 'base64')), parts };
    },
    close: page.close,
  };
}
