import { enterAsPlainGuest } from '@streamus/testkit/plain-guest';
import { makeClip } from '@streamus/testkit/publisher';
import { hostWithConnections, receivedTracks } from '../support/connections.ts';
import {
  cardOf,
  copyGuestLink,
  hostInStudio,
  joinAsGuest,
  newVisitor,
  productUrl,
  registerHost,
  removeFromStudio,
} from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const GUEST = { colour: '#b2472f', beepHz: 1400 };

test.describe('guests', () => {
  test('wait backstage, come on stage, are muted, put back and removed', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const link = await copyGuestLink(host);
    const guest = await joinAsGuest(browser, link, 'Gina', GUEST);
    const card = cardOf(host.page, 'Gina');
    await expect(card.getByText('Backstage', { exact: true })).toBeVisible();

    await card.getByRole('button', { name: 'Put on stage: Gina' }).click();
    await expect(guest.getByText('You are on stage')).toBeVisible();
    await card.getByRole('button', { name: 'Mute Gina' }).click();
    await expect(guest.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
    await guest.getByRole('button', { name: 'Unmute microphone' }).click();
    await expect(card.getByRole('button', { name: 'Mute Gina' })).toBeVisible();
    await card.getByRole('button', { name: 'Move backstage: Gina' }).click();
    await expect(guest.getByText('You are not on air')).toBeVisible();

    await card.getByRole('button', { name: 'More for Gina' }).click();
    await host.page.getByRole('menuitem', { name: 'Remove from studio' }).click();
    await expect(guest.getByText('The host has removed you from the studio.')).toBeVisible();
    await expect(card).toHaveCount(0);
  });

  test('who were removed and enter the room again with what they had are neither seen nor heard', async ({
    browser,
  }) => {
    const host = await hostWithConnections(browser);
    const link = await copyGuestLink(host);
    const clip = await makeClip({ width: 320, height: 180, fps: 5, seconds: 2, kbps: 150, codec: 'vp8' });
    const before = await receivedTracks(host.page);
    const removed = await enterAsPlainGuest(productUrl(), link, 'Troll');
    await removeFromStudio(host, removed);
    await removed.publish(clip).started;

    const guest = await enterAsPlainGuest(productUrl(), link, 'Gina');
    await guest.publish(clip).started;
    await expect(cardOf(host.page, 'Gina').locator('video')).toBeVisible();
    await expect.poll(() => receivedTracks(host.page)).toBe(before + 2);
    await removed.leave();
    await guest.leave();
  });

  test('come by one link, many of them, and keep their seat over a reload', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const link = await copyGuestLink(host);
    const gina = await joinAsGuest(browser, link, 'Gina', GUEST);
    await joinAsGuest(browser, link, 'Gus', GUEST);
    await expect(cardOf(host.page, 'Gina')).toBeVisible();
    await expect(cardOf(host.page, 'Gus')).toBeVisible();
    await gina.reload();
    await expect(gina.getByText('You are not on air')).toBeVisible();
    await expect(cardOf(host.page, 'Gina')).toHaveCount(1);
  });

  test('are told when the link was revoked, forged or is not whole', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const link = await copyGuestLink(host);
    await host.page.getByRole('button', { name: 'Revoke link' }).click();
    await expect(host.page.getByText('The link admits nobody any more')).toBeVisible();
    const visitor = await newVisitor(browser, GUEST);
    const page = await visitor.newPage();
    await page.goto(link);
    await expect(page.getByText('The host has withdrawn this invitation link.')).toBeVisible();
    await page.goto(`${link.slice(0, -6)}AAAAAA`);
    await page.reload();
    await expect(page.getByText('This invitation link is not valid.')).toBeVisible();
    await page.goto('/join');
    await expect(page.getByText('This address has no invitation in it.')).toBeVisible();
  });

  test('come by the new link once the host has renewed it, and no more by the old one', async ({
    browser,
  }) => {
    const host = await hostInStudio(browser, HOST);
    const old = await copyGuestLink(host);
    await host.page.getByRole('button', { name: 'New link' }).click();
    await expect(host.page.getByText('The old one admits nobody any more.')).toBeVisible();
    const renewed = await copyGuestLink(host);
    expect(renewed).not.toBe(old);
    const visitor = await newVisitor(browser, GUEST);
    const page = await visitor.newPage();
    await page.goto(old);
    await expect(page.getByText('The host has withdrawn this invitation link.')).toBeVisible();
    await joinAsGuest(browser, renewed, 'Gina', GUEST);
    await expect(cardOf(host.page, 'Gina')).toBeVisible();
  });

  test('find out before entering that camera or microphone do not work, and enter all the same', async ({
    browser,
  }) => {
    const host = await hostInStudio(browser, HOST);
    const link = await copyGuestLink(host);
    const visitor = await newVisitor(browser, { ...GUEST, camera: 'denied', microphone: 'absent' });
    const page = await visitor.newPage();
    await page.goto(link);
    await expect(page.getByText('Your browser blocks the camera.')).toBeVisible();
    await expect(page.getByText('No microphone found.').first()).toBeVisible();
    await page.getByLabel('Your name').fill('Nora');
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await expect(page.getByText('You are not on air')).toBeVisible();
    await expect(cardOf(host.page, 'Nora')).toBeVisible();
  });

  test('are told before entering that their browser keeps them from seeing and being seen', async ({
    browser,
  }) => {
    const host = await hostInStudio(browser, HOST);
    const visitor = await newVisitor(browser, GUEST);
    await visitor.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection'));
    const page = await visitor.newPage();
    await page.goto(await copyGuestLink(host));
    await expect(page.getByText('WebRTC is switched off in this browser')).toBeVisible();
  });

  test('stay with an avatar when their camera is unplugged', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const guest = await joinAsGuest(browser, await copyGuestLink(host), 'Gina', GUEST);
    await cardOf(host.page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
    await expect(guest.getByText('You are on stage')).toBeVisible();
    await guest.evaluate(() => window.clockCamera.unplug('camera'));
    await expect(guest.getByText('Your camera was unplugged.')).toBeVisible();
    await expect(cardOf(host.page, 'Gina').locator('video')).toHaveCount(0);
    await expect(cardOf(host.page, 'Gina').getByText('On stage')).toBeVisible();
  });

  test('on a phone reach everything with a thumb', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const guest = await joinAsGuest(browser, await copyGuestLink(host), 'Gina', GUEST, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    const overflow = await guest.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const mute = await guest.getByRole('button', { name: 'Mute microphone' }).boundingBox();
    expect(mute?.y ?? 0).toBeGreaterThan(844 / 2);
    expect(Math.min(mute?.width ?? 0, mute?.height ?? 0)).toBeGreaterThanOrEqual(44);
  });
});

test.describe('the host', () => {
  test('shares the screen as a source of its own beside the camera', async ({ browser }) => {
    const { page } = await hostInStudio(browser, HOST);
    await page.getByRole('button', { name: 'Share screen' }).click();
    const screen = cardOf(page, 'screen');
    await expect(screen).toBeVisible();
    await screen.getByRole('button', { name: /^Put on stage/ }).click();
    await expect(screen.getByText('On stage')).toBeVisible();
    await page.getByRole('button', { name: 'Stop sharing screen' }).click();
    await expect(screen).toHaveCount(0);
  });

  test('in a second tab is told where the programme is composed, and takes over', async ({ browser }) => {
    const host = await hostInStudio(browser, HOST);
    const second = await host.context.newPage();
    await second.goto(`/studio/${host.studioId}`);
    await second.getByRole('button', { name: 'Enter studio' }).click();
    await expect(second.getByText('composes the programme.')).toBeVisible();
    await second.getByRole('button', { name: 'Compose here' }).click();
    await expect(second.getByText('composes the programme.')).toHaveCount(0);
    await expect(host.page.getByText('composes the programme.')).toBeVisible();
  });

  test('comes back after the network was away, also when access to the server ran out meanwhile', async ({
    browser,
  }) => {
    const host = await hostInStudio(browser, HOST);
    await host.context.setOffline(true);
    await expect(host.page.getByText('Reconnecting')).toBeVisible({ timeout: 40_000 });
    // As after a quarter of an hour in which the page asked for nothing.
    await host.context.clearCookies({ name: 'streamus_access' });
    await host.context.setOffline(false);
    await expect(host.page.getByText('Reconnecting')).toHaveCount(0, { timeout: 40_000 });
    await host.page.getByRole('button', { name: 'Solo', exact: true }).click();
    await expect(host.page.getByRole('button', { name: 'Solo', exact: true })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
  });

  test('is told in words what is wrong with a destination', async ({ browser }) => {
    const host = await registerHost(await newVisitor(browser, HOST));
    const { page } = host;
    await page.goto('/dashboard');
    await page.getByRole('button', { name: 'Add destination' }).first().click();
    const form = page.getByRole('dialog');
    const cases = [
      ['http://example.org/live', 'The address starts with rtmp:// or rtmps://.'],
      ['rtmp://no-such-host.invalid/live', 'The name of this server cannot be found.'],
      ['rtmp://127.0.0.1:9/live', 'The server refuses the connection.'],
    ] as const;
    await form.getByLabel('Name', { exact: true }).fill('Wrong');
    for (const [url, words] of cases) {
      await form.getByLabel('Server address').fill(url);
      await form.getByRole('button', { name: 'Test connection' }).click();
      await expect(form.getByText(words)).toBeVisible();
    }
  });
});
