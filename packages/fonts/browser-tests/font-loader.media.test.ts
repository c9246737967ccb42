import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { installedFont } from '../src/font-files.ts';
import { brandFonts, type Script } from '../src/index.ts';
import type { Drawn, Wish } from './worker.ts';

/** As strict as the studio's page where it matters here (apps/frontend/src/lib/csp.ts). */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'";
/** Two words of each script; where a machine has no such letters, both come out as the same boxes. */
const words: Record<Script, readonly [string, string]> = {
  latin: ['Hamburg', 'Amsterd'],
  vietnamese: ['ượng', 'ướng'],
  cyrillic: ['Москва', 'Рязань'],
  greek: ['Αθήνα', 'Πάτρα'],
  hebrew: ['שלום', 'חיפה'],
  arabic: ['مرحبا', 'سلامة'],
  kana: ['ひらが', 'カタカ'],
  hangul: ['안녕', '서울'],
  han: ['欢迎', '节目'],
  emoji: ['🚀', '🎉'],
};

let browser: Browser;
let server: Server;
let page: Page;
let asked: string[] = [];
let serving = true;

async function workerCode(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'worker.ts'), formats: ['es'], fileName: 'worker' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('the bundler gave nothing');
  return first.output[0].code;
}

async function answer(path: string, response: ServerResponse): Promise<void> {
  const [, , , , id = '', version, name] = path.split('/');
  const font = await installedFont(id);
  const file = font?.files.find((one) => one.name === name);
  if (!serving || font === null) response.writeHead(404).end();
  else if (version === undefined) {
    const faces = font.files.map(({ name: file, unicodeRange }) => ({
      path: `/api/v1/fonts/${id}/${font.version}/${file}`,
      unicodeRange,
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ faces }));
  } else if (file === undefined) response.writeHead(404).end();
  else {
    asked.push(file.name);
    response.writeHead(200, { 'content-type': file.contentType }).end(await readFile(file.path));
  }
}

beforeAll(async () => {
  const code = await workerCode();
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    response.setHeader('content-security-policy', POLICY);
    if (path === '/')
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Fonts</title>');
    else if (path === '/worker.js') response.setHeader('content-type', 'text/javascript').end(code);
    else void answer(path, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  page = await freshPage();
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

beforeEach(() => {
  asked = [];
  serving = true;
});

async function freshPage(): Promise<Page> {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no server');
  const fresh = await browser.newPage();
  await fresh.goto(`http://127.0.0.1:${address.port}/`);
  await fresh.evaluate(() => {
    const worker = new Worker('/worker.js', { type: 'module' });
    Object.assign(window, { worker });
  });
  return fresh;
}

/** Has the worker draw; wishes follow one another. */
function draw(font: string, text: string, load = true): Promise<Drawn> {
  return page.evaluate(
    (wish: Wish) => {
      const { worker } = window as unknown as { worker: Worker };
      return new Promise<Drawn>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(wish);
      });
    },
    { font, text, load },
  );
}

it.each(brandFonts)('$family draws each of its scripts in a worker', async ({ id, scripts }) => {
  for (const script of scripts) {
    const [one, other] = words[script];
    const before = await draw(id, one, false);
    expect(before.ready, script).toBe(false);
    const after = await draw(id, one);
    expect(after.ready, script).toBe(true);
    expect(after.ink, `${script} looks like the machine's font`).not.toBe(before.ink);
    expect((await draw(id, other)).ink, `${script} is boxes`).not.toBe(after.ink);
    expect(
      asked.every((file) => file.startsWith(`${id}-`)),
      asked.join(' '),
    ).toBe(true);
  }
});

it.each(['kana', 'hangul', 'han', 'emoji', 'arabic', 'hebrew', 'greek', 'vietnamese'] as const)(
  'a font without %s has it drawn by one that has, with the few files it takes',
  async (script) => {
    const [one, other] = words[script];
    const first = await draw('caveat', one);
    const second = await draw('caveat', other);
    expect([first.ready, second.ready]).toEqual([true, true]);
    expect(first.ink).not.toBe(second.ink);
    expect(first.coloured).toBe(script === 'emoji');
    expect(asked.length).toBeLessThan(12);
  },
);

it('fonts that are not served leave the machine’s own, and are asked for again', async () => {
  page = await freshPage();
  serving = false;
  const without = await draw('oswald', 'Hamburg');
  expect(without).toEqual({ ...(await draw('oswald', 'Hamburg', false)), ready: false });
  serving = true;
  const served = await draw('oswald', 'Hamburg');
  expect(served.ready).toBe(true);
  expect(served.ink).not.toBe(without.ink);
});
