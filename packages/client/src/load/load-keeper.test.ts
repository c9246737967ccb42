import { type Box, type Programme, type SourceId, sourceIdSchema } from '@streamus/studio';
import { expect, test } from 'vitest';
import type { PictureWish } from '../picture-demand.ts';
import { createLoadKeeper } from './load-keeper.ts';

const source: SourceId = sourceIdSchema.parse('camera:00000000-0000-4000-8000-000000000001');
const programme: Programme = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };
const box: Box = {
  ...{ source, x: 0, y: 0, width: 1280, height: 720, z: 0 },
  ...{ fit: 'cover', crop: { left: 0, top: 0, right: 0, bottom: 0 }, radius: 0, border: null, nameTag: null },
};
const stats = { fps: 30, repeatedFrames: 0, droppedFrames: 0, frozen: [] };

function keeper() {
  const rates: number[] = [];
  const wishes: ReadonlyMap<SourceId, PictureWish>[] = [];
  const load = createLoadKeeper({
    onRate: (fps) => rates.push(fps),
    onWishes: (next) => wishes.push(next),
  });
  load.setBoxes([box], programme);
  return { load, rates, wishes };
}

test('late frames are counted by the second, and each rung is carried out once', () => {
  const { load, rates, wishes } = keeper();
  for (let second = 1; second <= 40; second += 1) {
    load.note({ ...stats, lateFrames: 10 * second, paintMs: 5 }, second * 1000);
  }
  expect(load.view).toEqual({ rung: 'low-rate', reason: 'late' });
  expect(rates).toEqual([30, 24, 18]);
  expect(wishes.map((wish) => wish.get(source)?.height)).toEqual([720, 360]);
});

test('many late frames long ago are no load now', () => {
  const { load, rates } = keeper();
  for (let second = 1; second <= 40; second += 1) {
    load.note({ ...stats, lateFrames: 5000, paintMs: 5 }, second * 1000);
  }
  expect(load.view.rung).toBe('full');
  expect(rates).toEqual([30]);
});

test('an encoder that leaves pictures out is a load too', () => {
  const { load } = keeper();
  load.setLosses({ encoderDrops: 8, lostSoundMs: 0 });
  for (let second = 1; second <= 6; second += 1) {
    load.note({ ...stats, lateFrames: 0, paintMs: 5 }, second * 1000);
  }
  expect(load.view).toEqual({ rung: 'small-pictures', reason: 'encoder' });
});

test('a programme with another rate is painted at that rate', () => {
  const { load, rates } = keeper();
  load.setBoxes([box], { ...programme, fps: 60 });
  expect(rates).toEqual([30, 60]);
});
