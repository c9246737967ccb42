import { join } from 'node:path';
import { expect, test } from 'vitest';
import type {} from './overlays-page.ts';
import { openPage } from './support/open-page.ts';

const CHANGES = 20;
/** Of the ticks from a change on, of which one or two make its sprites where they are made by the painter. */
const SLOWEST = 0.9;

const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN;

test('S1: a tick in which texts change takes no longer than one in which they stand', async ({
  annotate,
}) => {
  const open = await openPage(join(import.meta.dirname, 'overlays-page.ts'));
  try {
    await open.page.waitForFunction(() => 'tickTimes' in window);
    const extra: Record<string, number> = {};
    for (const where of ['here', 'beside'] as const) {
      const { changing, still } = await open.page.evaluate(
        ([place, changes]) => window.tickTimes(place, changes),
        [where, CHANGES] as const,
      );
      const [slow, usual] = [percentile(changing, SLOWEST), percentile(still, SLOWEST)];
      await annotate(
        `made ${where}: p90 ${slow.toFixed(1)} ms changing, ${usual.toFixed(1)} ms standing; longest ${Math.max(...changing).toFixed(1)} and ${Math.max(...still).toFixed(1)} ms`,
      );
      extra[where] = slow - usual;
    }
    expect(extra.here).toBeGreaterThan(2);
    expect(extra.beside).toBeLessThan((extra.here ?? 0) / 3);
  } finally {
    await open.close();
  }
});
