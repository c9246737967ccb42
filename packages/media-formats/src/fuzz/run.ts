import { seededRandom } from '../seeded-random.ts';
import { mutate } from './mutate.ts';
import type { FuzzTarget } from './targets.ts';

/** A parser lives as long as a short connection. */
const INPUTS_PER_PARSER = 64;

/**
 * Feeds `inputs` mutated inputs to a target. Throws with the seed and the bytes when it throws what it should not, or
 * hands out more than it was given.
 */
export function fuzz(target: FuzzTarget, inputs: number, seed: number): void {
  const random = seededRandom(seed);
  let feed = target.open();
  for (let n = 0; n < inputs; n += 1) {
    if (n % INPUTS_PER_PARSER === 0) feed = target.open();
    const bytes = mutate(target.corpus, random);
    try {
      if (feed(bytes) > bytes.length) throw new Error('hands out more than it was given');
    } catch (error) {
      if (!target.refuses || !(error instanceof RangeError)) throw explain(error, target, seed, n, bytes);
      feed = target.open();
    }
  }
}

function explain(error: unknown, target: FuzzTarget, seed: number, n: number, bytes: Uint8Array): Error {
  const shown = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new Error(`${target.name}: input ${n} with SEED=${seed}: ${shown}`, { cause: error });
}
