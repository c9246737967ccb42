const FIRST_MS = 250;
const MOST_MS = 5000;

/** Delay before try `attempt` (from 0): between half and all of 0.25 s doubled each time, 5 s at most. */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return step * (0.5 + 0.5 * random());
}
