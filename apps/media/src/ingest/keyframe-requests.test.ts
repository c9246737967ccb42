import { expect, test } from 'vitest';
import { type KeyframeRequest, KeyframeRequests } from './keyframe-requests.ts';

/** Asks every 15 ms from `from` to `to`; tells when a request went out and of which kind. */
function run(requests: KeyframeRequests, from: number, to: number, waiting: boolean) {
  const asked: { at: number; kind: KeyframeRequest }[] = [];
  for (let at = from; at < to; at += 15) {
    const kind = requests.due(at, waiting);
    if (kind !== undefined) asked.push({ at, kind });
  }
  return asked;
}

test('a keyframe is asked for every two seconds', () => {
  const requests = new KeyframeRequests();
  requests.keyframe(0);
  const distances: number[] = [];
  let at = 0;
  for (let n = 0; n < 20; n += 1) {
    const [first] = run(requests, at, at + 2_500, false);
    const key = (first?.at ?? Number.NaN) + 70;
    distances.push(key - at);
    requests.keyframe(key);
    at = key;
  }
  expect(Math.max(...distances)).toBeLessThanOrEqual(2_100);
  expect(Math.min(...distances)).toBeGreaterThanOrEqual(1_900);
});

test('after a loss at once, also when one was asked for just before', () => {
  const requests = new KeyframeRequests();
  requests.keyframe(0);
  expect(run(requests, 0, 1_950, false).map(({ at }) => at)).toEqual([1_950 - 0].slice(1));
  expect(run(requests, 1_000, 1_015, true)).toHaveLength(1);
  expect(run(requests, 1_015, 2_000, true).map(({ at }) => at)).toEqual([1_510]);
});

test('a keyframe that is on its way is not asked for again', () => {
  const requests = new KeyframeRequests();
  requests.arriving(0);
  expect(run(requests, 0, 495, true)).toEqual([]);
  expect(run(requests, 495, 600, true)).toHaveLength(1);
});

test('where indications are ignored the stronger request follows, and it goes on', () => {
  const kinds = run(new KeyframeRequests(), 0, 3_100, true).map(({ kind }) => kind);
  expect(kinds.slice(0, 2)).toEqual(['indication', 'indication']);
  expect(kinds.slice(2)).toContain('demand');
  expect(kinds.slice(2)).toContain('indication');
});
