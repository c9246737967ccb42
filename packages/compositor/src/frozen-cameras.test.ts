import { personIdSchema, sourceId } from '@streamus/studio';
import { expect, test } from 'vitest';
import { FROZEN_MS, frozenCameras, noteArrival, type WatchedCameras, watchShown } from './frozen-cameras.ts';

const person = (n: number) => personIdSchema.parse(`00000000-0000-4000-8000-00000000000${n}`);
const [ann, bea] = [sourceId('camera', person(1)), sourceId('camera', person(2))];
const screen = sourceId('screen', person(1));
const nothing: WatchedCameras = new Map();

test('a camera on the picture that brings nothing new is frozen after three seconds, until it does', () => {
  const shown = watchShown(nothing, [ann, bea], 0);
  expect(frozenCameras(shown, FROZEN_MS)).toEqual([]);
  const moving = noteArrival(shown, ann, 2_000);
  expect(frozenCameras(moving, FROZEN_MS + 1)).toEqual([bea]);
  expect(frozenCameras(noteArrival(moving, bea, 3_500), FROZEN_MS + 1_000)).toEqual([]);
});

test('a screen may stand still, and whoever is not on the picture may rest', () => {
  expect(frozenCameras(watchShown(nothing, [screen], 0), 60_000)).toEqual([]);
  const gone = watchShown(watchShown(nothing, [ann], 0), [], 1_000);
  expect(frozenCameras(noteArrival(gone, ann, 2_000), 60_000)).toEqual([]);
  expect(frozenCameras(watchShown(gone, [ann], 60_000), 61_000)).toEqual([]);
});
