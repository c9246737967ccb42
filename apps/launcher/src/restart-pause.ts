/** A part that ran this long had started and worked: a crash now is no crash loop. LiveKit and a worker are up in 2 s. */
const RAN_WELL_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * How long to wait before a part that died is started again: not at all when it ran well, and twice the time before when it
 * died soon after its start once more.
 */
export function restartPause(previousMs: number, ranMs: number): number {
  if (ranMs >= RAN_WELL_MS) return 0;
  return previousMs === 0 ? FIRST_PAUSE_MS : Math.min(previousMs * 2, LONGEST_PAUSE_MS);
}
