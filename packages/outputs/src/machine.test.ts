import { outputStateSchema } from '@streamus/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { failure } from './failure.ts';
import {
  IDLE_OUTPUT,
  missedMs,
  needsPusher,
  type OutputEvent,
  type OutputMachine,
  stepOutput,
} from './machine.ts';

const run = (events: readonly OutputEvent[], from: OutputMachine = IDLE_OUTPUT): OutputMachine =>
  events.reduce(stepOutput, from);
const failed = (now: number, code: 'target_closed' | 'target_rejected' = 'target_closed'): OutputEvent => ({
  type: 'failure',
  failure: failure(code),
  now,
  random: 0.5,
});
const start: OutputEvent = { type: 'start' };
const taken = (now: number): OutputEvent => ({ type: 'taken', now });
const time = (now: number): OutputEvent => ({ type: 'time', now });
const live = run([start, taken(0)]);

test('B3: 30 s of healthy output forgive earlier failures', () => {
  const worn = { ...live, attempt: 6, liveSince: 0 };
  expect(stepOutput(worn, failed(29_999)).retryAt).toBe(29_999 + 4_000);
  expect(stepOutput(worn, failed(30_000)).retryAt).toBe(30_000 + 500);
});

test('B4: retry now tries at once and forgives', () => {
  const waiting = { ...run([failed(0)], live), attempt: 6 };
  const retried = stepOutput(waiting, { type: 'retry-now' });
  expect(retried).toMatchObject({ state: 'connecting', attempt: 0, rejections: 0, retryAt: null });
});

test('S9: what a destination misses is counted until it is back, in all interruptions together', () => {
  expect(missedMs(run([start, failed(5_000)]), 60_000)).toBe(0);
  const away = run([failed(10_000)], live);
  expect(missedMs(away, 70_000)).toBe(60_000);
  const again = run([time(20_000), failed(25_000), time(40_000), taken(70_000)], away);
  expect(missedMs(again, 100_000)).toBe(60_000);
  const twice = run([failed(100_000), time(110_000), taken(111_000)], again);
  expect(missedMs(twice, 200_000)).toBe(71_000);
  expect(missedMs(run([{ type: 'stop' }], twice), 300_000)).toBe(71_000);
});

test('S1: events that are not in the table change nothing', () => {
  const cases: [OutputMachine, OutputEvent][] = [
    [IDLE_OUTPUT, taken(1)],
    [run([start]), { type: 'queue', queueMs: 9_000, now: 1 }],
    [run([start]), { type: 'retry-now' }],
    [live, start],
    [live, { type: 'retry-now' }],
    [run([failed(0)], live), taken(1)],
  ];
  for (const [machine, event] of cases) expect(stepOutput(machine, event)).toBe(machine);
});

test('S2: connecting becomes live when media was taken', () => {
  expect(run([start]).state).toBe('connecting');
  expect(live).toMatchObject({ state: 'live', liveSince: 0, reconnects: 0 });
});

test('S3: the queue decides between live and degraded', () => {
  const queue = (queueMs: number): OutputEvent => ({ type: 'queue', queueMs, now: 1 });
  expect(run([queue(500)], live).state).toBe('live');
  const degraded = run([queue(501)], live);
  expect(degraded.state).toBe('degraded');
  expect(run([queue(100)], degraded).state).toBe('degraded');
  expect(run([queue(99)], degraded).state).toBe('live');
});

test('S4: a failure leads to backing off and, when due, to the next try', () => {
  const waiting = run([failed(1_000)], live);
  expect(waiting).toMatchObject({ state: 'backing-off', retryAt: 1_500, liveSince: null });
  expect(waiting.lastFailure).toMatchObject({ code: 'target_closed', at: 1_000 });
  expect(stepOutput(waiting, time(1_499))).toBe(waiting);
  expect(stepOutput(waiting, time(1_500)).state).toBe('connecting');
});

test('S5: five rejections in a row fail it; taking media in between starts the count again', () => {
  const rejectAndRetry = (machine: OutputMachine, times: number): OutputMachine => {
    let current = machine;
    for (let i = 0; i < times; i += 1) {
      current = run([failed(i * 100_000, 'target_rejected'), time(Number.MAX_SAFE_INTEGER)], current);
    }
    return current;
  };
  expect(rejectAndRetry(run([start]), 4).state).toBe('connecting');
  expect(rejectAndRetry(run([start]), 5).state).toBe('failed');
  const recovered = stepOutput(rejectAndRetry(run([start]), 4), taken(0));
  expect(stepOutput(recovered, failed(1, 'target_rejected')).state).toBe('backing-off');
  const other = run([failed(0), time(Number.MAX_SAFE_INTEGER)], rejectAndRetry(run([start]), 4));
  expect(stepOutput(other, failed(1, 'target_rejected')).state).toBe('backing-off');
});

test('S6: failed is left by retry now and by stopping only', () => {
  const down: OutputMachine = { ...IDLE_OUTPUT, state: 'failed' };
  for (const event of [start, taken(1), time(1), failed(1)]) expect(stepOutput(down, event)).toBe(down);
  expect(stepOutput(down, { type: 'retry-now' }).state).toBe('connecting');
  expect(stepOutput(down, { type: 'stop' }).state).toBe('stopped');
});

test('S7: stopped is final', () => {
  const eventArbitrary = fc.constantFrom<OutputEvent>(
    start,
    taken(1),
    time(1),
    failed(1),
    { type: 'retry-now' },
    { type: 'stop' },
    { type: 'queue', queueMs: 0, now: 1 },
  );
  fc.assert(
    fc.property(fc.array(eventArbitrary), fc.array(eventArbitrary), (before, after) => {
      expect(run([...before, { type: 'stop' }, ...after]).state).toBe('stopped');
    }),
  );
});

test('S8: every return to live counts once', () => {
  expect(run([failed(1), time(1e9), taken(1e9), failed(2e9), time(3e9), taken(3e9)], live).reconnects).toBe(
    2,
  );
});

test('a pusher runs while connecting, live and degraded only', () => {
  expect(outputStateSchema.options.filter(needsPusher)).toEqual(['connecting', 'live', 'degraded']);
});
