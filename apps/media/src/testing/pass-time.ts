import { vi } from 'vitest';
import { monotonicMs } from '../monotonic.ts';

/** Lets so much time pass for a track, ms, as ingest does. The test's timers are fake ones. */
export function passTime(track: { tick(now: number): void }, ms: number): void {
  for (let passed = 0; passed < ms; passed += 10) {
    vi.advanceTimersByTime(10);
    track.tick(monotonicMs());
  }
}
