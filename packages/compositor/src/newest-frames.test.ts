import { personIdSchema, sourceId } from '@streamus/studio';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNewestFrames } from './newest-frames.ts';

const people = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const [one, two] = people.map((id) => sourceId('camera', personIdSchema.parse(id)));

let frameCount = 0;

function createFrame() {
  frameCount += 1;
  return {
    timestamp: frameCount,
    displayWidth: 2,
    displayHeight: 2,
    closed: 0,
    close() {
      this.closed += 1;
    },
  };
}

test('every frame is closed exactly once and one per source is kept', () => {
  if (one === undefined || two === undefined) throw new Error('two sources are needed');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('put', 'drop'), fc.constantFrom(one, two))), (steps) => {
      const frames = createNewestFrames<ReturnType<typeof createFrame>>();
      const made: ReturnType<typeof createFrame>[] = [];
      for (const [step, source] of steps) {
        if (step === 'drop') frames.drop(source);
        else {
          const frame = createFrame();
          made.push(frame);
          frames.put(source, frame);
          expect(frames.get(source)).toBe(frame);
        }
        expect(made.filter((frame) => frame.closed === 0).length).toBeLessThanOrEqual(2);
      }
      frames.close();
      expect(made.every((frame) => frame.closed === 1)).toBe(true);
    }),
  );
});

test('a change is reported once', () => {
  if (one === undefined) throw new Error('a source is needed');
  const frames = createNewestFrames<ReturnType<typeof createFrame>>();
  expect(frames.takeChanged()).toBe(false);
  frames.put(one, createFrame());
  expect(frames.takeChanged()).toBe(true);
  expect(frames.takeChanged()).toBe(false);
  frames.drop(one);
  expect(frames.takeChanged()).toBe(true);
});

test('a frame that is handed over again is no change, and is kept', () => {
  if (one === undefined) throw new Error('a source is needed');
  const frames = createNewestFrames<ReturnType<typeof createFrame>>();
  const [first, again] = [createFrame(), createFrame()];
  frames.put(one, first);
  frames.takeChanged();
  frames.put(one, { ...again, timestamp: first.timestamp });
  expect(frames.takeChanged()).toBe(false);
  expect(first.closed).toBe(1);
});

test('what is held stays open until all have released it, and is closed once', () => {
  if (one === undefined) throw new Error('a source is needed');
  const frames = createNewestFrames<ReturnType<typeof createFrame>>();
  const [old, next, last] = [createFrame(), createFrame(), createFrame()];
  frames.put(one, old);
  frames.hold();
  frames.hold();
  frames.put(one, next);
  frames.put(one, last);
  frames.release();
  expect(frames.get(one)).toBe(last);
  expect([old, next, last].map(({ closed }) => closed)).toEqual([0, 0, 0]);
  frames.release();
  expect([old, next, last].map(({ closed }) => closed)).toEqual([1, 1, 0]);
  frames.drop(one);
  expect(last.closed).toBe(1);
});
