import { type Box, type SourceId, sourceIdSchema } from '@streamus/studio';
import { expect, test } from 'vitest';
import { RUNGS } from './ladder.ts';
import { pictureWishes } from './picture-wishes.ts';

const sourceNo = (n: number): SourceId =>
  sourceIdSchema.parse(`camera:00000000-0000-4000-8000-00000000000${n}`);
const NO_CROP = { left: 0, top: 0, right: 0, bottom: 0 };

const boxNo = (n: number, change: Partial<Box>): Box => ({
  source: sourceNo(n),
  ...{ x: 0, y: 0, width: 480, height: 270, z: n },
  ...{ fit: 'cover', crop: NO_CROP, radius: 0, border: null, nameTag: null },
  ...change,
});

const wish = (box: Box) => pictureWishes([box], null, 'full').get(box.source);

test('a lying picture is asked for by the height that fills its box', () => {
  expect(wish(boxNo(1, {}))?.height).toBe(270);
  expect(wish(boxNo(1, { width: 1280, height: 240 }))?.height, 'a wide slit needs its width').toBe(720);
  expect(wish(boxNo(1, { width: 300, height: 600 }))?.height, 'a tall one its height').toBe(600);
});

test('a standing picture is asked for by its height too, in the width, where the room looks for it', () => {
  expect(wish(boxNo(1, { width: 405, height: 720 }))?.width).toBe(720);
  expect(wish(boxNo(1, { width: 480, height: 270 }))?.width).toBe(Math.ceil((480 * 16) / 9));
});

test('a picture that is shown whole needs no more than the side that touches its box', () => {
  expect(wish(boxNo(1, { fit: 'contain', width: 320, height: 720 }))?.height).toBe(180);
  expect(wish(boxNo(1, { fit: 'contain', width: 1280, height: 180 }))?.height).toBe(180);
});

test('what a crop leaves must fill the box, so the whole is larger', () => {
  const crop = { ...NO_CROP, top: 2500, bottom: 2500, left: 2500, right: 2500 };
  expect(wish(boxNo(1, { crop }))?.height).toBe(540);
});

test('from the first rung down, pictures are asked for at half the size', () => {
  for (const rung of RUNGS.slice(1)) {
    expect(pictureWishes([boxNo(1, {})], null, rung).get(sourceNo(1))?.height).toBe(135);
  }
});

test('fewer frames come of those off focus: neither the large box nor whoever speaks', () => {
  const boxes = [boxNo(1, { width: 960, height: 540 }), boxNo(2, {}), boxNo(3, {})];
  const fpsOf = (rung: (typeof RUNGS)[number]) =>
    [...pictureWishes(boxes, sourceNo(3), rung).values()].map(({ fps }) => fps);
  expect(fpsOf('small-pictures')).toEqual([null, null, null]);
  expect(fpsOf('few-frames')).toEqual([null, 15, null]);
  expect(fpsOf('low-rate')).toEqual([null, 10, null]);
});

test('among equals nobody is the focus but whoever speaks', () => {
  const boxes = [boxNo(1, {}), boxNo(2, {})];
  const wishes = pictureWishes(boxes, sourceNo(2), 'few-frames');
  expect([...wishes.values()].map(({ fps }) => fps)).toEqual([15, null]);
});
