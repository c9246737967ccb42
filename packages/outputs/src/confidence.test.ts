import { expect, test } from 'vitest';
import { CONFIDENT, type ConfidenceSample, observe, warningsOf } from './confidence.ts';

const filled = (luma: number): Uint8Array => new Uint8Array(16).fill(luma);
const good = (at: number): ConfidenceSample => ({
  at,
  // A camera's noise changes every picture.
  picture: filled(100 + ((at / 1_000) % 7) * 3),
  soundRms: 0.1,
  fps: 30,
  nominalFps: 30,
});

/** Warnings after a sample every second for `seconds`. */
function after(seconds: number, change: Partial<ConfidenceSample>) {
  let confidence = CONFIDENT;
  for (let at = 0; at <= seconds * 1_000; at += 1_000)
    confidence = observe(confidence, { ...good(at), ...change });
  return warningsOf(confidence, seconds * 1_000);
}

test('a good show gives no warning', () => {
  expect(after(60, {})).toEqual([]);
});

test('W1: black, also with the noise of an encoder', () => {
  expect(after(6, { picture: filled(16) })).toEqual(['black']);
  expect(after(6, { picture: Uint8Array.from({ length: 16 }, (_, index) => 16 + (index % 6)) })).toEqual([
    'black',
  ]);
});

test('W1: one bright pixel is not black', () => {
  const dark = filled(16);
  dark[3] = 40;
  expect(after(7, { picture: dark })).toEqual(['frozen']);
});

test('W2: a picture that does not change is frozen', () => {
  expect(after(7, { picture: filled(90) })).toEqual(['frozen']);
});

test('W3: silence, and sound that cannot be decoded', () => {
  expect(after(6, { soundRms: 0.0001 })).toEqual(['silent']);
  expect(after(6, { soundRms: null })).toEqual(['silent']);
});

test('W4: a frame rate below 80 %', () => {
  expect(after(6, { fps: 23 })).toEqual(['low-frame-rate']);
  expect(after(6, { fps: 25 })).toEqual([]);
});

test('W5: told after 5.5 s, not earlier, and forgotten at the first good look', () => {
  expect(after(5, { soundRms: 0 })).toEqual([]);
  let confidence = CONFIDENT;
  for (let at = 0; at <= 6_000; at += 1_000) confidence = observe(confidence, { ...good(at), soundRms: 0 });
  expect(warningsOf(confidence, 6_000)).toEqual(['silent']);
  expect(warningsOf(observe(confidence, good(7_000)), 60_000)).toEqual([]);
});

test('W5: the slate is no trouble', () => {
  expect(after(20, { picture: null, soundRms: 0, fps: 0 })).toEqual([]);
});
