import { setTimeout as pause } from 'node:timers/promises';
import { LaunchError } from './launch-error.ts';

/** Asks `url` until it answers; throws a sentence with the log's place when it does not in time. */
export async function waitUntilUp(
  name: string,
  url: string,
  logFile: string,
  limitMs: number,
  aborted: AbortSignal,
): Promise<void> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    aborted.throwIfAborted();
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // Not listening yet.
    }
    await pause(50);
  }
  throw new LaunchError(`${name} did not come up within ${limitMs / 1000} s. Its log says why: ${logFile}`);
}
