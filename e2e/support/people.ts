import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { type Programme, personIdSchema, type StudioCommand } from '@streamus/studio';
import { type ClockCameraOptions, clockCameraScript } from '@streamus/testkit/clock-camera';
import type { PlainGuest } from '@streamus/testkit/plain-guest';

export const PASSWORD = 'correct horse battery';

/** Small enough for two browsers, LiveKit and FFmpeg on two cores. */
export const SMALL_PROGRAMME: Programme = { width: 640, height: 360, fps: 15, videoBitrate: 900_000 };

export function productUrl(): string {
  const url = process.env.PRODUCT_URL;
  if (url === undefined) throw new Error('The product is not running; start tests with playwright test.');
  return url;
}

let people = 0;

/** A browser of its own (context) with a clock camera in it. */
export async function newVisitor(
  browser: Browser,
  camera: Partial<ClockCameraOptions>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: productUrl(),
    viewport: { width: 1280, height: 720 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  await context.addInitScript({
    content: clockCameraScript({ width: 640, height: 360, fps: 15, ...camera }),
  });
  return context;
}

export interface Host {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly username: string;
  readonly studioId: string;
}

export interface Account extends Registered {
  readonly username: string;
}

/** Accounts made since the last `endShows`, and how to speak for them. */
const accounts: { readonly url: string; readonly cookie: string }[] = [];

/**
 * An account of its own. Each registers from an address of its own, as people do: the product counts registrations per
 * address and refuses the eleventh within a minute.
 */
export async function newAccount(): Promise<Account> {
  people += 1;
  const username = `host-${Date.now().toString(36)}-${people}`;
  const account = await register(username, `127.0.1.${people % 250}`);
  accounts.push({
    url: productUrl(),
    cookie: account.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  });
  return { username, ...account };
}

/** Ends what their tests left on air: each show takes a part of the machine from the tests that follow. */
export async function endShows(): Promise<void> {
  for (const { url, cookie } of accounts.splice(0)) {
    if (url !== productUrl()) continue;
    const call = (method: string, path: string) =>
      fetch(`${url}/api/v1${path}`, { method, headers: { cookie } });
    const answer = await call('GET', '/streams');
    // Whoever signed out, or was signed in elsewhere, has ended the show by the page.
    if (!answer.ok) continue;
    const { streams }: { streams: { id: string; status: string }[] } = await answer.json();
    for (const { id, status } of streams) if (status === 'live') await call('POST', `/streams/${id}/end`);
  }
}

/** An account of its own, signed in, at the device check of its studio. */
export async function registerHost(context: BrowserContext): Promise<Host> {
  const { username, studioId, cookies } = await newAccount();
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(`${productUrl()}/studio/${studioId}`);
  return { context, page, username, studioId };
}

interface Registered {
  readonly studioId: string;
  readonly cookies: { name: string; value: string; domain: string; path: string; httpOnly: boolean }[];
}

function register(username: string, localAddress: string): Promise<Registered> {
  const { hostname, port } = new URL(productUrl());
  const body = JSON.stringify({ username, email: `${username}@example.org`, password: PASSWORD });
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1',
      port,
      localAddress,
      method: 'POST',
      path: '/api/v1/auth/register',
      headers: { 'content-type': 'application/json', host: `${hostname}:${port}` },
    });
    call.once('error', reject);
    call.once('response', (answer) => {
      text(answer).then((words) => {
        if (answer.statusCode !== 200) {
          reject(new Error(`Registering ${username}: ${answer.statusCode} ${words}`));
          return;
        }
        const { studioId }: { studioId: string } = JSON.parse(words);
        resolve({ studioId, cookies: (answer.headers['set-cookie'] ?? []).map(cookieOf(hostname)) });
      }, reject);
    });
    call.end(body);
  });
}

/** Name, value and path of a Set-Cookie line. */
const cookieOf = (domain: string) => (line: string) => {
  const [pair = ''] = line.split(';');
  const end = pair.indexOf('=');
  return {
    name: pair.slice(0, end),
    value: pair.slice(end + 1),
    domain,
    path: /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/',
    httpOnly: /;\s*httponly/i.test(line),
  };
};

/** Runs a studio command over REST, as an automation would. */
export async function command(host: Host, body: StudioCommand): Promise<void> {
  const answer = await host.page.request.post(`${productUrl()}/api/v1/studios/${host.studioId}/commands`, {
    data: { id: crypto.randomUUID(), command: body },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** The same for somebody whose browser is not at hand. */
export async function commandBy({ studioId, cookies }: Account, body: StudioCommand): Promise<void> {
  const answer = await fetch(`${productUrl()}/api/v1/studios/${studioId}/commands`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify({ id: crypto.randomUUID(), command: body }),
  });
  expect(answer.status, await answer.text()).toBe(200);
}

/** From the device check into the studio. */
export async function enterStudio(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Enter studio' }).click();
  await expect(page.getByRole('button', { name: 'Go live' }).first()).toBeVisible();
}

/** A host inside their studio with the small programme, on stage. */
export async function hostInStudio(browser: Browser, camera: Partial<ClockCameraOptions>): Promise<Host> {
  const host = await registerHost(await newVisitor(browser, camera));
  await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
  await enterStudio(host.page);
  return host;
}

/** Copies the guest link with the button, as a host does. */
export async function copyGuestLink(host: Host): Promise<string> {
  await host.page.getByRole('button', { name: 'Copy guest link' }).click();
  await expect(host.page.getByText('Link copied')).toBeVisible();
  return host.page.evaluate(() => navigator.clipboard.readText());
}

/** The guest leaves, and gives up the place on stage that would be kept for them. */
export async function sendAway(host: Host, guest: PlainGuest): Promise<void> {
  await guest.leave();
  await removeFromStudio(host, guest);
}

export async function removeFromStudio(host: Host, { person }: PlainGuest): Promise<void> {
  await command(host, { type: 'remove-person', person: personIdSchema.parse(person) });
}

/** Opens the link in a browser of its own and enters under `name`. */
export async function joinAsGuest(
  browser: Browser,
  link: string,
  name: string,
  camera: Partial<ClockCameraOptions>,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await newVisitor(browser, camera, options);
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(page.getByText('You are not on air')).toBeVisible();
  return page;
}

/** The card of somebody in the row below the programme. */
export function cardOf(page: Page, name: string) {
  return page
    .getByRole('region', { name: 'People and sources' })
    .getByRole('listitem')
    .filter({ hasText: name });
}
