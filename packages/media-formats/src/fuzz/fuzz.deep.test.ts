import { expect, test } from 'vitest';
import { fuzz } from './run.ts';
import { FUZZ_TARGETS } from './targets.ts';

const INPUTS = 1_000_000;
const MEMORY_LIMIT_BYTES = 64 * 1024 * 1024;
/** `SEED=n` replays from the seed that a failure names. */
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));

test.each(FUZZ_TARGETS)(`$name: a million mutated inputs, SEED=${seed}`, (target) => {
  fuzz(target, 1_000, seed);
  const before = process.memoryUsage();
  fuzz(target, INPUTS, seed);
  const after = process.memoryUsage();
  expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(
    MEMORY_LIMIT_BYTES,
  );
});
