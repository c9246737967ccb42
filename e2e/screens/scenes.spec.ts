import type { Page } from '@playwright/test';
import { expectClean } from '../support/accessibility.ts';
import { hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };

const scenes = (page: Page) => page.getByRole('region', { name: 'Scenes' });
const scene = (page: Page, name: string) =>
  scenes(page).getByRole('listitem').filter({ hasText: name }).getByRole('button').first();
const order = async (page: Page) =>
  (await scenes(page).getByRole('listitem').allInnerTexts()).map((text) => text.split('\n').at(-1));

/** A new scene with this name, by the button or by its key. */
async function addScene(page: Page, name: string): Promise<void> {
  await page.keyboard.press('n');
  await expect(page.getByLabel('Name of the scene')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(scene(page, name)).toBeFocused();
}

test('scenes by keyboard: add, name, order, choose, delete and take back', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await addScene(page, 'Break');
  await addScene(page, 'The end');
  await expect.poll(() => order(page)).toEqual(['Scene 1', 'Break', 'The end']);

  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => order(page)).toEqual(['Scene 1', 'The end', 'Break']);
  await expect(scene(page, 'The end')).toBeFocused();
  await expect(page.getByRole('status').getByText('Scene “The end” is number 2 of 3 now.')).toBeVisible();

  await page.keyboard.press('Shift+3');
  await expect(scene(page, 'Break')).toHaveAttribute('aria-current', 'true');
  await expect(page.getByText('Scene on air: Break.')).toBeAttached();
  await expectClean(page, 'studio with scenes');

  await page.keyboard.press('Delete');
  await expect.poll(() => order(page)).toEqual(['Scene 1', 'Break']);
  await page.keyboard.press('Control+z');
  await expect.poll(() => order(page)).toEqual(['Scene 1', 'The end', 'Break']);
  await expect(page.getByText('Undone: deletion of scene “The end”.')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => order(page)).toEqual(['Scene 1', 'Break']);
  await expect(page.getByText('Done again: deletion of scene “The end”.')).toBeVisible();
});

test('a scene is dragged to its place and renamed where it stands', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await addScene(page, 'Break');
  const from = await scene(page, 'Break').boundingBox();
  const to = await scene(page, 'Scene 1').boundingBox();
  if (from === null || to === null) throw new Error('A scene has no place on the screen.');
  await page.mouse.move(from.x + 40, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 10, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => order(page)).toEqual(['Break', 'Scene 1']);
  await expect(scene(page, 'Scene 1'), 'a drag chooses nothing').toHaveAttribute('aria-current', 'true');
  await scenes(page).getByRole('button', { name: 'More for scene Break' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Name of the scene').fill('Pause');
  await page.keyboard.press('Enter');
  await expect.poll(() => order(page)).toEqual(['Pause', 'Scene 1']);
});

test('preview mode: prepared beside the programme, on air with Enter, by the transition chosen', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  await addScene(page, 'Break');
  await page.keyboard.press('p');
  await expect(page.getByRole('img', { name: 'Preview of Scene 1' })).toBeVisible();
  await page.keyboard.press('Shift+2');
  await expect(page.getByRole('img', { name: 'Preview of Break' })).toBeVisible();
  await expect(page.getByText('Not on air yet')).toBeVisible();
  await page
    .getByRole('button', { name: /^Transition: Fade/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Wipe' }).click();
  await expectClean(page, 'preview mode, transition');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Transition: Wipe 0.3 s' }).first()).toBeVisible();
  // A click leaves the focus on what was clicked; Enter takes all the same.
  await scene(page, 'Break').click();
  await page.keyboard.press('Enter');
  await expect(page.getByText('On air as it is here')).toBeVisible();
  await expect(page.getByText('Scene on air: Break.')).toBeAttached();
  await page.getByRole('button', { name: 'Direct', exact: true }).click();
  await expect(page.getByRole('img', { name: /^Preview of/ })).toHaveCount(0);
});

test('every action is found in the palette; keys are changed, and a conflict is told', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
  await expectClean(page, 'palette');
  await page.keyboard.type('layout solo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Solo', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await keys.getByRole('button', { name: 'Change the key of “Turn camera off”: V' }).click();
  await page.keyboard.press('m');
  await expect(keys.getByText('M is the key of “Mute microphone”.')).toBeVisible();
  await keys.getByRole('button', { name: 'Use it here instead' }).click();
  await expect(
    keys.getByRole('button', { name: 'Change the key of “Mute microphone”: No key' }),
  ).toBeVisible();
  await expectClean(page, 'keys');
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('toolbar', { name: 'Layouts' })).toBeVisible();
  await page.keyboard.press('m');
  await expect(page.getByRole('toolbar').getByRole('button', { name: 'Turn camera on' })).toBeVisible();
});
