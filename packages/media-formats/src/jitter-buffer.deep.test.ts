import { expect, test } from 'vitest';
import { runLossyLine } from './simulation/lossy-line.ts';

const RUNS = 40;
const GOPS = 1_000;

/** `SEED=n` replays from the seed that a failure names. */
const firstSeed = Number(process.env.SEED ?? 1 + Math.floor(Math.random() * 1e6));

test('2 % loss at 60 ms: of 40,000 GOPs only those are damaged that the sender’s three repairs could not save', () => {
  for (let seed = firstSeed; seed < firstSeed + RUNS; seed += 1) {
    const line = {
      loss: 0.02,
      roundTripMs: 60,
      late: 0.02,
      lateMs: 20,
      duplicates: 0.02,
      firstSequence: seed & 0xffff,
    };
    const result = runLossyLine({ ...line, seed, gops: GOPS });
    expect(result.damagedGops, `SEED=${seed}`).toBeLessThanOrEqual(result.beyondRepair);
    expect(result.outOfOrder, `SEED=${seed}`).toBe(0);
    expect(result.added[Math.floor(result.added.length * 0.95)], `SEED=${seed}`).toBeLessThanOrEqual(300);
  }
});
