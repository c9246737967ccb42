import { test } from 'vitest';
import { fuzz } from './run.ts';
import { FUZZ_TARGETS } from './targets.ts';

const INPUTS = 2_000;
const SEED = 20_261_123;

test.each(FUZZ_TARGETS)('$name: mutated input neither crashes nor swells', (target) => {
  fuzz(target, INPUTS, SEED);
});
