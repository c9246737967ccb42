import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { layoutBoxes, type PersonId, sourceId } from '@streamus/studio';
import { type ClockCameraOptions, clockCameraScript } from '@streamus/testkit/clock-camera';
import {
  colourDistance,
  type Picture,
  parseColour,
  pictureBox,
  readClock,
} from '@streamus/testkit/clock-pattern';
import { type LivekitServer, startLivekitServer } from '@streamus/testkit/livekit-server';
import { type StudioServer, startStudioServer } from '@streamus/testkit/studio-server';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StudioView } from '../src/session.ts';

/** Small enough for two browsers and a room server on two cores. */
const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };
const HOST_COLOUR = '#2f6fb2';
const GUEST_COLOUR = '#b2472f';

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

/** Opens the page in a browser context of its own and enters the studio. */
async function enter(
  guestToken: string | null,
  colour: string,
  context?: BrowserContext,
  devices: Partial<ClockCameraOptions> = {},
): Promise<Page> {
  const own = context ?? (await browser.newContext());
  if (context === undefined) {
    contexts.push(own);
    await own.addInitScript({
      content: clockCameraScript({ colour, width: 640, height: 360, fps: 15, ...devices }),
    });
    await own.addInitScript({ content: KEEP_CONNECTIONS });
  }
  const page = await own.newPage();
  await page.goto(server.url);
  await page.evaluate((token) => window.enter(token), guestToken);
  return page;
}

/** Statistics are read from the page's own connections. */
const KEEP_CONNECTIONS = `window.connections = []; const Original = RTCPeerConnection;
window.RTCPeerConnection = class extends Original { constructor(...a) { super(...a); window.connections.push(this); } };`;

function view(page: Page): Promise<StudioView> {
  return page.evaluate(() => window.session.store.getState());
}

async function until<T>(
  what: string,
  read: () => Promise<T>,
  holds: (value: T) => boolean,
  withinMs = 25_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  let value = await read();
  while (!holds(value)) {
    if (Date.now() > deadline)
      throw new Error(`never: ${what}; last ${JSON.stringify(value)?.slice(0, 1500)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    value = await read();
  }
  return value;
}

const composing = (page: Page) =>
  until(
    'composes here',
    () => view(page),
    ({ composer }) => composer.kind === 'here' && composer.fps > 8,
  );

async function onStage(page: Page, person: PersonId): Promise<void> {
  const outcome = await page.evaluate(
    (source) => window.session.command({ type: 'put-on-stage', source }),
    sourceId('camera', person),
  );
  expect(outcome).toEqual({ ok: true });
}

interface Seen {
  readonly width: number;
  readonly height: number;
  readonly people: readonly {
    readonly counter: number | null;
    readonly colour: { r: number; g: number; b: number };
  }[];
}

/** The programme as a page shows it now. */
async function picture(page: Page): Promise<Picture> {
  const { width, height, base64 } = await page.evaluate(() => window.grab());
  const rgba = Buffer.from(base64, 'base64');
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    data.set(rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3);
  }
  return { data, width, height, channels: 3 };
}

/** Reads every person's clock from the programme a page shows, in stage order. */
async function readProgramme(page: Page, people: readonly PersonId[]): Promise<Seen> {
  const { document } = await view(page);
  const seen = await picture(page);
  const { width, height } = seen;
  const sources = new Map(
    people.map((person) => [
      sourceId('camera', person),
      { present: true as const, hasVideo: true, aspect: 16 / 9 },
    ]),
  );
  const boxes = document === null ? [] : layoutBoxes({ document, sources });
  return {
    width,
    height,
    people: boxes.map((box) => readClock(seen, pictureBox(box, 16 / 9, box.fit))),
  };
}

function shows(seen: Seen, colours: readonly string[]): boolean {
  return (
    seen.people.length === colours.length &&
    seen.people.every(
      ({ counter, colour }, index) =>
        counter !== null && colourDistance(colour, parseColour(colours[index] ?? '#000000')) < 60,
    )
  );
}

describe('a studio session in Chromium with a real room', () => {
  test('composes, publishes H.264 of one size, and a guest sees both people advance', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    await onStage(host, server.host);
    await until(
      'host alone',
      () => readProgramme(host, [server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );

    const guest = await enter('ann', GUEST_COLOUR);
    const ann = server.guest('ann');
    await onStage(host, ann);
    const people = [server.host, ann];
    const both = (seen: Seen) => shows(seen, [HOST_COLOUR, GUEST_COLOUR]);
    const first = await until('both seen by the guest', () => readProgramme(guest, people), both);
    expect(first).toMatchObject({ width: PROGRAMME.width, height: PROGRAMME.height });
    await until(
      'both advance',
      () => readProgramme(guest, people),
      (seen) =>
        both(seen) &&
        seen.people.every(({ counter }, index) => (counter ?? 0) > (first.people[index]?.counter ?? 0) + 10),
    );
    const sent = await sentVideo(host, PROGRAMME.width);
    expect(sent.map(({ codec }) => codec)).toContain('video/H264');
    expect((await view(host)).people.every(({ connected, cameraOn }) => connected && cameraOn)).toBe(true);
  }, 90_000);

  test('a muted guest shows as muted and unmutes by themselves', async () => {
    const host = await enter(null, HOST_COLOUR);
    const guest = await enter('ann', GUEST_COLOUR);
    const ann = server.guest('ann');
    const microphoneOf = (page: Page) =>
      view(page).then(({ people }) => people.find(({ id }) => id === ann)?.microphoneOn);
    await until(
      'sound on',
      () => microphoneOf(host),
      (on) => on === true,
    );
    await host.evaluate((person) => window.session.command({ type: 'mute-person', person }), ann);
    await until(
      'muted for all',
      () => microphoneOf(host),
      (on) => on === false,
    );
    await until(
      'muted for oneself',
      () => view(guest),
      ({ microphone }) => !microphone.on,
    );
    await guest.evaluate(() => window.session.setMicrophone(true));
    await until(
      'unmuted',
      () => microphoneOf(host),
      (on) => on === true,
    );
  }, 90_000);

  test('the programme carries the sound of people on stage only', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    await host.evaluate(() => window.session.setMicrophone(false));
    await enter('ann', GUEST_COLOUR);
    const ann = server.guest('ann');
    await until(
      'the guest is heard by the host',
      () => view(host),
      ({ people }) => people.some(({ id, microphoneOn }) => id === ann && microphoneOn),
    );
    const loudest = () => loudestSent(host, 1500);
    expect(await loudest()).toBeLessThan(0.01);
    await onStage(host, ann);
    await until('sound of the guest', loudest, (level) => level > 0.1);
    const source = sourceId('camera', ann);
    await host.evaluate((given) => window.session.command({ type: 'put-backstage', source: given }), source);
    await until('silence again', loudest, (level) => level < 0.01);
  }, 90_000);

  test('a shared screen is a source of its own and leaves with its track', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    const guest = await enter('ann', GUEST_COLOUR);
    const ann = server.guest('ann');
    await guest.evaluate(() => window.session.startScreen());
    expect((await view(guest)).screen).toEqual({ on: true, audio: true, problem: null });
    await until(
      'screen offered',
      () => view(host),
      ({ people }) => people.some(({ id, screenOn }) => id === ann && screenOn),
    );
    const screen = sourceId('screen', ann);
    await host.evaluate((source) => window.session.command({ type: 'put-on-stage', source }), screen);
    const whole = { x: 0, y: 0, width: PROGRAMME.width, height: PROGRAMME.height };
    const colour = async () => readClock(await picture(host), whole).colour;
    const alike = (seen: { r: number; g: number; b: number }) =>
      colourDistance(seen, parseColour('#6a6a2f')) < 60;
    await until('screen composed', colour, alike);
    await guest.evaluate(() => window.clockCamera.unplug('screen'));
    await until('screen gone', colour, (seen) => !alike(seen));
    expect((await view(guest)).screen.on).toBe(false);
  }, 90_000);

  test('devices that are denied or busy are told apart and keep nobody out', async () => {
    const host = await enter(null, HOST_COLOUR, undefined, { camera: 'denied', microphone: 'busy' });
    const { camera, microphone } = await until(
      'both tried',
      () => view(host),
      ({ camera, microphone }) => camera.problem !== null && microphone.problem !== null,
    );
    expect(camera).toMatchObject({ on: false, starting: false, problem: 'denied' });
    expect(microphone).toMatchObject({ on: false, problem: 'busy' });
    await host.evaluate(() => window.clockCamera.setState('camera', 'works'));
    await host.evaluate(() => window.session.setCamera(true));
    expect((await view(host)).camera).toMatchObject({ on: true, problem: null });
  }, 60_000);

  test('a programme of another size is published anew', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    await onStage(host, server.host);
    const guest = await enter('ann', GUEST_COLOUR);
    const people = [server.host];
    const seenBy = (seen: Seen) => shows(seen, [HOST_COLOUR]);
    await until('programme', () => readProgramme(guest, people), seenBy);
    const programme = { width: 480, height: 270, fps: 10, videoBitrate: 500_000 };
    await host.evaluate(
      (shape) => window.session.command({ type: 'set-programme', programme: shape }),
      programme,
    );
    await until(
      'the new size',
      () => readProgramme(guest, people),
      (seen) => seen.width === 480 && seen.height === 270 && seenBy(seen),
    );
  }, 90_000);

  test('a room server that dies and returns gets everything back', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    const guest = await enter('ann', GUEST_COLOUR);
    const ann = server.guest('ann');
    await onStage(host, server.host);
    await onStage(host, ann);
    const people = [server.host, ann];
    const both = (seen: Seen) => shows(seen, [HOST_COLOUR, GUEST_COLOUR]);
    await until('programme', () => readProgramme(guest, people), both);
    await livekit.kill();
    await until(
      'the room is gone',
      () => view(host),
      ({ room }) => room !== 'connected',
    );
    await livekit.start();
    const mark = (await readProgramme(host, [server.host])).people[0]?.counter ?? 0;
    await until(
      'the programme with both after the restart',
      () => readProgramme(guest, people),
      (seen) => both(seen) && (seen.people[1]?.counter ?? 0) > mark + 15,
      60_000,
    );
  }, 150_000);

  test('an unplugged camera leaves the person with an avatar and a reason', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    await onStage(host, server.host);
    await until(
      'seen',
      () => readProgramme(host, [server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
    await host.evaluate(() => window.clockCamera.unplug('camera'));
    const { camera, people } = await until(
      'reason',
      () => view(host),
      ({ camera }) => camera.problem !== null,
    );
    expect(camera).toMatchObject({ on: false, problem: 'unplugged' });
    expect(people[0]).toMatchObject({ onStage: true, cameraOn: false });
    await until(
      'avatar',
      () => readProgramme(host, [server.host]),
      (seen) => seen.people[0]?.counter === null,
    );
    await host.evaluate(() => window.session.setCamera(true));
    await until(
      'back',
      () => readProgramme(host, [server.host]),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
  }, 90_000);

  test('a second tab says who composes, takes over, and the first one gives way', async () => {
    const first = await enter(null, HOST_COLOUR);
    await composing(first);
    const guest = await enter('ann', GUEST_COLOUR);
    await onStage(first, server.guest('ann'));
    const people = [server.guest('ann')];
    await until(
      'programme',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [GUEST_COLOUR]),
    );
    const second = await enter(null, HOST_COLOUR, first.context());
    await until(
      'elsewhere',
      () => view(second),
      ({ composer }) => composer.kind === 'elsewhere',
    );
    expect((await view(second)).composer).toEqual({ kind: 'elsewhere', holder: 'The Host' });
    expect(await second.evaluate(() => window.session.takeOver())).toEqual({ ok: true });
    await composing(second);
    await until(
      'gave way',
      () => view(first),
      ({ composer }) => composer.kind === 'elsewhere',
    );
    expect(server.epoch).toBe(2);
    const before = await readProgramme(guest, people);
    await until(
      'programme goes on',
      () => readProgramme(guest, people),
      (seen) =>
        shows(seen, [GUEST_COLOUR]) && (seen.people[0]?.counter ?? 0) > (before.people[0]?.counter ?? 0) + 30,
    );
  }, 90_000);

  test('a lost backend leaves the programme alone; a reload brings it back', async () => {
    const host = await enter(null, HOST_COLOUR);
    await composing(host);
    await onStage(host, server.host);
    const guest = await enter('ann', GUEST_COLOUR);
    const people = [server.host];
    await until(
      'programme',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [HOST_COLOUR]),
    );
    server.cutSockets();
    await until(
      'away',
      () => view(host),
      ({ connection }) => connection.kind === 'reconnecting',
    );
    await until(
      'back',
      () => view(host),
      ({ connection }) => connection.kind === 'open',
    );
    expect(await host.evaluate(() => window.session.command({ type: 'set-layout', layout: 'solo' }))).toEqual(
      { ok: true },
    );
    await composing(host);
    expect(server.epoch).toBe(1);
    await host.reload();
    await host.evaluate(() => window.enter(null));
    await composing(host);
    const mark = await readProgramme(host, people);
    await until(
      'programme after the reload',
      () => readProgramme(guest, people),
      (seen) => shows(seen, [HOST_COLOUR]) && (seen.people[0]?.counter ?? 0) > (mark.people[0]?.counter ?? 0),
    );
    expect(server.epoch).toBe(2);
  }, 120_000);
});

/** Video being sent with this width, from every connection of the page. */
async function sentVideo(page: Page, width: number): Promise<{ codec: string; frames: number }[]> {
  return page.evaluate(async (wanted) => {
    const found: { codec: string; frames: number }[] = [];
    for (const connection of window.connections) {
      const reports = new Map<string, Record<string, unknown>>();
      (await connection.getStats()).forEach((report, id) => {
        reports.set(id, report);
      });
      for (const report of reports.values()) {
        if (report.type !== 'outbound-rtp' || report.frameWidth !== wanted) continue;
        const codec = reports.get(String(report.codecId));
        found.push({ codec: String(codec?.mimeType), frames: Number(report.framesSent) });
      }
    }
    return found;
  }, width);
}

/** Highest level (0..1) of any sound the page sends, watched for a while. */
async function loudestSent(page: Page, forMs: number): Promise<number> {
  return page.evaluate(async (duration) => {
    let loudest = 0;
    const end = performance.now() + duration;
    while (performance.now() < end) {
      for (const connection of window.connections) {
        (await connection.getStats()).forEach((report) => {
          if (report.type === 'media-source' && report.kind === 'audio') {
            loudest = Math.max(loudest, Number(report.audioLevel ?? 0));
          }
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return loudest;
  }, forMs);
}
