import { type CpuInfo, cpus } from 'node:os';

/** Long enough that one busy second decides nothing. */
const WINDOW_MS = 5_000;

/** Measures how many cores of this machine are idle when somebody wants to know, and does nothing before. */
export class SpareCores {
  readonly #read: () => readonly Pick<CpuInfo, 'times'>[];
  #before: { readonly at: number; readonly idleMs: number } | undefined;

  constructor(read: () => readonly Pick<CpuInfo, 'times'>[] = cpus) {
    this.#read = read;
  }

  /** Begins to measure, and says what was found when asked again five seconds later; null meanwhile. `now`: monotonic, ms. */
  count(now: number): number | null {
    const before = this.#before;
    if (before !== undefined && now - before.at < WINDOW_MS) return null;
    const idleMs = this.#read().reduce((sum, { times }) => sum + times.idle, 0);
    this.#before = before === undefined ? { at: now, idleMs } : undefined;
    return before === undefined ? null : (idleMs - before.idleMs) / (now - before.at);
  }
}
