import { expect, test } from 'vitest';
import { PICTURES, runLossyLine, SOUND } from './simulation/lossy-line.ts';

const RUNS = 40;
const LINE = { loss: 0.02, roundTripMs: 60, late: 0.02, lateMs: 20, duplicates: 0.02 };

/** `SEED=n` replays from the seed that a failure names. */
const firstSeed = Number(process.env.SEED ?? 1 + Math.floor(Math.random() * 1e6));

test('2 % loss at 60 ms: of 40,000 GOPs only those are damaged that the sender’s three repairs could not save', () => {
  for (let seed = firstSeed; seed < firstSeed + RUNS; seed += 1) {
    const result = runLossyLine({
      ...LINE,
      stream: PICTURES,
      seed,
      groups: 1_000,
      firstSequence: seed & 0xffff,
    });
    expect(result.damagedGroups, `SEED=${seed}`).toBeLessThanOrEqual(result.beyondRepair);
    expect(result.outOfOrder, `SEED=${seed}`).toBe(0);
    expect(result.added[Math.floor(result.added.length * 0.95)], `SEED=${seed}`).toBeLessThanOrEqual(300);
  }
});

test.each([60, 200])(
  'five hours of sound, 2 in 100 packets lost over %d ms: only those are missing that three repairs could not save',
  (roundTripMs) => {
    for (let seed = firstSeed; seed < firstSeed + RUNS / 2; seed += 1) {
      const result = runLossyLine({
        ...LINE,
        stream: SOUND,
        roundTripMs,
        seed,
        groups: 45_000,
        firstSequence: seed & 0xffff,
      });
      expect(result.damagedGroups, `SEED=${seed}`).toBeLessThanOrEqual(result.beyondRepair);
      expect(result.outOfOrder, `SEED=${seed}`).toBe(0);
    }
  },
);

test('a sender that is deaf before each keyframe damages none of 40,000 GOPs that it could have saved', () => {
  for (let seed = firstSeed; seed < firstSeed + RUNS; seed += 1) {
    const result = runLossyLine({
      ...LINE,
      stream: PICTURES,
      keyLeadMs: 100 + (seed % 7) * 100,
      seed,
      groups: 1_000,
      firstSequence: seed & 0xffff,
    });
    expect(result.damagedGroups, `SEED=${seed}`).toBeLessThanOrEqual(result.beyondRepair);
    expect(result.outOfOrder, `SEED=${seed}`).toBe(0);
  }
});
