import { join } from 'node:path';
import { SOFTWARE_GL } from '@streamus/testkit/software-gl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FRAMES_EACH } from '../src/surfaces/choose-surface.ts';
import { type OpenPage, openPage } from './support/open-page.ts';
import type {} from './surfaces-page.ts';

let open: OpenPage;

beforeAll(async () => {
  open = await openPage(join(import.meta.dirname, 'surfaces-page.ts'), SOFTWARE_GL);
  await open.page.waitForFunction(() => 'paintPictures' in window);
}, 60_000);

afterAll(async () => {
  await open?.close();
});

type Arguments = Parameters<typeof window.paintPictures>;
const paint = (...args: Arguments) =>
  open.page.evaluate((given: Arguments) => window.paintPictures(...given), args);

test('the first picture comes from the canvas, all surfaces are timed by painting, and none is seen to change', async () => {
  const { wrong, kinds, facts } = await paint(4 * FRAMES_EACH, 'automatic', null);
  expect(wrong).toEqual([]);
  expect(kinds[0]).toBe('canvas');
  expect(new Set(kinds)).toEqual(new Set(['canvas', 'i420', 'webgl2']));
  expect(facts).toMatchObject({ measuring: false, failures: [], on: kinds.at(-1) });
  expect(facts?.measured.map(({ kind }) => kind).sort()).toEqual(['canvas', 'i420', 'webgl2']);
});

test('a lost graphics context costs no picture: the next surface paints the one that was due', async () => {
  const { wrong, kinds, facts } = await paint(20, 'webgl2', { kind: 'webgl2', what: 'lose-context', at: 8 });
  expect(wrong).toEqual([]);
  expect(kinds).toContain('webgl2');
  expect(kinds.at(-1)).not.toBe('webgl2');
  expect(facts).toMatchObject({ wanted: 'webgl2', failures: [{ kind: 'webgl2', code: 'context-lost' }] });
});

test.each([
  ['cannot be opened', 'open', 1, 'unavailable'],
  ['throws while it paints', 'paint', 5, 'paint-failed'],
  ['never comes to an end', 'hang', 5, 'paint-failed'],
  ['gives no picture', 'snapshot', 6, 'paint-failed'],
] as const)('a surface that %s is replaced at once, with the reason', async (_, what, at, code) => {
  const { wrong, kinds, facts } = await paint(20, 'i420', { kind: 'i420', what, at });
  expect(wrong).toEqual([]);
  expect(kinds.at(-1)).not.toBe('i420');
  expect(facts?.failures.map((failure) => [failure.kind, failure.code])).toEqual([['i420', code]]);
});

test.each([
  ['open', 1, 0],
  ['paint', 5, 1],
] as const)(
  'half a minute later a surface that failed once (%s) may paint again, unless it could not be opened',
  async (what, at, returns) => {
    const { wrong, kinds, facts } = await paint(60, 'i420', { kind: 'i420', what, at }, 1_000);
    expect(wrong).toEqual([]);
    const failedAt = kinds.lastIndexOf('i420', 20);
    expect(kinds.slice(failedAt + 1, failedAt + 30)).not.toContain('i420');
    expect(kinds.slice(failedAt + 30).includes('i420')).toBe(returns === 1);
    expect(facts?.failures).toHaveLength(1 - returns);
  },
);

test.each(['canvas', 'automatic'] as const)(
  'a canvas whose picture never comes does not stop the programme (wanted: %s)',
  async (wanted) => {
    const { wrong, kinds, facts } = await paint(4 * FRAMES_EACH, wanted, {
      kind: 'canvas',
      what: 'hang',
      at: 3,
    });
    expect(wrong).toEqual([]);
    expect(kinds.at(-1)).not.toBe('canvas');
    expect(facts).toMatchObject({ measuring: false, failures: [{ kind: 'canvas', code: 'paint-failed' }] });
  },
);

test('a surface that fails in its trial does not end the trial', async () => {
  const { wrong, facts } = await paint(4 * FRAMES_EACH, 'automatic', { kind: 'i420', what: 'paint', at: 4 });
  expect(wrong).toEqual([]);
  expect(facts).toMatchObject({ measuring: false, failures: [{ kind: 'i420' }] });
  expect(facts?.measured.map(({ kind }) => kind).sort()).toEqual(['canvas', 'webgl2']);
});

test.each(['canvas', 'i420', 'webgl2'] as const)(
  'the end of a text that is wider than any canvas or texture is seen on %s',
  async (kind) => {
    expect(await open.page.evaluate((given) => window.endOfTicker(given), kind)).toBeGreaterThan(0.1);
  },
);

test.each(['canvas', 'i420', 'webgl2'] as const)(
  'pictures of %s tell the encoder what those of the others do: a change of surface changes no parameter set',
  async (kind) => {
    const tags = await open.page.evaluate((given) => window.tagsOf(given), kind);
    const colours = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
    expect(tags).toEqual({ format: 'I420', colours });
  },
);
