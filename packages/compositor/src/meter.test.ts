import { expect, test } from 'vitest';
import { createMeter } from './meter.ts';

test('the figures of a second: what was taken, what repeats, what was late, and the mean of the paint times', () => {
  const meter = createMeter(500);
  for (let picture = 0; picture < 30; picture += 1) meter.painted(picture < 3 ? 45 : 5, picture !== 7);
  meter.dropped();
  meter.dropped();
  expect(meter.read(1_499, 4), 'the second is not over').toBeNull();
  expect(meter.read(1_500, 4)).toEqual({
    ...{ fps: 28, lateFrames: 4, repeatedFrames: 1, droppedFrames: 2 },
    paintMs: 9,
  });
});

test('rate and paint times are those of the second, counters go on', () => {
  const meter = createMeter(0);
  meter.painted(40, false);
  meter.dropped();
  meter.read(1_000, 0);
  for (let picture = 0; picture < 20; picture += 1) meter.painted(6, true);
  expect(meter.read(3_000, 1)).toEqual({
    ...{ fps: 10, lateFrames: 1, repeatedFrames: 1, droppedFrames: 1 },
    paintMs: 6,
  });
});

test('a second without a picture took no time to paint', () => {
  expect(createMeter(0).read(1_000, 30)).toMatchObject({ fps: 0, paintMs: 0 });
});
