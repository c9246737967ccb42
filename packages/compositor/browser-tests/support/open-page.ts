import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';

export interface OpenPage {
  readonly page: Page;
  close(): Promise<void>;
}

/** A secure origin that nobody is asked for: everything is answered from memory. */
const ORIGIN = 'https://compositor.test';

/** A blank page in real Chromium that runs `entry`, workers and all. */
export async function openPage(entry: string, args: readonly string[] = []): Promise<OpenPage> {
  const files = await bundle(entry);
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...args],
  });
  const page = await browser.newPage();
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const body = files.get(path);
    if (body === undefined) await route.fulfill({ status: 404 });
    else await route.fulfill({ body, contentType: path === '/' ? 'text/html' : 'text/javascript' });
  });
  await page.goto(ORIGIN);
  return { page, close: () => browser.close() };
}

export async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: { write: false, minify: false, rollupOptions: { input: { page: entry } } },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('the bundler gave nothing');
  const files = new Map<string, string>();
  for (const file of first.output) {
    const text = file.type === 'chunk' ? file.code : new TextDecoder().decode(Buffer.from(file.source));
    files.set(`/${file.fileName}`, text);
    if (file.type === 'chunk' && file.isEntry) {
      files.set('/', `<!doctype html><script type="module" src="/${file.fileName}"></script>`);
    }
  }
  return files;
}
