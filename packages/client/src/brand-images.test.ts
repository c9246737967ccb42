import { assetIdSchema } from '@streamus/studio';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBrandImages } from './brand-images.ts';

const [LOGO, BACKGROUND] = [1, 2].map((n) => assetIdSchema.parse(`40000000-0000-4000-8000-00000000000${n}`));
if (LOGO === undefined || BACKGROUND === undefined) throw new Error('two assets');

let answers: ((response: Response) => void)[] = [];
const loaded: string[] = [];
const images = () => createBrandImages({ origin: '', onImage: (asset) => loaded.push(asset) });
const isSettled = async (promise: Promise<void>) => {
  const settled = vi.fn();
  void promise.then(settled);
  await vi.advanceTimersByTimeAsync(0);
  return settled.mock.calls.length > 0;
};

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  loaded.length = 0;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => answers.push(resolve)));
  vi.stubGlobal('createImageBitmap', async () => ({ close: () => undefined }));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a still picture waits for the images it has just asked for', async () => {
  const brand = images();
  expect(await isSettled(brand.settled()), 'nothing is asked for').toBe(true);
  brand.load([LOGO, BACKGROUND]);
  const settled = brand.settled();
  answers[0]?.(new Response('image'));
  expect(await isSettled(settled)).toBe(false);
  answers[1]?.(new Response(null, { status: 404 }));
  expect(await isSettled(settled)).toBe(true);
  expect(loaded).toEqual([LOGO]);
  expect(vi.getTimerCount()).toBe(0);
});

test('an image that does not come is waited for once, two seconds', async () => {
  const brand = images();
  brand.load([LOGO]);
  const settled = brand.settled();
  await vi.advanceTimersByTimeAsync(1_999);
  expect(await isSettled(settled)).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await isSettled(settled)).toBe(true);
  expect(await isSettled(brand.settled())).toBe(true);
});
