const FIRST_MS = 500;
/** An attempt that hangs takes 5 s more; both together must stay below 15 s (media research 6.1). */
const LIMIT_MS = 8_000;
const LEAST_MS = 500;

/** Wait in ms before try `attempt` (from 0); `random` is in [0, 1). Full jitter with a floor. SPEC B1, B2. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(LIMIT_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.max(LEAST_MS, Math.round(ceiling * random));
}
