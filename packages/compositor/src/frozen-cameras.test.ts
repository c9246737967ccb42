import { personIdSchema, sourceId } from '@streamus/studio';
import { expect, test } from 'vitest';
import { createFrozenCameras, FROZEN_MS } from './frozen-cameras.ts';

const person = (n: number) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);
const [ann, bea] = [sourceId('camera', person(1)), sourceId('camera', person(2))];
const screen = sourceId('screen', person(1));

test('a camera on the picture that brings nothing new is frozen after three seconds, until it does', () => {
  const cameras = createFrozenCameras();
  cameras.show([ann, bea], 0);
  expect(cameras.list(FROZEN_MS)).toEqual([]);
  cameras.noteArrival(ann, 2_000);
  expect(cameras.list(FROZEN_MS + 1)).toEqual([bea]);
  cameras.noteArrival(bea, 3_500);
  expect(cameras.list(FROZEN_MS + 1_000)).toEqual([]);
});

test('a screen may stand still, and whoever is not on the picture may rest', () => {
  const cameras = createFrozenCameras();
  cameras.show([screen], 0);
  expect(cameras.list(60_000)).toEqual([]);
  cameras.show([ann], 60_000);
  cameras.show([], 61_000);
  cameras.noteArrival(ann, 62_000);
  expect(cameras.list(120_000)).toEqual([]);
  cameras.show([ann], 120_000);
  expect(cameras.list(121_000)).toEqual([]);
});
