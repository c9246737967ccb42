import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { type ClockCameraOptions, clockCameraScript } from '@streamus/testkit/clock-camera';
import { type LivekitServer, startLivekitServer } from '@streamus/testkit/livekit-server';
import { type StudioServer, startStudioServer } from '@streamus/testkit/studio-server';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

/** Small enough for two browsers and a room server on two cores. */
export const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };
export const HOST_COLOUR = '#2f6fb2';
export const GUEST_COLOUR = '#b2472f';

/** Sounds of the others are played by elements that no page shows. */
const KEEP_PLAYERS = `window.players = []; const Sound = Audio;
window.Audio = class extends Sound { constructor(...a) { super(...a); window.players.push(this); } };`;
/** Statistics are read from the page's own connections. */
const KEEP_CONNECTIONS = `window.connections = []; const Original = RTCPeerConnection;
window.RTCPeerConnection = class extends Original { constructor(...a) { super(...a); window.connections.push(this); } };`;

export interface StudioSuite {
  readonly server: StudioServer;
  readonly livekit: LivekitServer;
  /** Enters the studio as the host in a browser context of its own, or in one that is open already. */
  host(options?: { context?: BrowserContext; devices?: Partial<ClockCameraOptions> }): Promise<Page>;
  guest(token: string, devices?: Partial<ClockCameraOptions>): Promise<Page>;
}

/** Gives a test file a built page, a room server and a browser, and every test a studio of its own. */
export function useStudioSuite(): StudioSuite {
  let folder: string;
  let livekit: LivekitServer;
  let browser: Browser;
  let server: StudioServer;
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'streamus-page-'));
    await build({
      configFile: false,
      root: join(import.meta.dirname, 'page'),
      logLevel: 'silent',
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, minify: false },
    });
    livekit = await startLivekitServer();
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await livekit?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    server = await startStudioServer({ pages: folder, livekit, programme: PROGRAMME });
  });

  afterEach(async () => {
    for (const context of contexts) await context.close();
    contexts = [];
    await server.close();
  });

  async function newContext(devices: Partial<ClockCameraOptions>): Promise<BrowserContext> {
    const context = await browser.newContext();
    contexts.push(context);
    const camera = { width: 640, height: 360, fps: 15, ...devices };
    await context.addInitScript({ content: clockCameraScript(camera) });
    await context.addInitScript({ content: KEEP_CONNECTIONS });
    await context.addInitScript({ content: KEEP_PLAYERS });
    return context;
  }

  async function enter(context: BrowserContext, guestToken: string | null): Promise<Page> {
    const page = await context.newPage();
    await page.goto(server.url);
    await page.evaluate((token) => window.enter(token), guestToken);
    return page;
  }

  return {
    get server() {
      return server;
    },
    get livekit() {
      return livekit;
    },
    async host({ context, devices = {} } = {}) {
      return enter(context ?? (await newContext({ colour: HOST_COLOUR, ...devices })), null);
    },
    async guest(token, devices = {}) {
      return enter(await newContext({ colour: GUEST_COLOUR, ...devices }), token);
    },
  };
}
