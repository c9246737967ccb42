import { expect, test } from 'vitest';
import { LostSound, type SentSound } from './lost-sound.ts';

/** What is counted of sound of which so much was sent in each second. */
function lostOf(sentMs: readonly number[]): number {
  const lost = new LostSound();
  let sum = 0;
  sentMs.forEach((sent, second) => {
    sum += sent;
    lost.note({ at: (second + 1) * 1_000, sentMs: sum });
  });
  return lost.ms;
}

const steady = (seconds: number, sent = 1_000): number[] => Array.from({ length: seconds }, () => sent);

test('sound that was not sent is counted once', () => {
  expect(lostOf([...steady(5), 140, ...steady(5)])).toBe(860);
});

test('a page that loses some all the time is noticed every second', () => {
  const lost = new LostSound();
  const seen = steady(10, 920).map((sent, second) => {
    lost.note({ at: (second + 1) * 1_000, sentMs: (second + 1) * sent });
    return lost.ms;
  });
  expect(seen.slice(3)).toEqual([80, 160, 240, 320, 400, 480, 560]);
});

test('sound that is sent later all in one go is not lost', () => {
  expect(lostOf([...steady(5), 200, 1_800, ...steady(5)])).toBe(0);
});

test('packets in the making and a slow sound card are no loss', () => {
  expect(lostOf([...steady(5), 980, 1_020, 980, 1_000, 1_020, ...steady(600, 999.9)])).toBe(0);
});

test('a sender that began anew, or paused, has lost nothing', () => {
  const lost = new LostSound();
  const note = (sounds: readonly (SentSound | null)[]) => {
    for (const sound of sounds) lost.note(sound);
  };
  note([1, 2, 3, 4].map((second) => ({ at: second * 1_000, sentMs: second * 1_000 })));
  note([null]);
  note([60, 61, 62, 63].map((second) => ({ at: second * 1_000, sentMs: (second - 55) * 1_000 })));
  note([64, 65, 66, 67].map((second) => ({ at: second * 1_000, sentMs: (second - 63) * 1_000 })));
  expect(lost.ms).toBe(0);
});
