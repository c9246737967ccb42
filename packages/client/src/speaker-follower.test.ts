import { type SourceId, sourceIdSchema } from '@streamus/studio';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSpeakerFollower } from './speaker-follower.ts';

const [ada, bob] = [1, 2].map((n) => sourceIdSchema.parse(`camera:00000000-0000-4000-8000-00000000000${n}`));
if (ada === undefined || bob === undefined) throw new Error('two people');
const speaks = (who: SourceId) =>
  new Map([ada, bob].map((source) => [source, source === who ? 0.6 : 0] as const));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('tells who speaks while it is asked to follow, and nobody once it is not', () => {
  const told: (SourceId | null)[] = [];
  const follower = createSpeakerFollower((speaker) => told.push(speaker));
  follower.setLevels(speaks(ada));
  vi.advanceTimersByTime(5000);
  follower.setLevels(speaks(bob));
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([ada]);
  vi.advanceTimersByTime(1000);
  expect(told).toEqual([ada, bob]);
  expect(follower.speaker).toBe(bob);
  follower.setLevels(null);
  expect(told).toEqual([ada, bob, null]);
  expect(vi.getTimerCount()).toBe(0);
  follower.setLevels(speaks(ada));
  follower.close();
  expect(vi.getTimerCount()).toBe(0);
});
