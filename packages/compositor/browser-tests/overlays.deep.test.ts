import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {} from './overlays-page.ts';
import { openPage } from './support/open-page.ts';

const CHANGES = 30;

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

test.for(['texts', 'images'] as const)(
  'S1: a tick in which %s change takes no longer than one in which they stand',
  async (what, { annotate }) => {
    const open = await openPage(join(import.meta.dirname, 'overlays-page.ts'));
    try {
      await open.page.waitForFunction(() => 'tickTimes' in window);
      const longer = async (where: 'here' | 'beside'): Promise<number> => {
        const { changing, still } = await open.page.evaluate(
          ([place, kind, changes]) => window.tickTimes(place, kind, changes),
          [where, what, CHANGES] as const,
        );
        const [change, usual] = [median(changing), median(still)];
        await annotate(
          `made ${where}: slowest tick ${change.toFixed(1)} ms, standing ${usual.toFixed(1)} ms`,
        );
        return change - usual;
      };
      const here = await longer('here');
      // What the painter's own turn takes for them is what the worker beside it saves.
      expect(here).toBeGreaterThan(1);
      expect(await longer('beside')).toBeLessThan(here / 2);
    } finally {
      await open.close();
    }
  },
);
