import type { Browser, Page } from '@playwright/test';
import { personIdSchema, type SourceId, sourceId } from '@streamus/studio';
import { enterAsPlainGuest, type PlainGuest } from '@streamus/testkit/plain-guest';
import { expectClean } from '../support/accessibility.ts';
import { pngOf } from '../support/images.ts';
import { studioDocument } from '../support/judge-show.ts';
import { cardOf, command, copyGuestLink, type Host, hostInStudio, productUrl } from '../support/people.ts';
import { programmePicture, shareOf } from '../support/programme.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const GREEN = '#123a2f';

const scenes = (page: Page) => page.getByRole('region', { name: 'Scenes' });
const sheet = (page: Page, name: string) => page.getByRole('dialog', { name: `Scene “${name}”` });
/** How much of the programme has this colour. */
const share = (page: Page, colour: string) => async () =>
  shareOf(await programmePicture(page), colour, WHOLE);
const staged = (page: Page) =>
  page.getByRole('region', { name: 'People and sources' }).getByRole('button', { name: /^Move backstage/ });

/** A host with a second scene, Break, that is not in edit. */
async function hostWithBreak(browser: Browser): Promise<Host> {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  await page.keyboard.press('n');
  await page.getByLabel('Name of the scene').fill('Break');
  await page.keyboard.press('Enter');
  await expect(scenes(page).getByText('Break', { exact: true })).toBeVisible();
  return host;
}

test('a scene’s own people by keyboard: who, in which order, said, and taken back', async ({ browser }) => {
  const host = await hostWithBreak(browser);
  const { page, username } = host;
  let guest: PlainGuest | null = null;
  try {
    guest = await enterAsPlainGuest(productUrl(), await copyGuestLink(host), 'Gina');
    await cardOf(page, 'Gina').getByRole('button', { name: 'Put on stage: Gina' }).click();
    await expect(staged(page)).toHaveCount(2);
    await page.keyboard.press('Shift+2');
    await expect(page.getByText('Scene on air: Break.')).toBeAttached();

    await page.keyboard.press('e');
    const dialog = sheet(page, 'Break');
    await expect(dialog.getByText('what you change is there at once')).toBeVisible();
    const own = dialog.getByRole('switch', { name: 'Own people' });
    await expect(own).not.toBeChecked();
    await own.press('Space');
    await expect(dialog.getByText('Scene “Break” has own people now.')).toBeVisible();
    const rows = dialog.getByRole('list', { name: 'Who is in this scene' }).getByRole('switch');
    await expect(rows.first()).toHaveAccessibleName(username);

    await dialog.getByRole('switch', { name: 'Gina' }).press('Alt+ArrowUp');
    await expect(dialog.getByText('Gina is number 1 of 2 in scene “Break” now.')).toBeVisible();
    await expect(dialog.getByRole('switch', { name: 'Gina' })).toBeFocused();
    const place = (source: SourceId) => async () => (await studioDocument(host)).onAir.stage.indexOf(source);
    const gina = sourceId('camera', personIdSchema.parse(guest.person));
    await expect.poll(place(gina)).toBe(0);

    await dialog.getByRole('switch', { name: username }).press('Space');
    await expect(dialog.getByText(`${username} is not in scene “Break” any more.`)).toBeVisible();
    await expect(page.getByText(`${username} is backstage.`), 'and it is announced').toBeAttached();
    await expect(rows.nth(1), 'a row stays where it is').toHaveAccessibleName(username);
    await expectClean(page, 'scene sheet, own people');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(staged(page)).toHaveAccessibleName('Move backstage: Gina');
    await expect(page.getByRole('button', { name: '“Break” has own people' })).toBeVisible();
    // Gina’s initials stand on a disc of nearly this colour.
    await expect.poll(share(page, HOST.colour), 'the host is not seen').toBeLessThan(0.1);

    await page.keyboard.press('Shift+1');
    await expect(staged(page), 'the other scene has everyone').toHaveCount(2);
    await expect(page.getByRole('button', { name: '“Break” has own people' })).toHaveCount(0);
    await page.keyboard.press('Shift+2');
    await expect(staged(page)).toHaveCount(1);
    await page.keyboard.press('Control+z');
    await expect(page.getByText('Undone: people of scene “Break”.')).toBeVisible();
    await expect(staged(page)).toHaveCount(2);

    await page.keyboard.press('e');
    await own.press('Space');
    await expect(dialog.getByText('Scene “Break” has everyone on stage now.')).toBeVisible();
    await expect(rows).toHaveCount(0);
  } finally {
    await guest?.leave();
  }
});

test('a break without people on a background of its own; in preview mode unseen until Take', async ({
  browser,
}) => {
  const { page, username } = await hostWithBreak(browser);
  await page.keyboard.press('p');
  await scenes(page).getByRole('button', { name: 'More for scene Break' }).click();
  await page.getByRole('menuitem', { name: 'People and background …' }).click();
  const dialog = sheet(page, 'Break');
  await expect(dialog.getByText('nobody sees what you change')).toBeVisible();
  await dialog.getByRole('switch', { name: 'Own people' }).click();
  await dialog.getByRole('switch', { name: username }).click();
  await expect(dialog.getByText('Nobody is in this scene')).toBeVisible();
  await dialog.getByRole('switch', { name: 'Own background' }).click();
  await expect(dialog.getByText('Scene “Break” has its own background now.')).toBeVisible();
  await dialog.getByRole('button', { name: `Background ${GREEN}` }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(scenes(page).getByRole('img', { name: 'Own people' })).toBeVisible();
  await expect(scenes(page).getByRole('img', { name: 'Own background' })).toBeVisible();
  await page.keyboard.press('Shift+2');
  await expect(page.getByRole('img', { name: 'Preview of Break' })).toBeVisible();
  expect(await share(page, GREEN)(), 'the air stays as it is').toBeLessThan(0.1);
  await page.keyboard.press('Enter');
  await expect.poll(share(page, GREEN)).toBeGreaterThan(0.99);

  await page.keyboard.press('e');
  await expect(dialog.getByText('goes to air with the next Take')).toBeVisible();
  const image = { name: 'sunset.png', mimeType: 'image/png', buffer: await pngOf(page, '#e07a1f', 320, 180) };
  await dialog.getByLabel('Upload image').setInputFiles(image);
  await expect(dialog.getByRole('button', { name: 'Use sunset.png' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expectClean(page, 'scene sheet, own background');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect.poll(share(page, '#e07a1f')).toBeGreaterThan(0.99);
  await page.keyboard.press('p');
  await page.keyboard.press('Shift+1');
  await expect.poll(share(page, HOST.colour), 'the other scene has its people').toBeGreaterThan(0.5);

  await page.keyboard.press('Shift+2');
  await page.keyboard.press('e');
  await dialog.getByRole('button', { name: 'Delete sunset.png' }).click();
  await expect(dialog.getByRole('switch', { name: 'Own background' })).not.toBeChecked();
});

test('a full scene and a deleted one say so', async ({ browser }) => {
  const host = await hostWithBreak(browser);
  const { page, username } = host;
  const guests: PlainGuest[] = [];
  try {
    const link = await copyGuestLink(host);
    for (let n = 1; n <= 10; n += 1) {
      guests.push(await enterAsPlainGuest(productUrl(), link, `Guest ${String(n).padStart(2, '0')}`));
    }
    const document = await studioDocument(host);
    const breakScene = Object.values(document.scenes).find(({ name }) => name === 'Break');
    const cast = guests.map(({ person }) => sourceId('camera', personIdSchema.parse(person)));
    await command(host, { type: 'set-cast', cast, scene: breakScene?.id });
    await scenes(page).getByRole('button', { name: 'More for scene Break' }).click();
    await page.getByRole('menuitem', { name: 'People and background …' }).click();
    const dialog = sheet(page, 'Break');
    await expect(dialog.getByText('A scene has room for 10 people.')).toBeVisible();
    await expect(dialog.getByRole('switch', { name: username })).toBeDisabled();
    await dialog.getByRole('switch', { name: 'Guest 03' }).click();
    await expect(dialog.getByRole('switch', { name: username })).toBeEnabled();
    await expectClean(page, 'scene sheet, ten people');

    if (breakScene === undefined) throw new Error('There is no scene Break.');
    await command(host, { type: 'delete-scene', scene: breakScene.id });
    await expect(page.getByRole('dialog').getByText('Somebody has deleted this scene.')).toBeVisible();
  } finally {
    for (const guest of guests) await guest.leave();
  }
});
