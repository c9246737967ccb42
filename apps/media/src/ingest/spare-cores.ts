import { type CpuInfo, cpus } from 'node:os';

/** Long enough that one busy second decides nothing. */
const WINDOW_MS = 5_000;

/** How many cores of this machine were idle of late; 0 as long as that is not known. */
export class SpareCores {
  readonly #read: () => readonly Pick<CpuInfo, 'times'>[];
  #before: { readonly at: number; readonly idleMs: number } | undefined;
  #count = 0;

  constructor(read: () => readonly Pick<CpuInfo, 'times'>[] = cpus) {
    this.#read = read;
  }

  get count(): number {
    return this.#count;
  }

  /** `now`: monotonic, ms. */
  tick(now: number): void {
    const before = this.#before;
    if (before !== undefined && now - before.at < WINDOW_MS) return;
    const idleMs = this.#read().reduce((sum, { times }) => sum + times.idle, 0);
    if (before !== undefined) this.#count = (idleMs - before.idleMs) / (now - before.at);
    this.#before = { at: now, idleMs };
  }
}
