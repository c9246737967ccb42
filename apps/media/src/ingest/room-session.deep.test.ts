import { seededRandom } from '@streamus/media-formats/seeded-random';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hearMutatedMessages } from '../testing/room-scene.ts';

/** Fifty messages each. */
const SESSIONS = 20_000;
const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024;
/** `SEED=n` replays from the seed that a failure names. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test(`a million mutated messages of a room, SEED=${seed}`, async () => {
  const random = seededRandom(seed);
  await hearMutatedMessages(100, random);
  const before = process.memoryUsage();
  await hearMutatedMessages(SESSIONS, random);
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(
    MEMORY_LIMIT_BYTES,
  );
}, 600_000);
