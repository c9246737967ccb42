import { expect, test } from 'vitest';
import { AcknowledgementWatch } from './acknowledgement-watch.ts';

/** A server that acknowledges every `window` bytes of 100 bytes a millisecond for 10 s; then it stops. */
function watching(window: number): AcknowledgementWatch {
  const watch = new AcknowledgementWatch();
  for (let now = 1, sent = 0; now <= 10_000; now += 1) {
    watch.sent(100);
    sent += 100;
    if (sent % window === 0) watch.acknowledged(now);
    expect(watch.silent(now)).toBe(false);
  }
  return watch;
}

/** Ms of sending until it is found silent. */
function patience(watch: AcknowledgementWatch): number {
  for (let ms = 1; ms < 60_000; ms += 1) {
    watch.sent(100);
    if (watch.silent(10_000 + ms)) return ms;
  }
  return Number.POSITIVE_INFINITY;
}

test('a server that stops acknowledging is found after 3 s, one with long windows later', () => {
  expect(patience(watching(20_000))).toBe(3_001);
  expect(patience(watching(200_000))).toBe(4_001);
});

test('a server that never acknowledged is never found silent', () => {
  expect(patience(watching(Number.POSITIVE_INFINITY))).toBe(Number.POSITIVE_INFINITY);
  expect(patience(watching(250_000))).toBe(Number.POSITIVE_INFINITY);
});

test('nothing sent, nothing to acknowledge', () => {
  expect(watching(20_000).silent(60_000)).toBe(false);
});
