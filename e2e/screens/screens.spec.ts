import type { Page } from '@playwright/test';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectClean } from '../support/accessibility.ts';
import { expectOutput } from '../support/go-live.ts';
import { firstPublication, untilMs } from '../support/judge-show.ts';
import {
  command,
  copyGuestLink,
  enterStudio,
  hostInStudio,
  joinAsGuest,
  newVisitor,
  PASSWORD,
  registerHost,
  SMALL_PROGRAMME,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };

test('every screen is free of accessibility faults', async ({ browser }) => {
  const context = await newVisitor(browser, HOST);
  const page = await context.newPage();
  for (const path of ['/', '/login', '/register', '/nowhere', '/join']) {
    await page.goto(path);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expectClean(page, path);
  }
  const host = await hostInStudio(browser, HOST);
  await expectClean(host.page, 'studio');
  for (const tab of ['Overlays', 'Brand', 'Health', 'People']) {
    await host.page.getByRole('tab', { name: tab }).click();
    await expectClean(host.page, `studio, ${tab}`);
  }
  const guest = await joinAsGuest(browser, await copyGuestLink(host), 'Gina', { colour: '#b2472f' });
  await expectClean(guest, 'guest');
  await host.page.getByRole('button', { name: 'Go live' }).click();
  await expect(host.page.getByRole('dialog', { name: 'Go live' })).toBeVisible();
  await expectClean(host.page, 'go live sheet');
  await host.page.goto('/dashboard');
  await expect(host.page.getByRole('heading', { name: 'Destinations' })).toBeVisible();
  await expectClean(host.page, 'dashboard');
});

test('a page one of whose scripts did not come is loaded again by itself', async ({ browser }) => {
  const page = await (await newVisitor(browser, HOST)).newPage();
  let missing: string | undefined;
  let asked = 0;
  await page.route(/_next\/static\/chunks\/.*\.js/, async (route) => {
    const url = route.request().url();
    missing ??= url;
    if (url === missing) asked += 1;
    if (url === missing && asked === 1) await route.abort();
    else await route.continue();
  });
  await page.goto('/login');
  await expect.poll(() => asked).toBe(2);
  await page.waitForLoadState('load');
  await page.getByLabel('E-mail or username').fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('wrong horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
});

test('pages carry a strict policy and no inline script without its nonce', async ({ browser }) => {
  const page = await (await newVisitor(browser, HOST)).newPage();
  const broken: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) broken.push(message.text());
  });
  for (const path of ['/', '/login', '/register', '/join']) {
    const response = await page.goto(path);
    const policy = (await response?.headerValue('content-security-policy')) ?? '';
    expect(policy).toMatch(/script-src [^;]*'nonce-/);
    expect(policy).not.toMatch(/script-src [^;]*'unsafe-inline'/);
    expect(policy).toContain("frame-ancestors 'none'");
  }
  expect(broken).toEqual([]);
});

test('a host gets from login to the end of a stream by keyboard alone', async ({ browser }) => {
  const sink = await startRtmpSink();
  try {
    const host = await registerHost(await newVisitor(browser, HOST));
    await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
    await host.context.clearCookies();
    const { page } = host;
    await page.goto('/login');
    await page.getByLabel('E-mail or username').focus();
    await page.keyboard.type(host.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/dashboard');
    await tabTo(page, 'Enter studio');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/studio/**');
    await expect(page.getByRole('button', { name: 'Enter studio' })).toBeEnabled();
    await tabTo(page, 'Enter studio');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('toolbar', { name: 'Layouts' })).toBeVisible();

    await page.keyboard.press('l');
    const sheet = page.getByRole('dialog', { name: 'Go live' });
    await expect(sheet).toBeVisible();
    await tabTo(page, 'Add RTMP server');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
    for (const text of ['Sink', sink.url, 'secret-key']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('switch', { name: 'Sink' })).toBeChecked();
    await tabTo(page, 'Go live');
    await page.keyboard.press('Enter');
    await expectOutput(page, 'Sink', 'On air');
    await expect(page.getByText('You are live.'), 'said, too').toBeAttached();
    await expect(sheet).toHaveCount(0);

    await page.keyboard.press('1');
    await expect(page.getByText('Layout: Solo.')).toBeAttached();
    await page.keyboard.press('m');
    await expect(page.getByRole('button', { name: 'Unmute microphone' }).first()).toBeVisible();
    await untilMs(sink, await firstPublication(sink), 2_000);

    await tabTo(page, 'End stream');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'End now' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('The stream has ended.')).toBeAttached();
    await expect(page.getByRole('button', { name: 'Go live' })).toBeVisible();
  } finally {
    await sink.close();
  }
});

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    });
    if (focused.trim().startsWith(name)) return;
  }
  throw new Error(`Tab never reached "${name}".`);
}

test('whoever wants less motion gets none', async ({ browser }) => {
  const context = await newVisitor(browser, HOST, { reducedMotion: 'reduce' });
  const host = await registerHost(context);
  await command(host, { type: 'set-programme', programme: SMALL_PROGRAMME });
  await enterStudio(host.page);
  await host.page.keyboard.press('l');
  await expect(host.page.getByRole('dialog', { name: 'Go live' })).toBeVisible();
  await host.page.getByRole('dialog').getByRole('button', { name: 'Go live' }).click();
  await expect(host.page.getByRole('button', { name: 'End stream' })).toBeVisible();
  // The dot of the on-air clock pulses for everybody else.
  const moving = await host.page.evaluate(() =>
    document
      .getAnimations()
      .filter((one) => one.playState === 'running' && Number(one.effect?.getComputedTiming().endTime) > 10)
      .map((one) => (one.effect instanceof KeyframeEffect ? (one.effect.target?.className ?? '') : '')),
  );
  expect(moving).toEqual([]);
});

test('what a host needs on air is visible without scrolling at 1280 × 720', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  const controls = [
    'Go live',
    'Solo',
    'Mute microphone',
    'Turn camera off',
    'Share screen',
    'Leave studio',
    'Copy guest link',
  ];
  for (const name of controls) {
    await expect(page.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
  const scrolls = await page.evaluate(() => document.documentElement.scrollHeight > window.innerHeight);
  expect(scrolls).toBe(false);
});

test('registration says next to the field what is wrong, and leads into a studio of one’s own', async ({
  browser,
}) => {
  const page = await (await newVisitor(browser, HOST)).newPage();
  await page.goto('/register');
  await page.getByLabel('E-mail').fill('nonsense');
  await page.getByLabel('Username').fill('x');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('This is not an e-mail address.')).toBeVisible();
  await expect(page.getByText('This needs at least 10 characters')).toBeVisible();
  const username = `new-${Date.now().toString(36)}`;
  await page.getByLabel('E-mail').fill(`${username}@example.org`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.waitForURL(/\/studio\/[0-9a-f-]{36}/);
  await expect(page.getByRole('heading', { name: 'Check camera and microphone' })).toBeVisible();
  await page.context().clearCookies();
  await page.goto('/login');
  await page.getByLabel('E-mail or username').fill('nobody@example.org');
  await page.getByLabel('Password', { exact: true }).fill('wrong password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This e-mail and password do not match.')).toBeVisible();
});
