import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { JitterBuffer } from './jitter-buffer.ts';
import { type LineResult, PICTURES, runLossyLine, SOUND } from './simulation/lossy-line.ts';

/** Half an hour of a line is simulated, on a machine that may do other things as well. */
vi.setConfig({ testTimeout: 30_000 });

const LINE = {
  stream: PICTURES,
  seed: 1,
  groups: 60,
  loss: 0,
  roundTripMs: 60,
  late: 0,
  lateMs: 0,
  duplicates: 0,
  firstSequence: 65_000,
};
const percentile = ({ added }: LineResult, share: number): number =>
  added[Math.floor((added.length - 1) * share)] ?? Number.NaN;

test('a clean line: nothing is added, nothing is asked for', () => {
  const result = runLossyLine(LINE);
  expect(result).toMatchObject({ damagedGroups: 0, outOfOrder: 0, requests: 0, delivered: result.packets });
  expect(percentile(result, 1)).toBeLessThan(1);
});

const BAD = { late: 0.02, lateMs: 20, duplicates: 0.02 };

test.each([
  { loss: 0.005, roundTripMs: 20, groups: 100 },
  { loss: 0.01, roundTripMs: 120, groups: 100 },
  { loss: 0.02, roundTripMs: 5, groups: 100 },
  { loss: 0.02, roundTripMs: 60, groups: 1_000 },
])('$loss loss at $roundTripMs ms, swapped and doubled: not one of $groups GOPs is damaged', (line) => {
  const result = runLossyLine({ ...LINE, ...BAD, ...line });
  expect(result).toMatchObject({ damagedGroups: 0, outOfOrder: 0, delivered: result.packets });
  expect(percentile(result, 0.95)).toBeLessThanOrEqual(300);
  expect(result.mostHeld).toBeLessThan(500);
});

test.each([100, 300, 700])(
  'a sender that repairs nothing from being asked for a keyframe until it sends it, %d ms later: no GOP is damaged',
  (keyLeadMs) => {
    const line = { ...LINE, ...BAD, loss: 0.02, groups: 1_000, keyLeadMs };
    expect(runLossyLine(line)).toMatchObject({ damagedGroups: 0, outOfOrder: 0 });
  },
);

test.each([60, 200])(
  'sound waits 600 ms at most: of ten minutes with 2 in 100 packets lost over %d ms none is missing',
  (roundTripMs) => {
    const result = runLossyLine({ ...LINE, ...BAD, stream: SOUND, loss: 0.02, roundTripMs, groups: 30_000 });
    expect(result).toMatchObject({ damagedGroups: 0, outOfOrder: 0, delivered: result.packets });
  },
);

test('a machine that stood still gives up nothing that came meanwhile', () => {
  const buffer = new JitterBuffer<number>(1_000, 300);
  const heard: number[] = [];
  const hear = (ordered: ReturnType<typeof buffer.push>) => {
    for (const item of ordered) heard.push(item.kind === 'packet' ? item.packet : -1);
  };
  hear(buffer.push(0, 0, 0));
  hear(buffer.push(2, 2, 40));
  hear(buffer.tick(60).ordered);
  hear(buffer.tick(1_000).ordered);
  hear(buffer.push(3, 3, 1_001));
  hear(buffer.push(1, 1, 1_002));
  expect(heard).toEqual([0, 1, 2, 3]);
});

test('what cannot be repaired is given up, and the rest goes on', () => {
  const result = runLossyLine({ ...LINE, loss: 0.3, groups: 100 });
  expect(result.damagedGroups).toBeGreaterThan(0);
  expect(result.outOfOrder).toBe(0);
  expect(result.added.at(-1)).toBeLessThan(2_000);
});

/** Sends packets 0, 1, 2 … every 10 ms, leaving `lost` out and bringing it `afterMs` later. */
function bringLate(buffer: JitterBuffer<number>, from: number, lost: number, afterMs: number): number[] {
  const out: number[] = [];
  for (let n = from; n < lost + 200; n += 1) {
    const now = n * 10;
    const arrived = n === lost ? [] : buffer.push(n & 0xffff, n, now);
    const repaired = now === lost * 10 + afterMs ? buffer.push(lost & 0xffff, lost, now) : [];
    for (const item of [...arrived, ...repaired, ...buffer.tick(now).ordered])
      if (item.kind === 'packet') out.push(item.packet);
  }
  return out;
}

test('grows when a packet comes after it was given up, so that the next one as late is not; shrinks again', () => {
  const buffer = new JitterBuffer<number>(1_000);
  bringLate(buffer, 0, 50, 20);
  const before = buffer.holdMs;
  expect(bringLate(buffer, 250, 300, 900)).not.toContain(300);
  expect(buffer.holdMs).toBeGreaterThan(Math.max(before, 900));
  expect(bringLate(buffer, 500, 550, 900)).toContain(550);
  bringLate(buffer, 750, 30_000, 20);
  expect(buffer.holdMs).toBeLessThan(before * 1.1);
});

test('packets that were only late do not shorten the wait for the first that are lost', () => {
  const buffer = new JitterBuffer<number>(1_000);
  // Asked for, and there a moment later by themselves.
  for (const from of [0, 220, 440]) bringLate(buffer, from, from + 20, 30);
  expect(bringLate(buffer, 660, 680, 300)).toContain(680);
});

test('tells the longest wait of the last second', () => {
  const buffer = new JitterBuffer<number>(1_000);
  bringLate(buffer, 0, 190, 100);
  expect(buffer.addedMs).toBeGreaterThan(80);
  bringLate(buffer, 390, 700, 10);
  expect(buffer.addedMs).toBeLessThan(40);
});

test('a sender that begins its numbers anew is followed within about a second', () => {
  const buffer = new JitterBuffer<number>(1_000);
  for (let n = 0; n < 100; n += 1) buffer.push(40_000 + n, n, n * 10);
  const heard: number[] = [];
  for (let n = 0; n < 300; n += 1) {
    const now = 1_000 + n * 10;
    for (const item of buffer.push(20_000 + n, n, now)) if (item.kind === 'packet') heard.push(n);
  }
  expect(heard.length).toBeGreaterThan(150);
});

test('whatever comes: in order, each at most once, bounded', () => {
  const arrival = fc.record({ sequence: fc.nat(0xffff), after: fc.nat(300), tick: fc.boolean() });
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 300 }), (arrivals) => {
      const buffer = new JitterBuffer<number>(64);
      let now = 0;
      let delivered = 0;
      arrivals.forEach(({ sequence, after, tick }, index) => {
        now += after;
        delivered += buffer.push(sequence, index, now).filter(({ kind }) => kind === 'packet').length;
        if (tick) {
          const { ordered, wanted } = buffer.tick(now);
          delivered += ordered.filter(({ kind }) => kind === 'packet').length;
          expect(wanted.length).toBeLessThanOrEqual(64);
        }
        expect(buffer.size).toBeLessThanOrEqual(64);
        expect(delivered).toBeLessThanOrEqual(index + 1);
        expect(buffer.holdMs).toBeLessThanOrEqual(1_000);
      });
    }),
    { numRuns: 300 },
  );
});
