import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {} from './compositor-page.ts';
import { type OpenPage, openPage } from './support/open-page.ts';

/** Of the 15 due in a second; the machine that tests is shared and small. */
const LEAST_FPS = 10;
const SECONDS = 4;

let open: OpenPage;

beforeAll(async () => {
  open = await openPage(join(import.meta.dirname, 'compositor-page.ts'));
  await open.page.waitForFunction(() => 'compose' in window);
}, 60_000);

afterAll(async () => {
  await open?.close();
});

type Manners = Parameters<typeof window.compose>[0];
const composeFor = (seconds: number, ...manners: Manners) =>
  open.page.evaluate(([each, lasting]) => window.compose(each, lasting), [manners, seconds] as const);
const compose = (...manners: Manners) => composeFor(SECONDS, ...manners);

test('ten tracks that start together make a programme that goes on', async () => {
  const { pictures, failures, stats } = await compose(...Array<'steady'>(10).fill('steady'));
  expect(failures).toEqual([]);
  expect(pictures).toBeGreaterThan(LEAST_FPS * (SECONDS - 1));
  expect(stats?.fps).toBeGreaterThan(LEAST_FPS);
});

test.each(['ends', 'freezes', 'fast', 'changes-size'] as const)(
  'beside a track that %s, the other person goes on',
  async (manner) => {
    const { pictures, distinct, failures } = await compose('steady', manner);
    expect(failures).toEqual([]);
    expect(pictures).toBeGreaterThan(LEAST_FPS * (SECONDS - 1));
    expect(distinct).toBeGreaterThan((LEAST_FPS - 2) * (SECONDS - 1));
  },
);

test('pictures that repeat the one before are counted, not hidden', async () => {
  const { pictures, distinct, stats } = await compose('freezes');
  expect(pictures).toBeGreaterThan(LEAST_FPS * (SECONDS - 1));
  expect(distinct).toBeLessThan(pictures / 2);
  expect(stats?.repeatedFrames).toBeGreaterThan((SECONDS - 2) * (LEAST_FPS - 2));
});

test('of two cameras the one that stands still is named', async () => {
  // It freezes after a second, and is told three seconds later.
  const { stats } = await composeFor(SECONDS + 2, 'steady', 'freezes');
  expect(stats?.frozen).toHaveLength(1);
  const steady = await compose('steady', 'steady');
  expect(steady.stats?.frozen).toEqual([]);
});
