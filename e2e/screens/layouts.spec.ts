import type { Page } from '@playwright/test';
import { expectClean } from '../support/accessibility.ts';
import { cardOf, copyGuestLink, hostInStudio, joinAsGuest } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const GUEST = { colour: '#b2472f', width: 320, height: 180, fps: 5 };

const people = (page: Page) =>
  page
    .getByRole('region', { name: 'People and sources' })
    .getByRole('listitem')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')));

test('the stage is ordered by keys and by drag, one has the spotlight, the programme another shape', async ({
  browser,
}) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  await joinAsGuest(browser, await copyGuestLink(host), 'Gina', GUEST);
  await page.getByRole('button', { name: 'Put on stage: Gina' }).click();
  await expect(page.getByRole('button', { name: 'Move backstage: Gina' })).toBeVisible();
  const before = await people(page);
  await page.getByRole('button', { name: 'Move backstage: Gina' }).focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => people(page)).toEqual([...before].reverse());
  await expect(page.getByText('Gina is number 1 of 2 on stage now.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Move backstage: Gina' })).toBeFocused();

  const card = await cardOf(page, 'Gina').boundingBox();
  if (card === null) throw new Error('The card has no place on the screen.');
  await page.mouse.move(card.x + 20, card.y + 40);
  await page.mouse.down();
  await page.mouse.move(card.x + 2 * card.width, card.y + 40, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => people(page)).toEqual(before);

  await cardOf(page, 'Gina').getByRole('button', { name: 'More for Gina' }).click();
  await page.getByRole('menuitem', { name: 'Spotlight' }).click();
  await expect(cardOf(page, 'Gina').getByLabel('In the spotlight')).toBeVisible();
  // Letters choose items as long as a menu is there.
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: 'Follow the speaker' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: 'Shape of the programme: 16:9' }).click();
  await page.getByRole('button', { name: 'Upright 9:16' }).click();
  await expect(page.getByRole('button', { name: 'Shape of the programme: 9:16' })).toBeVisible();
});

test('a layout of one’s own is drawn by keyboard, used, changed and deleted with its way back', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
  await page.keyboard.type('new layout');
  await page.keyboard.press('Enter');
  const editor = page.getByRole('dialog', { name: 'New layout' });
  await editor.getByLabel('Name of the layout').fill('Corner');
  const slot = editor.getByRole('button', { name: /^Slot 1, Person 1: \d/ });
  await expect(slot).toHaveAccessibleName(/0 % from the left, 0 % from the top, 100 % wide, 100 % high/);
  await slot.focus();
  for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('-');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(slot).toHaveAccessibleName(/6 % from the left, 5 % from the top, 90 % wide, 91 % high/);
  await page.keyboard.press('Control+z');
  await expect(slot).toHaveAccessibleName(/6 % from the left, 5 % from the top, 90 % wide, 90 % high/);
  await editor.getByRole('group', { name: 'Place, %' }).getByLabel('Left').fill('10');
  await page.keyboard.press('Enter');
  await expect(slot).toHaveAccessibleName(/10 % from the left/);
  await expectClean(page, 'layout editor');

  const box = await slot.boundingBox();
  if (box === null) throw new Error('The slot has no place on the screen.');
  await page.mouse.move(box.x + 60, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 64 - box.width / 9, box.y + 62, { steps: 5 });
  await page.mouse.up();
  await expect(slot, 'the edge catches').toHaveAccessibleName(/: 0 % from the left, 5 % from the top/);
  await editor.getByRole('button', { name: 'Save and use' }).click();
  await expect(page.getByRole('button', { name: 'Corner', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: 'Corner', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await page.getByRole('button', { name: 'Own layouts' }).click();
  await page.getByRole('menuitem', { name: 'Change layout “Corner”' }).click();
  await page.getByRole('button', { name: 'Delete layout' }).click();
  await expect(page.getByText('Layout “Corner” is deleted.')).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Corner', exact: true })).toBeVisible();
});
