import { studioIdSchema } from '@streamus/contracts';
import { createLogger, ROOM_TOKEN_SECONDS, type RoomControl } from '@streamus/platform';
import { personIdSchema } from '@streamus/studio';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RemovedPeople } from './removed-people.ts';

const STUDIO = studioIdSchema.parse('20000000-0000-4000-8000-000000000001');
const PERSON = personIdSchema.parse('00000000-0000-4000-8000-000000000001');

function roomOf(removeParticipants: RoomControl['removeParticipants']): RoomControl {
  return { removeParticipants, muteMicrophones: async () => undefined, reachable: async () => true };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('whoever was removed is put out again until no token lets them in any more', async () => {
  const remove = vi.fn(async () => undefined);
  const people = new RemovedPeople(roomOf(remove), createLogger('test', 'silent'));
  await people.putOut(STUDIO, PERSON);
  expect(remove.mock.calls).toEqual([[`studio-${STUDIO}`, `person:${PERSON}:`]]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(remove).toHaveBeenCalledTimes(3);
  await vi.advanceTimersByTimeAsync(ROOM_TOKEN_SECONDS * 1_000);
  const calls = remove.mock.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(remove).toHaveBeenCalledTimes(calls);
  expect(vi.getTimerCount()).toBe(0);
});

test('a room that cannot be reached is asked again, until the server ends', async () => {
  const remove = vi.fn<RoomControl['removeParticipants']>(() => Promise.reject(new Error('no room')));
  const people = new RemovedPeople(roomOf(remove), createLogger('test', 'silent'));
  await people.putOut(STUDIO, PERSON);
  remove.mockResolvedValue(undefined);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(remove).toHaveBeenCalledTimes(2);
  people.onApplicationShutdown();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(remove).toHaveBeenCalledTimes(2);
});

test('of a studio that is deleted, everybody is put out', async () => {
  const remove = vi.fn(async () => undefined);
  const people = new RemovedPeople(roomOf(remove), createLogger('test', 'silent'));
  await people.putAllOut(STUDIO);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(remove.mock.calls).toEqual([
    [`studio-${STUDIO}`, ''],
    [`studio-${STUDIO}`, ''],
  ]);
  people.onApplicationShutdown();
});
