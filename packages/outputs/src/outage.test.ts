import { expect, test } from 'vitest';
import { failure } from './failure.ts';
import { IDLE_OUTPUT, type OutputMachine, stepOutput } from './machine.ts';

const TRIALS = 1_000;
const OUTAGE_MS = 60_000;
const TICK_MS = 100;
/** What a connection to a distant platform takes until it has taken media. */
const CONNECT_MS = 700;
/** How long a try lasts that gets no answer: the egress process gives up then. */
const SILENT_MS = 5_000;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Ms from the server's return until the output is live, on a virtual clock. `failMs`: how long a failing try lasts. */
function timeToReturn(random: () => number, failMs: number): number {
  const back = OUTAGE_MS + random() * 1_000;
  const fail = (machine: OutputMachine, now: number) =>
    stepOutput(machine, { type: 'failure', failure: failure('target_closed'), now, random: random() });
  let machine = [{ type: 'start' } as const, { type: 'taken', now: -100_000 } as const].reduce<OutputMachine>(
    stepOutput,
    IDLE_OUTPUT,
  );
  machine = fail(machine, 0);
  let triedAt = 0;
  for (let now = 0; now < OUTAGE_MS * 2; now += TICK_MS) {
    const before = machine.state;
    machine = stepOutput(machine, { type: 'time', now });
    if (before !== 'connecting' && machine.state === 'connecting') triedAt = now;
    if (machine.state !== 'connecting') continue;
    // A try that began during the outage fails, even when the server is back before it gives up.
    if (triedAt < back && now - triedAt >= failMs) machine = fail(machine, now);
    if (triedAt >= back && now - triedAt >= CONNECT_MS) return now - back;
  }
  return Number.POSITIVE_INFINITY;
}

test.each([
  ['refuses', 50],
  ['does not answer', SILENT_MS],
])('a server that %s for 60 s is live again within 15 s of its return, a thousand times', (_how, failMs) => {
  const times = Array.from({ length: TRIALS }, (_, seed) => timeToReturn(seeded(seed), failMs));
  expect(Math.max(...times)).toBeLessThanOrEqual(15_000);
  // They do not all come back in the same moment.
  expect(new Set(times.map((time) => Math.floor(time / 1_000))).size).toBeGreaterThan(5);
});

test('B5: a server that takes media and closes at once is tried ever more seldom', () => {
  const random = seeded(1);
  let machine = stepOutput(IDLE_OUTPUT, { type: 'start' });
  let tries = 0;
  for (let now = 0; now < 120_000; now += TICK_MS) {
    if (machine.state === 'connecting') {
      tries += 1;
      machine = stepOutput(machine, { type: 'taken', now });
      machine = stepOutput(machine, {
        type: 'failure',
        failure: failure('target_closed'),
        now: now + 50,
        random: random(),
      });
    }
    machine = stepOutput(machine, { type: 'time', now });
  }
  expect(machine.attempt).toBe(tries);
  // 120 s in steps of 4 s on average, and a few short ones at the beginning.
  expect(tries).toBeLessThan(45);
});
