import { type AssetId, assetIdSchema } from '@streamus/studio';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createImageDrawer } from './image-drawer.ts';
import type { ImageSpec } from './sprite-spec.ts';

const assetNo = (n: number): AssetId => assetIdSchema.parse(`40000000-0000-4000-8000-00000000000${n}`);
const [ONE, TWO] = [assetNo(1), assetNo(2)];

const spec = (asset: AssetId, width: number): ImageSpec => ({
  ...{ kind: 'image', asset, from: { x: 0, y: 0, width: 400, height: 300 } },
  to: { x: 0.5, y: 0, width, height: 30 },
});

/** Names of files that are decoded now, and how often any was. */
const open: string[] = [];
let decodings = 0;

beforeEach(() => {
  vi.useFakeTimers();
  open.length = 0;
  decodings = 0;
  vi.stubGlobal('createImageBitmap', async (file: File) => {
    decodings += 1;
    open.push(file.name);
    return { close: () => open.splice(open.indexOf(file.name), 1) };
  });
  class Canvas {
    readonly width: number;
    constructor(width: number) {
      this.width = width;
    }
    getContext = () => ({ drawImage: () => undefined });
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function drawerWithTwo() {
  const drawer = createImageDrawer();
  drawer.setImage(ONE, new File([], 'one'));
  drawer.setImage(TWO, new File([], 'two'));
  return drawer;
}

const always = () => true;

test('S13: one image is decoded at a time, once for many sizes, and let go after some seconds', async () => {
  const drawer = drawerWithTwo();
  const widths = [10, 20, 30].map((width) => drawer.draw(spec(ONE, width), always));
  const other = drawer.draw(spec(TWO, 40), always);
  await vi.advanceTimersByTimeAsync(100);
  expect((await Promise.all(widths)).map((drawn) => drawn?.canvas.width)).toEqual([11, 21, 31]);
  expect((await other)?.canvas.width).toBe(41);
  expect([open, decodings]).toEqual([['two'], 2]);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(open).toEqual([]);
});

test('S13: a size that nobody wants when its turn comes is not made', async () => {
  const drawer = drawerWithTwo();
  let wanted = true;
  const drawn = drawer.draw(spec(ONE, 10), () => wanted);
  wanted = false;
  await vi.advanceTimersByTimeAsync(0);
  expect(await drawn).toBeNull();
  expect(decodings).toBe(0);
});

test('S12: an image that is dropped after its sprite was ordered is made', async () => {
  const drawer = drawerWithTwo();
  const drawn = drawer.draw(spec(ONE, 10), always);
  drawer.dropImage(ONE);
  await vi.advanceTimersByTimeAsync(1);
  expect((await drawn)?.canvas.width).toBe(11);
});

test('S12: an image that is not there any more fails, and those after it are made', async () => {
  const drawer = drawerWithTwo();
  drawer.dropImage(ONE);
  const gone = drawer.draw(spec(ONE, 10), always).catch(String);
  const next = drawer.draw(spec(TWO, 10), always);
  await vi.advanceTimersByTimeAsync(1);
  expect(await gone).toContain('not there');
  expect(await next).not.toBeNull();
});
