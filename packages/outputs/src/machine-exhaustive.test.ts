import type { OutputState } from '@streamus/contracts';
import { expect, test } from 'vitest';
import { failure } from './failure.ts';
import {
  IDLE_OUTPUT,
  needsPusher,
  type OutputEvent,
  type OutputMachine,
  REJECTION_LIMIT,
  stepOutput,
} from './machine.ts';

const DEPTH = 6;

/** Everything that can happen to an output, with the ms that pass before. */
const HAPPENINGS: readonly { readonly after: number; readonly event: (now: number) => OutputEvent }[] = [
  { after: 0, event: () => ({ type: 'start' }) },
  { after: 1, event: (now) => ({ type: 'taken', now }) },
  { after: 1, event: (now) => ({ type: 'queue', queueMs: 9_000, now }) },
  { after: 1, event: (now) => ({ type: 'queue', queueMs: 0, now }) },
  { after: 1, event: (now) => closed(now) },
  { after: 40_000, event: (now) => closed(now) },
  { after: 1, event: (now) => rejected(now) },
  { after: 1, event: (now) => ({ type: 'time', now }) },
  { after: 20_000, event: (now) => ({ type: 'time', now }) },
  { after: 0, event: () => ({ type: 'retry-now' }) },
  { after: 0, event: () => ({ type: 'stop' }) },
];
const closed = (now: number): OutputEvent => ({
  type: 'failure',
  failure: failure('target_closed'),
  now,
  random: 0.999,
});
const rejected = (now: number): OutputEvent => ({
  type: 'failure',
  failure: failure('target_rejected'),
  now,
  random: 0.999,
});

const NEXT: Readonly<Record<OutputState, readonly OutputState[]>> = {
  idle: ['idle', 'connecting', 'stopped'],
  connecting: ['connecting', 'live', 'backing-off', 'failed', 'stopped'],
  live: ['live', 'degraded', 'backing-off', 'failed', 'stopped'],
  degraded: ['degraded', 'live', 'backing-off', 'failed', 'stopped'],
  'backing-off': ['backing-off', 'connecting', 'stopped'],
  failed: ['failed', 'connecting', 'stopped'],
  stopped: ['stopped'],
};

/** What a bystander counts, without knowing how the machine counts it. */
interface Ledger {
  readonly rejectionsInARow: number;
  readonly timesLive: number;
  readonly liveFor: number | null;
  readonly failuresSinceHealth: number;
}
const NOTHING: Ledger = { rejectionsInARow: 0, timesLive: 0, liveFor: null, failuresSinceHealth: 0 };

function record(ledger: Ledger, before: OutputMachine, event: OutputEvent, now: number): Ledger {
  const running = needsPusher(before.state);
  if (event.type === 'taken' && before.state === 'connecting')
    return { ...ledger, rejectionsInARow: 0, timesLive: ledger.timesLive + 1, liveFor: now };
  if (event.type === 'failure' && running) {
    const healthy = ledger.liveFor !== null && now - ledger.liveFor >= 30_000;
    return {
      ...ledger,
      rejectionsInARow: event.failure.rejected ? ledger.rejectionsInARow + 1 : 0,
      liveFor: null,
      failuresSinceHealth: (healthy ? 0 : ledger.failuresSinceHealth) + 1,
    };
  }
  if (event.type === 'retry-now' && (before.state === 'backing-off' || before.state === 'failed'))
    return { ...ledger, rejectionsInARow: 0, failuresSinceHealth: 0 };
  return ledger;
}

/** The first broken rule, or undefined. Written without `expect`, which is too slow for millions of steps. */
function broken(
  before: OutputMachine,
  after: OutputMachine,
  event: OutputEvent,
  ledger: Ledger,
  now: number,
): string | undefined {
  if (!NEXT[before.state].includes(after.state)) return `${before.state} became ${after.state}`;
  if (after === before) return undefined;
  if ((after.state === 'backing-off') !== (after.retryAt !== null)) return 'retryAt only while backing off';
  if (after.retryAt !== null && before.state !== 'backing-off') {
    const most = Math.min(8_000, 500 * 2 ** (ledger.failuresSinceHealth - 1));
    const wait = after.retryAt - now;
    if (wait < 500 || wait > most) return `waits ${wait} of at most ${most} ms`;
  }
  const onAir = after.state === 'live' || after.state === 'degraded';
  if (onAir !== (after.liveSince !== null)) return 'liveSince only while on air';
  if (onAir && after.liveSince !== ledger.liveFor) return 'liveSince is when media was taken';
  if (after.reconnects !== Math.max(0, ledger.timesLive - 1)) return 'reconnects';
  if (after.state === 'failed' && ledger.rejectionsInARow !== REJECTION_LIMIT)
    return `failed after ${ledger.rejectionsInARow} rejections`;
  if (event.type === 'failure' && ledger.rejectionsInARow >= REJECTION_LIMIT && after.state !== 'failed')
    return 'goes on after five rejections';
  if (event.type === 'failure' && after.lastFailure?.at !== now) return 'the last failure is remembered';
  if (event.type === 'stop' && after.state !== 'stopped') return 'stop stops';
  return undefined;
}

/** Walks every sequence of `depth` happenings; returns how many steps there were. */
function walk(machine: OutputMachine, ledger: Ledger, now: number, depth: number, path: string): number {
  if (depth === 0) return 0;
  let steps = 0;
  HAPPENINGS.forEach(({ after, event }, index) => {
    const at = now + after;
    const happening = event(at);
    const next = stepOutput(machine, happening);
    const counted = record(ledger, machine, happening, at);
    const rule = broken(machine, next, happening, counted, at);
    if (rule !== undefined) throw new Error(`${rule}: ${path} ${index} ${happening.type}`);
    steps += 1 + walk(next, counted, at, depth - 1, `${path} ${index}`);
  });
  return steps;
}

const after = (...events: readonly OutputEvent[]): OutputMachine => events.reduce(stepOutput, IDLE_OUTPUT);

test('every sequence of events from the beginning keeps the rules', () => {
  expect(walk(IDLE_OUTPUT, NOTHING, 0, DEPTH, '')).toBeGreaterThan(1_500_000);
});

test('every sequence of events keeps the rules after four rejections in a row', () => {
  let machine = after({ type: 'start' });
  for (let n = 0; n < REJECTION_LIMIT - 1; n += 1) {
    machine = stepOutput(stepOutput(machine, rejected(0)), { type: 'time', now: 10_000 });
  }
  expect(machine.state).toBe('connecting');
  const ledger = {
    ...NOTHING,
    rejectionsInARow: REJECTION_LIMIT - 1,
    failuresSinceHealth: REJECTION_LIMIT - 1,
  };
  walk(machine, ledger, 10_000, DEPTH - 1, 'four rejections');
});
