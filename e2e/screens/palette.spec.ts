import type { Page } from '@playwright/test';
import { DEFAULT_BRAND, overlayIdSchema } from '@streamus/studio';
import { expectClean } from '../support/accessibility.ts';
import { cardOf, command, type Host, hostInStudio } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOST = { colour: '#2f6fb2' };
const banner = overlayIdSchema.parse('00000000-0000-4000-8000-0000000000a1');
const countdown = overlayIdSchema.parse('00000000-0000-4000-8000-0000000000a2');

/** Types what one wants into the palette and takes the first that is found. */
async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
}

/** What came over REST is there. */
async function untilListed(page: Page, overlay: string): Promise<void> {
  await page.getByRole('tab', { name: 'Overlays' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: overlay })).toBeVisible();
}

/** A kit with the look a studio begins with. */
async function saveLook({ page, studioId }: Host, name: string): Promise<void> {
  const { kit: _, ...brand } = DEFAULT_BRAND;
  const data = { name, content: { brand, overlays: [], layouts: [] } };
  const saved = await page.request.post(`/api/v1/studios/${studioId}/brand-kits`, { data });
  expect(saved.ok(), await saved.text()).toBe(true);
}

test('people, overlays and the look by palette, each change announced', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const { page, username } = host;
  await command(host, {
    type: 'add-overlay',
    overlay: { id: banner, kind: 'banner', text: 'Tonight', style: 'solid' },
  });
  const end = { kind: 'duration', durationMs: 60_000, startedAt: null } as const;
  await command(host, {
    type: 'add-overlay',
    overlay: { id: countdown, kind: 'countdown', title: 'We begin', end, atZero: 'stay' },
  });
  await untilListed(page, 'We begin');
  const announced = (words: string) => expect(page.getByText(words, { exact: true })).toBeAttached();

  await find(page, 'backstage');
  await announced(`${username} is backstage.`);
  await find(page, 'put on stage');
  await announced(`${username} is on stage.`);
  await find(page, 'spotlight on');
  await announced(`${username} has the spotlight.`);
  await find(page, 'banner show');
  await announced('Banner on air: Tonight.');
  await find(page, 'countdown show');
  await announced('Countdown on air: We begin.');
  await find(page, 'countdown start');
  await announced('Countdown runs: We begin.');
  await find(page, 'name tags off');
  await announced('Name tags off air.');
  await find(page, 'theme bold');
  await announced('Theme: Bold.');
  await find(page, 'font oswald');
  await announced('Font: Oswald.');
  await saveLook(host, 'Club evening');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('use kit');
  // Kits are read while one types.
  await expect(page.getByRole('option', { name: 'Use kit Club evening' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expectClean(page, 'palette, a kit found');
  await page.keyboard.press('Enter');
  await announced('Theme: Plain. Font: As the computer has it. Name tags on air.');
  await expect(page.getByText(/^Colours, font, theme, name tags, logo and background/)).toBeVisible();
  await find(page, 'transition wipe');
  await expect(page.getByRole('button', { name: /^Transition: Wipe/ })).toBeVisible();
  await find(page, 'shape upright');
  await expect(page.getByRole('button', { name: 'Shape of the programme: 9:16' })).toBeVisible();
  await find(page, 'safe areas');
  await expect(page.getByRole('img', { name: /^Safe areas/ })).toBeVisible();
  await find(page, 'panel brand');
  await expect(page.getByRole('tab', { name: 'Brand' })).toBeFocused();
  await find(page, `rename ${username}`);
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Hanna');
  await page.keyboard.press('Enter');
  await expect(cardOf(page, 'Hanna')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('end stream');
  const option = page.getByRole('option', { name: /^End stream/ });
  await expect(option.getByText('Nothing is on air.'), 'why not now').toBeVisible();
  await expect(option).toHaveAttribute('aria-disabled', 'true');
});

test('keys pressed while the palette fades away are taken, and it opens anew with the focus', async ({
  browser,
}) => {
  const { page } = await hostInStudio(browser, HOST);
  const field = page.getByRole('combobox', { name: 'What do you want to do?' });
  await page.keyboard.press('Control+k');
  for (const words of ['safe areas', 'panel brand', 'safe areas']) {
    await expect(field).toBeFocused();
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+k');
  }
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
});

test('keys of places are bound; those of what has the focus are listed and stay', async ({ browser }) => {
  const host = await hostInStudio(browser, HOST);
  const { page } = host;
  await command(host, {
    type: 'add-overlay',
    overlay: { id: banner, kind: 'banner', text: 'Tonight', style: 'solid' },
  });
  await untilListed(page, 'Tonight');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys.getByRole('heading', { name: 'Always the same, for what has the focus' })).toBeVisible();
  await expect(keys.getByText('Alt+←')).toBeVisible();
  const field = keys.getByRole('button', { name: /^Change the key of “Banner: show/ });
  await field.click();
  await page.keyboard.press('F2');
  await expect(keys.getByText('F2 is always for this: Rename the scene. Choose another.')).toBeVisible();
  await page.keyboard.press('x');
  await expect(field).toHaveText('X');
  await expectClean(page, 'keys, one bound');
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(page.getByText('Banner on air: Tonight.')).toBeAttached();
  await page.keyboard.press('x');
  await expect(page.getByText('Banner off air: Tonight.')).toBeAttached();
});

test('a stream is ended by the keyboard alone, and asked for twice', async ({ browser }) => {
  const { page } = await hostInStudio(browser, HOST);
  await page.keyboard.press('l');
  await page.getByRole('dialog').getByRole('button', { name: 'Go live' }).press('Enter');
  await expect(page.getByRole('button', { name: 'End stream' })).toBeVisible();
  await find(page, 'end stream');
  await expect(page.getByRole('button', { name: 'End now' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('The stream has ended.')).toBeAttached();
  await expect(page.getByRole('button', { name: 'Go live' }).first()).toBeVisible();
});
