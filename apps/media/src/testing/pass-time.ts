import { monotonicMs } from '../monotonic.ts';

/** Lets so much time pass for a track, ms, as ingest does. */
export function passTime(track: { tick(now: number): void }, ms: number): void {
  const from = monotonicMs();
  for (let passed = 0; passed <= ms; passed += 10) track.tick(from + passed);
}
