import { expect, test } from 'vitest';
import {
  fpsOn,
  type LadderState,
  type LoadFacts,
  OVER_MS,
  PATIENCE_MS,
  PROBATION_MS,
  RUNGS,
  startLadder,
  stepLadder,
} from './ladder.ts';

const calm = { programmeFps: 30, paintMs: 4, lateFrames: 0, encoderDrops: 0, lostSoundMs: 0 };

/** One second after the other with the same facts. */
function seconds(state: LadderState, count: number, facts: Partial<LoadFacts>): LadderState {
  let now = state;
  for (let second = 0; second < count; second += 1) {
    now = stepLadder(now, { ...calm, ...facts, nowMs: now.seenMs + 1000 });
  }
  return now;
}

const OVER_SECONDS = OVER_MS / 1000 + 1;
const PATIENCE_SECONDS = PATIENCE_MS / 1000 + 1;

test.each([
  ['paint', { paintMs: 27 }],
  ['late', { lateFrames: 2 }],
  ['encoder', { encoderDrops: 4 }],
  ['sound', { lostSoundMs: 110 }],
] as const)(
  'too much for the %s leads one rung down after three seconds, with the reason',
  (reason, facts) => {
    expect(seconds(startLadder(0), OVER_SECONDS - 1, facts)).toMatchObject({ rung: 'full', reason: null });
    expect(seconds(startLadder(0), OVER_SECONDS, facts)).toMatchObject({ rung: 'small-pictures', reason });
  },
);

test('a busy moment is no load', () => {
  let state = startLadder(0);
  for (let turn = 0; turn < 20; turn += 1) {
    state = seconds(seconds(state, OVER_SECONDS - 1, { paintMs: 60 }), 1, {});
  }
  expect(state.rung).toBe('full');
});

test('each rung has time to show its effect before the next; the last one stays the last', () => {
  let state = startLadder(0);
  const seen = [state.rung];
  for (let turn = 1; turn < RUNGS.length; turn += 1) {
    state = seconds(state, OVER_SECONDS, { lateFrames: 10 });
    seen.push(state.rung);
  }
  expect(seen).toEqual(RUNGS);
  expect(seconds(state, 60, { lateFrames: 10 }).rung).toBe('low-rate');
});

test('it recovers by itself, a rung at a time, and forgets the reason at the top', () => {
  let state = seconds(startLadder(0), 2 * OVER_SECONDS, { paintMs: 40 });
  expect(state).toMatchObject({ rung: 'few-frames', reason: 'paint' });
  state = seconds(state, PATIENCE_SECONDS, {});
  expect(state).toMatchObject({ rung: 'small-pictures', reason: 'paint' });
  state = seconds(state, PATIENCE_SECONDS, {});
  expect(state).toMatchObject({ rung: 'full', reason: null });
});

test('between calm and too much, the rung is kept', () => {
  const state = seconds(startLadder(0), OVER_SECONDS, { paintMs: 30 });
  expect(seconds(state, 300, { paintMs: 20 }).rung).toBe('small-pictures');
});

test('a lower rate is left only when the higher one’s frame time has room', () => {
  const slow = seconds(startLadder(0), 4 * OVER_SECONDS, { lateFrames: 10 });
  expect(slow.rung).toBe('low-rate');
  // 24 fps leave 41.7 ms: 25 ms are less than half of the 55.6 ms they have now, and more than half of those.
  expect(seconds(slow, 100, { paintMs: 25 }).rung).toBe('low-rate');
  expect(seconds(slow, PATIENCE_SECONDS, { paintMs: 20 }).rung).toBe('slow');
});

test('a step up that was too early makes the next one wait twice as long', () => {
  let state = seconds(startLadder(0), OVER_SECONDS, { paintMs: 40 });
  for (const patience of [10, 20, 40, 80, 160, 160]) {
    state = seconds(state, patience, {});
    expect(state.rung).toBe('small-pictures');
    state = seconds(state, 1, {});
    expect(state.rung, `after ${patience} s`).toBe('full');
    state = seconds(state, OVER_SECONDS, { paintMs: 40 });
    expect(state.rung).toBe('small-pictures');
  }
});

test('a step up that held is no reason to wait longer after the next load', () => {
  let state = seconds(startLadder(0), OVER_SECONDS, { paintMs: 40 });
  state = seconds(state, PATIENCE_SECONDS + PROBATION_MS / 1000, {});
  state = seconds(state, OVER_SECONDS, { paintMs: 40 });
  expect(state).toMatchObject({ rung: 'small-pictures', patienceMs: PATIENCE_MS });
});

test('seconds before a sleep of the machine count no more', () => {
  const state = seconds(startLadder(0), OVER_SECONDS - 1, { paintMs: 40 });
  const awake = stepLadder(state, { ...calm, paintMs: 40, nowMs: state.seenMs + 60_000 });
  expect(awake.rung).toBe('full');
  expect(seconds(awake, OVER_SECONDS - 1, { paintMs: 40 }).rung).toBe('small-pictures');
});

test('the programme’s rate falls on the last two rungs only', () => {
  expect(RUNGS.map((rung) => fpsOn(rung, 30))).toEqual([30, 30, 30, 24, 18]);
});
