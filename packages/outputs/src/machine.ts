import type { OutputState } from '@streamus/contracts';
import { backoffMs } from './backoff.ts';
import type { Failure } from './failure.ts';

/** Explicit rejections in a row after which an output stays down. SPEC S5. */
export const REJECTION_LIMIT = 5;
/** Healthy output that forgives earlier failures, ms. SPEC B3. */
const FORGIVE_MS = 30_000;
/** Waiting media that makes an output degraded, and live again, ms. SPEC S3. */
const DEGRADED_ABOVE_MS = 500;
const LIVE_BELOW_MS = 100;

/** All that is remembered of one output. Times are ms of any one clock. */
export interface OutputMachine {
  readonly state: OutputState;
  /** Failures since the last time it was healthy. */
  readonly attempt: number;
  readonly rejections: number;
  readonly reconnects: number;
  readonly everLive: boolean;
  readonly liveSince: number | null;
  /** When an output that was live ceased to be; null while it is live, before it was, and when nothing is sent any more. */
  readonly awaySince: number | null;
  /** Media that the destination has missed in earlier interruptions, ms. */
  readonly missedMs: number;
  readonly retryAt: number | null;
  readonly lastFailure: (Failure & { readonly at: number }) | null;
}

export const IDLE_OUTPUT: OutputMachine = {
  state: 'idle',
  attempt: 0,
  rejections: 0,
  reconnects: 0,
  everLive: false,
  liveSince: null,
  awaySince: null,
  missedMs: 0,
  retryAt: null,
  lastFailure: null,
};

export type OutputEvent =
  | { readonly type: 'start' }
  /** The destination has taken media. */
  | { readonly type: 'taken'; readonly now: number }
  | { readonly type: 'queue'; readonly queueMs: number; readonly now: number }
  | { readonly type: 'failure'; readonly failure: Failure; readonly now: number; readonly random: number }
  /** Time passed while backing off. */
  | { readonly type: 'time'; readonly now: number }
  | { readonly type: 'retry-now' }
  | { readonly type: 'stop' };

type Transition = (machine: OutputMachine, event: OutputEvent) => OutputMachine;
type Row = { readonly [T in OutputEvent['type']]?: Transition };

const connect: Transition = (machine) => ({ ...machine, state: 'connecting', retryAt: null });
const stop: Transition = (machine) => ({
  ...machine,
  state: 'stopped',
  liveSince: null,
  awaySince: null,
  retryAt: null,
});
const retryNow: Transition = (machine) => ({
  ...machine,
  state: 'connecting',
  attempt: 0,
  rejections: 0,
  retryAt: null,
});

const goLive: Transition = (machine, event) =>
  event.type !== 'taken'
    ? machine
    : {
        ...machine,
        state: 'live',
        rejections: 0,
        everLive: true,
        reconnects: machine.reconnects + (machine.everLive ? 1 : 0),
        liveSince: event.now,
        awaySince: null,
        missedMs: missedMs(machine, event.now),
      };

/** Media that the destination has missed while the output was away, ms. SPEC S9. */
export function missedMs({ awaySince, missedMs }: OutputMachine, now: number): number {
  return missedMs + (awaySince === null ? 0 : now - awaySince);
}

const fail: Transition = (machine, event) => {
  if (event.type !== 'failure') return machine;
  const rejections = event.failure.rejected ? machine.rejections + 1 : 0;
  const lastFailure = { ...event.failure, at: event.now };
  const healthy = machine.liveSince !== null && event.now - machine.liveSince >= FORGIVE_MS;
  const attempt = healthy ? 0 : machine.attempt;
  const awaySince = machine.awaySince ?? (machine.everLive ? event.now : null);
  if (rejections >= REJECTION_LIMIT) {
    return {
      ...machine,
      ...{ state: 'failed', rejections, attempt, lastFailure, awaySince, liveSince: null, retryAt: null },
    };
  }
  return {
    ...machine,
    state: 'backing-off',
    awaySince,
    rejections,
    attempt: attempt + 1,
    lastFailure,
    liveSince: null,
    retryAt: event.now + backoffMs(attempt, event.random),
  };
};

const followQueue: Transition = (machine, event) => {
  if (event.type !== 'queue') return machine;
  if (machine.state === 'live' && event.queueMs > DEGRADED_ABOVE_MS) return { ...machine, state: 'degraded' };
  if (machine.state === 'degraded' && event.queueMs < LIVE_BELOW_MS) return { ...machine, state: 'live' };
  return machine;
};

const retryWhenDue: Transition = (machine, event) =>
  event.type === 'time' && machine.retryAt !== null && event.now >= machine.retryAt
    ? { ...machine, state: 'connecting', retryAt: null }
    : machine;

/** SPEC S1: what is not in here does not happen. */
export const TRANSITIONS: Readonly<Record<OutputState, Row>> = {
  idle: { start: connect, stop },
  connecting: { taken: goLive, failure: fail, stop },
  live: { queue: followQueue, failure: fail, stop },
  degraded: { queue: followQueue, failure: fail, stop },
  'backing-off': { time: retryWhenDue, 'retry-now': retryNow, stop },
  failed: { 'retry-now': retryNow, stop },
  stopped: {},
};

/** The output after an event; the same object when the event means nothing in its state. */
export function stepOutput(machine: OutputMachine, event: OutputEvent): OutputMachine {
  return TRANSITIONS[machine.state][event.type]?.(machine, event) ?? machine;
}

/** A pusher must be running in these states and in no other. */
export function needsPusher(state: OutputState): boolean {
  return state === 'connecting' || state === 'live' || state === 'degraded';
}
