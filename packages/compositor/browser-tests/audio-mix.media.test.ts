import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

let browser: Browser;
let page: Page;

beforeAll(async () => {
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
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
  });
  page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: first.output[0].code });
  await page.waitForFunction(() => 'mixLag' in window);
}, 60_000);

afterAll(async () => {
  await browser?.close();
});

test('a mix that lost time does not keep its sounds back: they are as early again as before', async () => {
  const lag = () => page.evaluate(() => window.mixLag.measure());
  const before = await lag();
  await page.evaluate(() => window.mixLag.loseTime(300));
  await expect.poll(lag).toBeLessThan(before + 40);
});

test('who is muted is not heard, and heard again afterwards', async () => {
  const loudest = () => page.evaluate(() => window.mixLag.loudest());
  await expect.poll(loudest).toBeGreaterThan(0.1);
  await page.evaluate(() => window.mixLag.setMuted(true));
  await expect.poll(loudest).toBe(0);
  await page.evaluate(() => window.mixLag.setMuted(false));
  await expect.poll(loudest).toBeGreaterThan(0.1);
});

test('of those who are heard no more nothing is kept that a connection hangs on', async () => {
  const inspector = await page.context().newCDPSession(page);
  const liveTracks = async (): Promise<number> => {
    const { result } = await inspector.send('Runtime.evaluate', { expression: 'MediaStreamTrack.prototype' });
    // Collects what can be collected before it looks.
    const { objects } = await inspector.send('Runtime.queryObjects', {
      prototypeObjectId: result.objectId ?? '',
    });
    const { result: live } = await inspector.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration:
        'function () { return this.filter((track) => track.readyState === "live").length; }',
      returnByValue: true,
    });
    await inspector.send('Runtime.releaseObject', { objectId: objects.objectId ?? '' });
    return Number(live.value);
  };
  const before = await liveTracks();
  await page.evaluate(() => window.mixLag.comeAndGo(20));
  await expect.poll(liveTracks).toBe(before);
});
