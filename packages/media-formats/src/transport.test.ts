import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NackTracker } from './nack-tracker.ts';
import { type Ordered, ReorderBuffer } from './reorder-buffer.ts';
import { isWholeRtp } from './rtp.ts';
import { WrapExtender } from './sequence.ts';

test('RTP is whole when there is room for its CSRCs and its extension, and what claims more is not', () => {
  const head = [0, 7, 0, 0, 0, 9, 0, 0, 0, 5];
  const csrc = [1, 2, 3, 4];
  const extension = [0xbe, 0xde, 0, 1, 0x10, 9, 0, 0];
  const of = (...parts: number[][]) => isWholeRtp(Uint8Array.from(parts.flat()));
  expect(of([0x80, 96], head)).toBe(true);
  expect(of([0x91, 96], head, csrc, extension)).toBe(true);
  expect(of([0x80, 96], head.slice(1))).toBe(false);
  expect(of([0x81, 96], head)).toBe(false);
  expect(of([0x90, 96], head, [0xbe, 0xde])).toBe(false);
  expect(of([0x90, 96], head, extension.slice(0, -1))).toBe(false);
  expect(of([0x90, 96], head, [0xbe, 0xde, 0xff, 0xff, ...csrc])).toBe(false);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void isWholeRtp(bytes)));
});

test('wrapping counters are extended across any number of wraps, also out of order', () => {
  const steps = fc.array(fc.integer({ min: -300, max: 20_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.nat(0xffff), steps, (start, deltas) => {
      const extender = new WrapExtender(16);
      const base = extender.extend(start);
      let newest = 0;
      for (const delta of deltas) {
        const at = newest + delta;
        expect(extender.extend((((start + at) % 65_536) + 65_536) % 65_536) - base).toBe(at);
        newest = Math.max(newest, at);
      }
    }),
  );
});

const packetsOf = <T>(ordered: readonly Ordered<T>[]) =>
  ordered.flatMap((item) => (item.kind === 'packet' ? [item.packet] : []));

const HOLD_MS = 200;

test('reorder: any order within the capacity comes out sorted and once', () => {
  const order = fc.shuffledSubarray([...Array(40).keys()].slice(1), { minLength: 39 });
  fc.assert(
    fc.property(order, (shuffled) => {
      const buffer = new ReorderBuffer<number>(100);
      const out = [0, ...shuffled, ...shuffled].flatMap((n) => packetsOf(buffer.push(n, n, 0, HOLD_MS)));
      expect(out).toEqual([...Array(40).keys()]);
      expect(buffer.discarded).toBe(39);
    }),
  );
});

test('reorder: a gap is given up when the packet behind it has waited long enough', () => {
  const buffer = new ReorderBuffer<string>(100);
  expect(buffer.push(1, 'a', 0, HOLD_MS)).toEqual([{ kind: 'packet', packet: 'a' }]);
  expect(buffer.push(4, 'd', 10, HOLD_MS)).toEqual([]);
  expect(buffer.poll(209, HOLD_MS)).toEqual([]);
  expect(buffer.poll(210, HOLD_MS)).toEqual([
    { kind: 'gap', missing: 2 },
    { kind: 'packet', packet: 'd' },
  ]);
  expect(buffer.push(2, 'b', 211, HOLD_MS)).toEqual([]);
});

test('reorder: never holds more than its capacity', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { maxLength: 300 }), (sequences) => {
      const buffer = new ReorderBuffer<number>(16);
      for (const sequence of sequences) {
        buffer.push(sequence, sequence, 0, 1e9);
        expect(buffer.size).toBeLessThan(16);
      }
    }),
  );
});

/** What the buffer must do, said as simply as possible: sort everything that is there, give up what waited too long. */
class SimpleReorder {
  readonly #arrived = new Map<number, number>();
  #next: number | undefined;

  step(sequence: number | undefined, now: number): Ordered<number>[] {
    if (sequence !== undefined) {
      this.#next ??= sequence;
      if (sequence >= this.#next && !this.#arrived.has(sequence)) this.#arrived.set(sequence, now);
    }
    const out: Ordered<number>[] = [];
    while (this.#next !== undefined) {
      const behind = [...this.#arrived.keys()]
        .filter((n) => n >= (this.#next ?? 0))
        .toSorted((a, b) => a - b);
      const [lowest] = behind;
      if (lowest === undefined) break;
      const expired = behind.some((n) => now - (this.#arrived.get(n) ?? now) >= HOLD_MS);
      if (lowest !== this.#next && !expired) break;
      if (lowest !== this.#next) out.push({ kind: 'gap', missing: lowest - this.#next });
      out.push({ kind: 'packet', packet: lowest });
      this.#arrived.delete(lowest);
      this.#next = lowest + 1;
    }
    return out;
  }
}

test('reorder: does what the simple model does, whatever comes and when', () => {
  const step = fc.record({ ahead: fc.integer({ min: -6, max: 6 }), after: fc.nat(120), tick: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const [buffer, model] = [new ReorderBuffer<number>(1_000), new SimpleReorder()];
      let now = 0;
      let newest = 100;
      for (const { ahead, after, tick } of steps) {
        now += after;
        // Both release by time at ticks only, so a packet comes at the time of a tick.
        expect(buffer.poll(now, HOLD_MS)).toEqual(model.step(undefined, now));
        if (tick) continue;
        newest = Math.max(newest, newest + ahead);
        const sequence = newest + Math.min(0, ahead);
        expect(buffer.push(sequence, sequence, now, HOLD_MS)).toEqual(model.step(sequence, now));
      }
    }),
    { numRuns: 500 },
  );
});

const PACE = { firstAfterMs: 10, retryMs: 50 };

test('NACK: a loss across the 16-bit wrap is asked for, and so is every later one', () => {
  const tracker = new NackTracker(100);
  tracker.received(65_533, 0);
  tracker.received(65_538, 0);
  expect(tracker.due(10, PACE)).toEqual([65_534, 65_535, 0, 1]);
  for (const sequence of [65_534, 65_535, 65_536, 65_537]) tracker.received(sequence, 20);
  tracker.received(65_540, 30);
  expect(tracker.due(40, PACE)).toEqual([3]);
});

test('NACK: retries are paced, and end with what is given up', () => {
  const tracker = new NackTracker(100);
  tracker.received(1, 0);
  tracker.received(3, 0);
  const asked = [5, 10, 30, 60, 110, 160, 210].filter((now) => tracker.due(now, PACE).length > 0);
  expect(asked).toEqual([10, 60, 110, 160, 210]);
  expect(tracker.giveUp(2)).toEqual([]);
  expect(tracker.giveUp(3)).toEqual([2]);
  expect(tracker.due(260, PACE)).toEqual([]);
  expect(tracker.outstanding).toBe(0);
  expect(tracker.givenUp).toBe(1);
});

test('NACK: a hole too large to ask for is not asked for, and nothing grows', () => {
  const tracker = new NackTracker(100);
  tracker.received(1, 0);
  tracker.received(1_000_000, 0);
  expect(tracker.due(10, PACE)).toEqual([]);
  expect(tracker.outstanding).toBe(0);
});

test('NACK: what is missing and was not given up is what the simple model says, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(60), { maxLength: 80 }), (sequences) => {
      const tracker = new NackTracker(1_000);
      const seen = new Set<number>();
      for (const sequence of sequences) {
        seen.add(sequence);
        tracker.received(sequence, 0);
      }
      const [first = 0] = sequences;
      const missing = Array.from({ length: Math.max(0, ...sequences) }, (_, n) => n);
      const expected = missing.filter((n) => n > first && !seen.has(n));
      expect(tracker.due(10, PACE).toSorted((a, b) => a - b)).toEqual(expected);
    }),
  );
});
