/** A reading of one frame at its presentation time, seconds. */
export interface TimedFlash {
  readonly time: number;
  readonly flash: boolean;
}

/** Times at which flashes begin: frames that flash after one that does not. */
export function flashOnsets(frames: readonly TimedFlash[]): number[] {
  return frames.flatMap((frame, index) => {
    const before = frames[index - 1];
    return frame.flash && before !== undefined && !before.flash ? [frame.time] : [];
  });
}

const WINDOW_SECONDS = 0.01;
const HOP_SECONDS = 0.0025;
/** A beep is over before the next may begin; codecs ring a little around one. */
const REFRACTORY_SECONDS = 0.3;
/** Share of the loudest window's amplitude at which a beep has begun. */
const ONSET_SHARE = 0.35;
/** Amplitude (of 1) below which nothing is a beep. */
const FLOOR = 0.01;

/**
 * Times in seconds at which beeps of `hz` begin in mono samples (-1..1).
 * Resolution 2.5 ms; other sounds are ignored as far as they hold little of that frequency.
 */
export function beepOnsets(samples: Float32Array, sampleRate: number, hz: number): number[] {
  const length = Math.round(WINDOW_SECONDS * sampleRate);
  const hop = Math.round(HOP_SECONDS * sampleRate);
  const amplitudes: number[] = [];
  for (let start = 0; start + length <= samples.length; start += hop) {
    amplitudes.push(amplitudeAt(samples, start, length, (2 * Math.PI * hz) / sampleRate));
  }
  const loudest = amplitudes.reduce((most, amplitude) => Math.max(most, amplitude), 0);
  const threshold = Math.max(FLOOR, ONSET_SHARE * loudest);
  const onsets: number[] = [];
  let heardAt = Number.NEGATIVE_INFINITY;
  amplitudes.forEach((amplitude, index) => {
    if (amplitude < threshold) return;
    // The window's middle: at the threshold about a third of the window holds the beep.
    const time = (index * hop + length * (1 - ONSET_SHARE)) / sampleRate;
    if (time - heardAt > REFRACTORY_SECONDS) onsets.push(time);
    heardAt = time;
  });
  return onsets;
}

/** Goertzel: amplitude of one frequency in a window. */
function amplitudeAt(samples: Float32Array, start: number, length: number, omega: number): number {
  const coefficient = 2 * Math.cos(omega);
  let before = 0;
  let twoBefore = 0;
  for (let index = start; index < start + length; index += 1) {
    const next = (samples[index] ?? 0) + coefficient * before - twoBefore;
    twoBefore = before;
    before = next;
  }
  const power = before * before + twoBefore * twoBefore - coefficient * before * twoBefore;
  return (2 * Math.sqrt(Math.max(0, power))) / length;
}

/** For every flash its nearest beep's time minus its own, seconds; flashes without a beep within `reach` are left out. */
export function flashBeepOffsets(
  flashes: readonly number[],
  beeps: readonly number[],
  reach: number,
): number[] {
  return flashes.flatMap((flash) => {
    const offsets = beeps.map((beep) => beep - flash).filter((offset) => Math.abs(offset) <= reach);
    const nearest = offsets.sort((a, b) => Math.abs(a) - Math.abs(b))[0];
    return nearest === undefined ? [] : [nearest];
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
