import type { Composition } from '@streamus/studio';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { ANIMATION_MS } from './overlays/overlay-items.ts';
import { createMakerHere } from './sprites/sprite-maker.ts';
import { compositionOf, lowerThird, overlay, startPainter, ticker } from './testing/fake-painter.ts';

const letters: string[] = [];

/** Draws nothing and remembers what was written. */
class FakeCanvas {
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  getContext(): object {
    return new Proxy(this, {
      get(canvas, name) {
        if (name === 'canvas') return canvas;
        if (name === 'measureText') return (text: string) => ({ width: 10 * text.length });
        return name === 'fillText' ? (text: string) => letters.push(text) : () => undefined;
      },
      set: () => true,
    });
  }
}

vi.stubGlobal('OffscreenCanvas', FakeCanvas);
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => letters.splice(0));

function start(composition: Composition) {
  let stack = 'system-ui';
  const fonts = Promise.withResolvers<void>();
  const maker = createMakerHere({
    stack: () => stack,
    want: () => (stack === 'system-ui' ? fonts.promise : null),
  });
  const { painter, spritesAt } = startPainter(composition, maker);
  return {
    painter,
    lowerThirds: (nowMs: number) => spritesAt(nowMs, 'lower-third'),
    async fontsCome(family: string): Promise<void> {
      stack = family;
      const before = letters.length;
      fonts.resolve();
      await vi.waitFor(() => expect(letters.length).toBeGreaterThan(before));
    },
  };
}

const count = (text: string): number => letters.filter((written) => written === text).length;

test('sprites are rasterised once, however many pictures show them', async () => {
  const { painter } = start(compositionOf({ overlays: [ticker, lowerThird] }));
  for (let ms = 0; ms < 5000; ms += 40) expect(await painter.paint(ms)).toBe(true);
  expect(['News', 'Guest', 'Ada', 'A'].map(count)).toEqual([1, 1, 1, 1]);
});

test('thumbnails of other scenes are not rasterised again, though the programme changes at every frame', async () => {
  const { painter } = start(compositionOf({ overlays: [ticker] }));
  const scenes = ['One', 'Two', 'Three'].map((text, n) =>
    compositionOf({ overlays: [overlay(3 + n, { kind: 'banner', text, style: 'solid' })] }),
  );
  for (let round = 0; round < 5; round += 1) {
    for (const scene of scenes) {
      await expect(painter.picture(scene, 320, 0)).rejects.toThrow('no pictures');
      for (let frame = 0; frame < 10; frame += 1) await painter.paint(round * 1000 + frame * 40);
    }
  }
  expect(['One', 'Two', 'Three'].map(count)).toEqual([1, 1, 1]);
});

test('thumbnails of texts that are not asked for again are forgotten', async () => {
  const { painter } = start(compositionOf({}));
  const picture = (text: string) => {
    const overlays = [overlay(3, { kind: 'banner', text, style: 'solid' })];
    return painter.picture(compositionOf({ overlays }), 320, 0).catch(() => undefined);
  };
  await picture('Once');
  for (let n = 0; n < 200; n += 1) await picture(`${n}`.padEnd(90, '.'));
  await picture('Once');
  expect(count('Once')).toBe(2);
});

test('sprites of thumbnails stay while they are shown, and go some minutes after', async () => {
  const { painter } = start(compositionOf({}));
  const show = async (text: string, nowMs: number) => {
    const overlays = [overlay(3, { kind: 'banner', text, style: 'solid' })];
    await painter.picture(compositionOf({ overlays }), 320, nowMs).catch(() => undefined);
  };
  await show('Guest', 0);
  for (let ms = 0; ms < 180_000; ms += 2_500) await show('Host', ms);
  await show('Guest', 180_000);
  expect([count('Guest'), count('Host')]).toEqual([2, 1]);
});

test('S10: a picture is painted when something changed, and when the fonts of its texts came', async () => {
  const { painter, fontsCome } = start(compositionOf({ overlays: [lowerThird] }));
  expect(await painter.paint(0)).toBe(true);
  expect(await painter.paint(ANIMATION_MS)).toBe(true);
  expect(await painter.paint(10_000)).toBe(false);
  const before = count('Guest');
  await fontsCome('Caveat');
  expect(await painter.paint(10_040)).toBe(true);
  expect(count('Guest')).toBe(before + 1);
  expect(await painter.paint(10_080)).toBe(false);
});

const fade = { kind: 'fade', direction: 'left', durationMs: 1000, easing: 'linear' } as const;

test('a lower third that a transition takes away stands in the old picture and is not in the new one', async () => {
  const { painter, lowerThirds } = start(compositionOf({ overlays: [lowerThird] }));
  await painter.paint(0);
  await painter.paint(5000);
  painter.setComposition(compositionOf({ take: 1, transition: fade }), []);
  for (const ms of [0, 100, 350, 900]) {
    const seen = await lowerThirds(5000 + ms);
    expect(seen.map(({ shift }) => shift)).toEqual([-0]);
  }
  expect(await lowerThirds(6000)).toEqual([]);
});

test('a lower third of both pictures of a transition is as far in both, also when it goes meanwhile', async () => {
  const { painter, lowerThirds } = start(compositionOf({ overlays: [lowerThird] }));
  await painter.paint(0);
  await painter.paint(5000);
  const taken = { take: 1, transition: fade };
  painter.setComposition(compositionOf({ ...taken, overlays: [lowerThird] }), []);
  await painter.paint(5000);
  expect((await lowerThirds(5100)).map(({ shift }) => shift)).toEqual([-0, -0]);
  painter.setComposition(compositionOf(taken), []);
  expect((await lowerThirds(5200)).map(({ shift }) => shift)).toEqual([-0, -0]);
  const [old, fresh] = await lowerThirds(5300);
  expect(old?.shift).toBeLessThan(0);
  expect(fresh?.shift).toBe(old?.shift);
  expect(await lowerThirds(5200 + ANIMATION_MS)).toEqual([]);
});
