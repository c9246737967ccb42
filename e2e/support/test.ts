import { test as base } from '@playwright/test';

export { expect } from '@playwright/test';

/** Visitors leave with their test: a composer left behind would eat the next test's time. */
export const test = base.extend<{ visitorsLeave: undefined }>({
  visitorsLeave: [
    async ({ browser }, use) => {
      await use(undefined);
      for (const context of browser.contexts()) await context.close();
    },
    { auto: true },
  ],
});
