import { expect, test } from 'vitest';
import { AnswerWatch, stampOf } from './answer-watch.ts';

const LOOK_MS = 250;
const BYTES_PER_MS = 100;
/** Media research 6.1. */
const STALL_MS = 5_000;

interface Server {
  /** It acknowledges every so many bytes. */
  readonly window?: number;
  readonly pings?: boolean;
  /** What it reads of the bytes that it is sent. */
  readonly share?: number;
}

/** When a server that stops reading at `stopsAt` is given up, ms from the start; null: not within the time. */
function givenUpAt({ window = Number.POSITIVE_INFINITY, pings = false, share = 1 }: Server, stopsAt: number) {
  const watch = new AnswerWatch();
  const asked: { readonly at: number; readonly stamp: number }[] = [];
  let [sent, read, acknowledged] = [0, 0, 0];
  if (pings) watch.ponged(0, 0);
  for (let now = 1; now <= stopsAt + 60_000; now += 1) {
    sent += BYTES_PER_MS;
    watch.sent(BYTES_PER_MS);
    if (now <= stopsAt) read += BYTES_PER_MS * share;
    while (pings && asked[0] !== undefined && asked[0].at <= read) {
      watch.ponged(asked[0].stamp, now);
      asked.shift();
    }
    if (read - acknowledged >= window) {
      acknowledged = read;
      watch.acknowledged(now);
    }
    if (now % LOOK_MS !== 0) continue;
    const next = watch.next(now);
    if (next === 'give up') return now;
    if (next === 'ping') asked.push({ at: sent, stamp: stampOf(now) });
  }
  return null;
}

test.each([
  ['answers pings', { pings: true }, 0],
  ['answers pings', { pings: true }, 300],
  ['answers pings', { pings: true }, 10_000],
  ['answers pings and acknowledges', { pings: true, window: 20_000 }, 700],
  ['answers pings and acknowledges', { pings: true, window: 20_000 }, 10_000],
  ['acknowledges', { window: 20_000 }, 1_000],
  ['acknowledges', { window: 20_000 }, 10_000],
] as const)('a server that %s and stops reading is found after 3 to 5 s: %j at %i', (_, server, stopsAt) => {
  const found = (givenUpAt(server, stopsAt) ?? 0) - stopsAt;
  expect(found).toBeGreaterThan(3_000 - LOOK_MS);
  expect(found).toBeLessThanOrEqual(STALL_MS);
});

test('one that acknowledges seldom is found when it has left out two', () => {
  expect(givenUpAt({ window: 200_000 }, 20_000)).toBe(24_250);
});

test.each([
  ['has never answered', {}],
  ['has acknowledged less than five times', { window: 250_000 }],
])('a server that %s is not found silent', (_, server) => {
  expect(givenUpAt(server, 1_000)).toBeNull();
});

test.each([{ pings: true }, { pings: true, window: 20_000 }, { window: 20_000 }, { window: 2_500_000 }])(
  'one that goes on reading is left alone, at full speed and at a tenth: %j',
  (server) => {
    const hour = 3_600_000;
    expect(givenUpAt({ ...server }, hour) ?? hour).toBeGreaterThanOrEqual(hour);
    const minute = 60_000;
    expect(givenUpAt({ ...server, share: 0.1 }, minute) ?? minute).toBeGreaterThanOrEqual(minute);
  },
);

test('a pause of our own is not taken for the server’s', () => {
  const watch = new AnswerWatch();
  watch.ponged(0, 0);
  expect(watch.next(250)).toBe('ping');
  expect(watch.next(60_000)).toBe('ping');
});

test('nothing sent, nothing to acknowledge', () => {
  const watch = new AnswerWatch();
  for (let now = 1; now <= 10; now += 1) watch.acknowledged(now);
  expect(watch.next(60_000)).toBe('nothing');
});

test.each([
  ['with their stamps', (stamp: number) => stamp],
  ['with stamps of its own', () => 7],
] as const)('how far behind a server is, beyond its best, is told by its answers %s', (_, answered) => {
  const watch = new AnswerWatch();
  watch.ponged(0, 0);
  expect(watch.behindMs(100)).toBe(0);
  const answer = (now: number, ...pings: number[]) => {
    for (const askedAt of pings) watch.ponged(answered(stampOf(askedAt)), now);
  };
  watch.next(250);
  answer(290, 250);
  watch.next(500);
  answer(540, 500);
  // It is late by half a second, then says nothing for a while.
  for (const now of [750, 1_000, 1_250]) watch.next(now);
  answer(1_290, 750);
  expect(watch.behindMs(1_300)).toBe(500);
  answer(1_310, 1_000, 1_250);
  for (const now of [1_500, 1_750, 2_000, 2_250, 2_500]) watch.next(now);
  expect(watch.behindMs(2_540)).toBe(1_000);
  answer(2_540, 1_500, 1_750);
  expect(watch.behindMs(2_540)).toBe(750);
});

test('answers that lay unread in a pause of our own do not make a server late', () => {
  const watch = new AnswerWatch();
  watch.ponged(0, 0);
  for (const now of [250, 500, 750]) {
    watch.next(now);
    watch.ponged(stampOf(now), now + 20);
  }
  watch.next(1_000);
  expect(watch.behindMs(6_000), 'before they are read').toBeLessThanOrEqual(300);
  watch.next(6_000);
  expect(watch.behindMs(6_000)).toBeLessThanOrEqual(300);
  watch.ponged(stampOf(1_000), 6_001);
  watch.ponged(stampOf(6_000), 6_020);
  expect(watch.behindMs(6_020)).toBe(0);
});

test('a server that acknowledges all the time is asked once a second how far behind it is', () => {
  const watch = new AnswerWatch();
  watch.ponged(0, 0);
  const asked = [];
  for (let now = LOOK_MS; now <= 4_000; now += LOOK_MS) {
    watch.acknowledged(now);
    if (watch.next(now) === 'ping') asked.push(now);
  }
  expect(asked).toEqual([250, 1_250, 2_250, 3_250]);
});

test('who answers no pings is never behind', () => {
  const watch = new AnswerWatch();
  for (let now = LOOK_MS; now <= 60_000; now += LOOK_MS) {
    watch.sent(BYTES_PER_MS * LOOK_MS);
    watch.next(now);
  }
  expect(watch.behindMs(60_000)).toBe(0);
});
