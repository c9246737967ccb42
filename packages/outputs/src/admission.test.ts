import { describe, expect, test } from 'vitest';
import { chooseStreams, estimateCores, hasRoom, mayGoOn, type StreamLoad } from './admission.ts';

const fullHd: StreamLoad = {
  width: 1920,
  height: 1080,
  fps: 30,
  videoBitrate: 6_000_000,
  outputs: 4,
  record: true,
};
const worker = (id: string, capacityCores: number, usedCores = 0) => ({ id, capacityCores, usedCores });
const waits = (id: string, orphaned = false, waitedMs = 0) => ({ id, load: fullHd, orphaned, waitedMs });

test('A1: the estimate follows what was measured and grows with bits, outputs and the recording', () => {
  expect(estimateCores(fullHd)).toBeGreaterThan(0.18);
  expect(estimateCores(fullHd)).toBeLessThan(0.3);
  expect(estimateCores({ ...fullHd, videoBitrate: 3_000_000 })).toBeLessThan(estimateCores(fullHd));
  expect(estimateCores({ ...fullHd, outputs: 1 })).toBeLessThan(estimateCores(fullHd));
  expect(estimateCores({ ...fullHd, record: false })).toBeLessThan(estimateCores(fullHd));
});

describe('choosing streams', () => {
  test('A2: what it has just taken counts', () => {
    const fit = Math.floor(1 / estimateCores(fullHd));
    const waiting = Array.from({ length: fit + 2 }, (_, index) => waits(`s${index}`));
    expect(chooseStreams(worker('a', 1), [], waiting).take).toHaveLength(fit);
  });

  test('A2, A3: without room anywhere a new stream is refused', () => {
    expect(chooseStreams(worker('a', 1, 1), [worker('b', 1, 0.95)], [waits('s', false, 9_000)])).toEqual({
      take: [],
      refused: ['s'],
    });
    expect(hasRoom(fullHd, [worker('a', 1, 1), worker('b', 1, 0.95)])).toBe(false);
    expect(hasRoom(fullHd, [worker('a', 1, 1), worker('b', 1)])).toBe(true);
    expect(hasRoom(fullHd, [])).toBe(false);
  });

  test('A3: a stream that another worker has room for is not refused', () => {
    expect(chooseStreams(worker('a', 1, 1), [worker('b', 1)], [waits('s', false, 9_000)])).toEqual({
      take: [],
      refused: [],
    });
  });

  test('A4: an orphaned stream is taken without room', () => {
    expect(chooseStreams(worker('a', 1, 1), [], [waits('s', true)]).take).toEqual(['s']);
  });

  test('A5: the freest takes first, the others after two seconds', () => {
    const [free, busy] = [worker('a', 2), worker('b', 2, 1)];
    expect(chooseStreams(free, [busy], [waits('s')]).take).toEqual(['s']);
    expect(chooseStreams(busy, [free], [waits('s', false, 1_900)]).take).toEqual([]);
    expect(chooseStreams(busy, [free], [waits('s', false, 2_000)]).take).toEqual(['s']);
  });

  test('A5: of two equally free workers exactly one takes', () => {
    const [a, b] = [worker('a', 2), worker('b', 2)];
    const takers = [chooseStreams(a, [b], [waits('s')]), chooseStreams(b, [a], [waits('s')])];
    expect(takers.map(({ take }) => take.length).sort()).toEqual([0, 1]);
  });

  test('A6: orphaned streams come first', () => {
    const cost = estimateCores(fullHd);
    expect(chooseStreams(worker('a', cost * 1.5), [], [waits('new'), waits('old', true)])).toEqual({
      take: ['old'],
      refused: ['new'],
    });
  });
});

describe('tenure', () => {
  const alone = { now: 10, leaseUntil: 5, displaced: false, inRoom: false, others: false };

  test('A7: with a lease it goes on, whatever the room says', () => {
    expect(mayGoOn({ now: 4, leaseUntil: 5, displaced: true, inRoom: false, others: true })).toBe(true);
  });

  test('A8: without a lease the room decides', () => {
    expect(mayGoOn({ ...alone, others: true, inRoom: true })).toBe(true);
    expect(mayGoOn({ ...alone, others: true, inRoom: true, displaced: true })).toBe(false);
    expect(mayGoOn({ ...alone, others: true })).toBe(false);
  });

  test('A8: a worker that is alone goes on, unless it was displaced', () => {
    expect(mayGoOn(alone)).toBe(true);
    expect(mayGoOn({ ...alone, displaced: true })).toBe(false);
  });
});
