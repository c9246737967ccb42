import type { Page } from '@playwright/test';
import { ownLayoutSchema } from '@streamus/studio';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expectClean } from '../support/accessibility.ts';
import {
  cardOf,
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
import { recordTheSlate } from '../support/record.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const GUEST = { colour: '#b2472f', beepHz: 1400 };

const part = (page: Page, name: string) => page.getByRole('region', { name });

test('a stream is planned, changed, deleted and taken back', async ({ browser }) => {
  const { page } = await registerHost(await newVisitor(browser, HOST));
  await page.goto('/dashboard');
  const streams = part(page, 'Streams');
  await streams.getByRole('button', { name: 'New stream' }).click();
  const form = page.getByRole('dialog', { name: 'New stream' });
  await form.getByRole('button', { name: 'Create stream' }).click();
  await expect(form.getByText('Give your stream a title.')).toBeVisible();
  await form.getByLabel('Title').fill('Gardens in the city');
  await form.getByRole('switch', { name: 'Schedule for later' }).click();
  await form.getByRole('button', { name: 'Create stream' }).click();
  await expect(form.getByText('Choose a date and a time.')).toBeVisible();
  await form.getByLabel('Date and time').fill('2031-05-04T19:30');
  await form.getByRole('button', { name: 'Create stream' }).click();
  await expect(streams.getByText('Scheduled')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Gardens in the city' })).toBeVisible();

  await streams.getByRole('button', { name: 'More for Gardens in the city' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit stream' });
  await expect(edit.getByLabel('Date and time')).toHaveValue('2031-05-04T19:30');
  await edit.getByLabel('Title').fill('Roofs in the city');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(streams.getByText('Roofs in the city')).toBeVisible();

  const watch = await page.getByRole('link', { name: 'Watch page' }).getAttribute('href');
  const visitor = await (await newVisitor(browser, GUEST)).newPage();
  await visitor.goto(watch ?? '');
  await expect(visitor.getByText(/^Starts .*7:30/)).toBeVisible();

  await deleteRow(page, 'Roofs in the city');
  await streams.getByRole('button', { name: 'Undo' }).click();
  await expect(streams.getByText('Scheduled')).toBeVisible();
  await deleteRow(page, 'Roofs in the city');
  // Whoever goes away has decided.
  await page.goto('/');
  await page.goto('/dashboard');
  await expect(streams.getByText('No stream planned')).toBeVisible();
});

test('a second studio is made in another shape, renamed, planned for, and uses the kit saved in the first', async ({
  browser,
}) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  const layout = { id: crypto.randomUUID(), name: 'Corner', slots: [] };
  await command(host, { type: 'save-layout', layout: ownLayoutSchema.parse(layout) });
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('button', { name: 'Bold', exact: true }).click();
  await page.getByRole('button', { name: 'Save this look', exact: true }).click();
  await page.getByLabel('Name of the kit').fill('Club evening');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Brand kits' })).toContainText('Club evening');

  await page.goto('/dashboard');
  await expect(page.getByRole('button', { name: 'New studio' })).toBeVisible();
  await expect(part(page, 'Studios'), 'one studio needs no list').toHaveCount(0);
  await page.getByRole('button', { name: 'New studio' }).click();
  const form = page.getByRole('dialog', { name: 'New studio' });
  await form.getByRole('button', { name: 'Create studio' }).click();
  await expect(form.getByText('Give your studio a name.')).toBeVisible();
  await form.getByLabel('Name').fill('Phones');
  await form.getByRole('button', { name: 'Upright 9:16' }).click();
  await expectClean(page, 'new studio');
  await form.getByRole('button', { name: 'Create studio' }).click();
  const studios = part(page, 'Studios');
  await expect(studios.getByRole('link', { name: 'Enter studio Phones' })).toBeFocused();
  await studios.getByRole('button', { name: 'More for Phones' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename studio' });
  await rename.getByLabel('Name').fill('Stories');
  await rename.getByRole('button', { name: 'Save' }).click();
  await expect(studios.getByRole('listitem').filter({ hasText: 'Stories' })).toContainText('9:16');

  const streams = part(page, 'Streams');
  await streams.getByRole('button', { name: 'New stream' }).click();
  const plan = page.getByRole('dialog', { name: 'New stream' });
  await plan.getByLabel('Title').fill('Roofs in the city');
  await plan.getByRole('combobox', { name: 'Studio' }).click();
  await page.getByRole('option', { name: 'Stories' }).click();
  await plan.getByRole('button', { name: 'Create stream' }).click();
  await expect(streams.getByRole('listitem')).toContainText('Stories');
  await expectClean(page, 'dashboard with two studios');

  await studios.getByRole('link', { name: 'Enter studio Stories' }).click();
  await enterStudio(page);
  await expect(page.getByRole('button', { name: 'Shape of the programme: 9:16' })).toBeVisible();
  await page.getByRole('button', { name: 'Own layouts' }).click();
  const others = page.getByRole('group', { name: 'From your other studios' });
  await expectClean(page, 'layouts of other studios');
  await others.getByRole('menuitem', { name: /^Corner/ }).click();
  await expect(page.getByText('Layout “Corner” is here now, too.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Corner', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Own layouts' }).click();
  await expect(page.getByRole('menuitem', { name: 'Change layout “Corner”' })).toBeVisible();
  await expect(others).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Brand' }).click();
  await page.getByRole('button', { name: 'Use Club evening' }).click();
  await expect(page.getByRole('button', { name: 'Bold', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});

test('a studio is deleted after a question that names it; whoever is inside is told, of its new name before, too', async ({
  browser,
}) => {
  const host = await registerHost(await newVisitor(browser, HOST));
  const { page } = host;
  const made = await page.request.post('/api/v1/studios', { data: { name: 'Evening' } });
  const evening: { id: string } = await made.json();
  const small = { type: 'set-programme', programme: SMALL_PROGRAMME } as const;
  await command({ ...host, studioId: evening.id }, small);
  const inside = await host.context.newPage();
  await inside.goto(`/studio/${evening.id}`);
  await enterStudio(inside);
  await expect(inside.getByText('Evening', { exact: true })).toBeVisible();
  const link = await copyGuestLink({ ...host, page: inside });
  const gina = await joinAsGuest(browser, link, 'Gina', GUEST);

  await page.goto('/dashboard');
  const studios = part(page, 'Studios');
  await studios.getByRole('button', { name: 'More for Evening' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename studio' });
  await rename.getByLabel('Name').fill('Night');
  await rename.getByRole('button', { name: 'Save' }).click();
  await expect(inside.getByText('Night', { exact: true })).toBeVisible();

  const planned = await page.request.post(`/api/v1/studios/${evening.id}/streams`, {
    data: { title: 'Stars', record: false },
  });
  const { stream }: { stream: { id: string } } = await planned.json();
  await page.reload();
  await expect(part(page, 'Streams').getByText('Stars')).toBeVisible();
  await studios.getByRole('button', { name: 'More for Night' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter');
  const question = page.getByRole('dialog', { name: 'Delete studio “Night”?' });
  await expect(question.getByRole('list', { name: 'Goes for good' })).toContainText('Its stream with');
  await expect(question.getByRole('list', { name: 'Stays' })).toContainText('All recordings');
  await expect(question.getByRole('button', { name: 'Cancel' }), 'the safe way first').toBeFocused();
  await expectClean(page, 'asked whether to delete a studio');
  await page.keyboard.press('Escape');
  await expect(studios.getByRole('button', { name: 'More for Night' })).toBeFocused();

  await page.request.post(`/api/v1/streams/${stream.id}/go-live`);
  await deleteStudio(page, 'Night');
  await expect(question.getByRole('alert')).toContainText('End the stream before you delete the studio.');
  await expectClean(page, 'a studio that is live is not deleted');
  await page.request.post(`/api/v1/streams/${stream.id}/end`);
  await question.getByRole('button', { name: 'Delete studio' }).click();

  await expect(question).toHaveCount(0);
  await expect(studios, 'one studio needs no list').toHaveCount(0);
  await expect(part(page, 'Streams').getByText('No stream planned')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '“Night” is deleted.' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'New studio' })).toBeFocused();
  for (const tab of [inside, gina]) {
    await expect(tab.getByRole('heading', { name: 'This studio has been deleted.' })).toBeVisible();
  }
  await expectClean(inside, 'studio that was deleted');
  await inside.getByRole('button', { name: 'To the dashboard' }).click();
  await expect(inside.getByRole('heading', { name: 'Your studio is ready' })).toBeVisible();
  const late = await gina.context().newPage();
  await late.goto(link);
  await expect(late.getByText('The host has withdrawn this invitation link.')).toBeVisible();
});

async function deleteStudio(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete studio' }).click();
}

test('a destination is added, tested, deleted and taken back', async ({ browser }) => {
  const sink = await startRtmpSink();
  try {
    const { page } = await registerHost(await newVisitor(browser, HOST));
    await page.goto('/dashboard');
    const destinations = part(page, 'Destinations');
    await destinations.getByRole('button', { name: 'Add destination' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name', { exact: true }).fill('Club server');
    await form.getByLabel('Server address').fill(sink.url);
    await form.getByLabel('Stream key').fill('secret-key');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await destinations.getByRole('button', { name: 'Test connection: Club server' }).click();
    await expect(destinations.getByText('Reachable')).toBeVisible();
    await deleteRow(page, 'Club server');
    await destinations.getByRole('button', { name: 'Undo' }).click();
    await expect(destinations.getByText(sink.url)).toBeVisible();
    await deleteRow(page, 'Club server');
    await page.goto('/');
    await page.goto('/dashboard');
    await expect(destinations.getByText('No destinations yet')).toBeVisible();
  } finally {
    await sink.close();
  }
});

test('a recording is played, renamed, deleted and taken back', async ({ browser }) => {
  const { page, studioId } = await registerHost(await newVisitor(browser, HOST));
  await recordTheSlate(page, studioId, 'Choir practice');
  await page.goto('/dashboard');
  const recordings = part(page, 'Recordings');
  await recordings.getByRole('link', { name: 'Play Choir practice' }).click({ timeout: 60_000 });
  const player = page.getByLabel('Recording', { exact: true });
  await expect.poll(() => player.evaluate(secondsOf)).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Title').fill('Choir concert');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Choir concert' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('Choir concert.mp4');

  await page.getByRole('link', { name: 'All recordings' }).click();
  await deleteRow(page, 'Choir concert');
  await recordings.getByRole('button', { name: 'Undo' }).click();
  await expect(recordings.getByRole('link', { name: 'Play Choir concert' })).toBeVisible();
  await deleteRow(page, 'Choir concert');
  await page.goto('/');
  await page.goto('/dashboard');
  await expect(recordings.getByText('No recordings yet')).toBeVisible();
});

const secondsOf = (element: HTMLElement) =>
  element instanceof HTMLVideoElement && element.readyState > 0 ? element.duration : 0;

async function deleteRow(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText(`“${name}” is deleted.`)).toBeVisible();
}

test('whoever wants it dark has it dark, on the next page too, before anything else is seen', async ({
  browser,
}) => {
  const context = await newVisitor(browser, HOST, { colorScheme: 'light' });
  const { page } = await registerHost(context);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto('/dashboard');
  expect(await ground()).toBe('rgb(245, 246, 248)');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  expect(await ground()).toBe('rgb(10, 12, 16)');
  await page.goto('/dashboard', { waitUntil: 'commit' });
  await page.waitForFunction(() => document.body !== null);
  expect(await ground()).toBe('rgb(10, 12, 16)');
});

test('whoever has to sign in first is brought to where they were heading', async ({ browser }) => {
  const host = await registerHost(await newVisitor(browser, HOST));
  const { page } = host;
  await host.context.clearCookies();
  await page.goto(`/studio/${host.studioId}`);
  await page.waitForURL(`**/login?next=${encodeURIComponent(`/studio/${host.studioId}`)}`);
  await page.getByLabel('E-mail or username').fill(host.username);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Check camera and microphone' })).toBeVisible();
});

test('a moderator mutes and removes a guest, whom a reload does not bring back; the moderator leaves and enters again', async ({
  browser,
}) => {
  const host = await hostInStudio(browser, HOST);
  const guestLink = await copyGuestLink(host);
  const gina = await joinAsGuest(browser, guestLink, 'Gina', GUEST);
  await host.page.getByRole('combobox', { name: 'They enter as' }).click();
  await host.page.getByRole('option', { name: 'Moderator' }).click();
  const moderator = await joinAsGuest(browser, await copyGuestLink(host), 'Zora', { colour: '#2f8f4f' });
  const menu = moderator.getByRole('button', { name: 'More for Gina' });
  await menu.click();
  await moderator.getByRole('menuitem', { name: 'Mute Gina' }).click();
  await expect(gina.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
  await menu.click();
  await moderator.getByRole('menuitem', { name: 'Remove from studio' }).click();
  await expect(gina.getByText('The host has removed you from the studio.')).toBeVisible();
  await expect(cardOf(host.page, 'Gina')).toHaveCount(0);
  await gina.reload();
  await expect(gina.getByText('The host has removed you from the studio.')).toBeVisible();

  await moderator.getByRole('button', { name: 'Leave studio' }).click();
  await expect(moderator.getByRole('heading', { name: /^You have left/ })).toBeVisible();
  await expect(cardOf(host.page, 'Zora')).toHaveCount(0);
  await moderator.getByRole('button', { name: 'Enter again' }).click();
  await moderator.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(moderator.getByText('You are not on air')).toBeVisible();
  await expect(cardOf(host.page, 'Zora')).toHaveCount(1);
});
