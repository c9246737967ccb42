import { expect, test } from 'vitest';
import { reconcileOutputs } from './reconcile.ts';

const desired = (id: string, fingerprint = 'a', retryRequestedAt: number | null = null) => ({
  id,
  fingerprint,
  retryRequestedAt,
});
const running = (id: string, fingerprint = 'a', retriedAt: number | null = null) => ({
  id,
  fingerprint,
  retriedAt,
});

test('R1: what is wanted and does not run is started', () => {
  expect(reconcileOutputs([desired('x')], [])).toEqual([{ type: 'start', id: 'x', reason: 'wanted' }]);
});

test('R2: what runs and is not wanted is stopped', () => {
  expect(reconcileOutputs([], [running('x')])).toEqual([{ type: 'stop', id: 'x', reason: 'not wanted' }]);
});

test('R3: a changed output is stopped, then started', () => {
  expect(reconcileOutputs([desired('x', 'b')], [running('x', 'a')])).toEqual([
    { type: 'stop', id: 'x', reason: 'changed' },
    { type: 'start', id: 'x', reason: 'changed' },
  ]);
});

test('R4: a request to retry is passed on once', () => {
  expect(reconcileOutputs([desired('x', 'a', 5)], [running('x')])).toEqual([
    { type: 'retry', id: 'x', reason: 'asked for' },
  ]);
  expect(reconcileOutputs([desired('x', 'a', 5)], [running('x', 'a', 5)])).toEqual([]);
});

test('R5: nothing to do gives no steps', () => {
  expect(reconcileOutputs([desired('x'), desired('y')], [running('y'), running('x')])).toEqual([]);
});
