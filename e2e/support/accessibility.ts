import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** Where a picture of everything that is judged here goes too, to be judged by eye. */
const pictures = process.env.E2E_PICTURES;
/** The smallest desk and a common one. */
const DESKS = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const PHONE = { width: 390, height: 844 } as const;

/** A menu lies over the page as a dialog does, which axe lets be outside of its landmarks. */
const OPTIONS = {
  rules: {},
  checks: {
    region: {
      options: {
        regionMatcher: 'dialog, [role=dialog], [role=alertdialog], svg, [role=menu], [role=listbox]',
      },
    },
  },
};

/** No fault that axe finds by WCAG 2.2 AA and its own best practice. */
export async function expectClean(page: Page, where: string): Promise<void> {
  await page.evaluate(untilStill);
  const { violations } = await new AxeBuilder({ page })
    .options(OPTIONS)
    // Pass the focus on to where it belongs and never keep it.
    .exclude('[data-base-ui-focus-guard]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  if (pictures !== undefined) await keepPictures(page, join(pictures, where.replaceAll(/\W+/g, '-')));
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
  expect(found, where).toEqual([]);
}

/** Runs in the page: colours on their way from one state to the next are neither. */
async function untilStill(): Promise<void> {
  const moving = document
    .getAnimations()
    .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  await Promise.allSettled(moving.map(({ finished }) => finished));
}

async function keepPictures(page: Page, path: string): Promise<void> {
  const before = page.viewportSize();
  const phone = before !== null && before.width <= PHONE.width;
  // Whoever sits at the desk has a desk.
  const desk = (await page.getByRole('toolbar', { name: 'Layouts' }).count()) > 0;
  for (const size of phone ? [PHONE] : desk ? DESKS : [...DESKS, PHONE]) {
    await page.setViewportSize(size);
    await page.evaluate(untilStill);
    await page.screenshot({ path: `${path}-${size.width}.png` });
  }
  if (before !== null) await page.setViewportSize(before);
}
