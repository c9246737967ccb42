import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWebkitPage } from './support/open-webkit-page.ts';
import type {} from './tracks-page.ts';

const LEFT = [47, 111, 178] as const;
const RIGHT = [178, 71, 47] as const;
/** Levels: a canvas, planes, a video element and a canvas again round each for themselves. */
const TOLERANCE = 4;
const SECONDS = 6;
/** Of the 15 due in a second; the machine that tests is shared and small. */
const LEAST_FPS = 10;

let page: Awaited<ReturnType<typeof openWebkitPage>>;

beforeAll(async () => {
  page = await openWebkitPage(join(import.meta.dirname, 'tracks-page.ts'));
}, 60_000);

afterAll(async () => {
  await page?.close();
});

type Arguments = Parameters<typeof window.composeTracks>;
const compose = (...args: Arguments) =>
  page.evaluate((...given: Arguments) => window.composeTracks(...given), ...args);

function expectColour(seen: readonly number[] | undefined, wanted: readonly number[]): void {
  const off = wanted.map((level, at) => Math.abs(level - (seen?.[at] ?? -255)));
  expect(Math.max(...off), `${seen} for ${wanted}`).toBeLessThanOrEqual(TOLERANCE);
}

test('where tracks go to the worker and back (WebKit), the programme moves, in the right colours, on the surface it chose', async () => {
  const { halves, pictures, distinct, size, failures, stats, facts } = await compose(
    [LEFT, RIGHT],
    'automatic',
    SECONDS,
    false,
  );
  expect(failures).toEqual([]);
  expect(size).toEqual({ width: 640, height: 360 });
  expectColour(halves[0], LEFT);
  expectColour(halves[1], RIGHT);
  expect(pictures).toBeGreaterThan(LEAST_FPS * (SECONDS - 1));
  expect(distinct).toBeGreaterThan((LEAST_FPS - 2) * (SECONDS - 1));
  expect(stats?.fps).toBeGreaterThan(LEAST_FPS);
  expect(facts?.measured.map(({ kind }) => kind).sort()).toEqual(['canvas', 'i420']);
});

test.each(['canvas', 'i420'] as const)('there, on %s, whoever leaves is seen no more', async (surface) => {
  const { halves, failures, facts } = await compose([LEFT, RIGHT], surface, 2, true);
  expect(failures).toEqual([]);
  expect(facts?.on).toBe(surface);
  for (const half of halves) expectColour(half, LEFT);
});
