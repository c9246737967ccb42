import { seededRandom } from '@streamus/media-formats/seeded-random';
import { expect, test } from 'vitest';
import { soak } from './testing/soak/soak.ts';

const minutes = Number(process.env.SOAK_MINUTES ?? '6');
/** Printed with every run; the same seed does the same things in the same order. */
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000);
const EVERY_MS = 30_000;
/** A slope over less time says nothing. */
const LEAST_MS = 4 * 60_000;
/** Of a process that neither leaks nor shrinks; Node's heap breathes by more than this only at first. */
const MAX_MB_PER_MINUTE = 1;
const MAX_DESCRIPTORS = 6;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

test(
  `a show with four destinations, a fault every 30 s, for ${minutes} minutes (FAULT_SEED=${seed})`,
  async () => {
    const report = await soak({
      minutes,
      everyMs: EVERY_MS,
      random: seededRandom(seed),
      log: say,
    });
    const slopes = report.samples.slopes(LEAST_MS);
    say(JSON.stringify({ seed, minutes, faults: report.faults, slopes }, null, 2));
    expect(report.faults.filter(({ recoveredMs }) => recoveredMs === null)).toEqual([]);
    expect(report.problems).toEqual([]);
    expect(slopes.filter(({ mbPerMinute }) => mbPerMinute > MAX_MB_PER_MINUTE)).toEqual([]);
    expect(report.samples.descriptorGrowth().filter(({ growth }) => growth > MAX_DESCRIPTORS)).toEqual([]);
  },
  (minutes + 10) * 60_000,
);
