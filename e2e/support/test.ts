import { test as base } from '@playwright/test';
import { endShows } from './people.ts';

export { expect } from '@playwright/test';

/** Visitors leave and shows end with their test: what is left behind would eat the next test's time. */
export const test = base.extend<{ everybodyLeaves: undefined }>({
  everybodyLeaves: [
    async ({ browser }, use) => {
      await use(undefined);
      for (const context of browser.contexts()) await context.close();
      await endShows();
    },
    { auto: true },
  ],
});
