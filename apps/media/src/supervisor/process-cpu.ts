import { readFileSync } from 'node:fs';

/** Clock ticks per second of /proc; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Of x86-64 and of the arm64 kernels of Debian and Ubuntu. */
const PAGE_BYTES = 4096;

/**
 * CPU seconds that a process and all below it have used, those that have ended included; null where /proc does not
 * tell (not Linux, or the process is gone).
 */
export function cpuSecondsOfTree(pid: number): number | null {
  const own = cpuSeconds(pid);
  if (own === null) return null;
  return childrenOf(pid).reduce((sum, child) => sum + (cpuSecondsOfTree(child) ?? 0), own);
}

/** Resident memory of one process in bytes; null as above. */
export function residentBytes(pid: number): number | null {
  const pages = read(`/proc/${pid}/statm`)?.split(' ')[1];
  return pages === undefined ? null : Number(pages) * PAGE_BYTES;
}

function cpuSeconds(pid: number): number | null {
  const stat = read(`/proc/${pid}/stat`);
  // The name in brackets may hold anything, spaces and brackets too.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // utime, stime, cutime and cstime are fields 14 to 17; the name was field 2.
  const ticks = fields?.slice(11, 15).map(Number);
  return ticks?.length === 4 ? ticks.reduce((sum, value) => sum + value, 0) / TICKS_PER_SECOND : null;
}

function childrenOf(pid: number): number[] {
  const list = read(`/proc/${pid}/task/${pid}/children`);
  return list === null ? [] : list.split(' ').filter(Boolean).map(Number);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended since it was listed, or this is no Linux.
    return null;
  }
}

/** Cores a process tree uses, smoothed over about ten seconds. */
export class CpuMeter {
  #last: { readonly at: number; readonly seconds: number } | undefined;
  #cores: number | null = null;

  /** `seconds`: CPU seconds so far, null when unknown; `now` in ms. A restarted process counts from zero again. */
  sample(seconds: number | null, now: number): void {
    const last = this.#last;
    this.#last = seconds === null ? undefined : { at: now, seconds };
    if (seconds === null || last === undefined || now <= last.at || seconds < last.seconds) return;
    const cores = ((seconds - last.seconds) * 1_000) / (now - last.at);
    const weight = Math.min(1, (now - last.at) / 10_000);
    this.#cores = this.#cores === null ? cores : this.#cores + (cores - this.#cores) * weight;
  }

  /** null until there are two samples. */
  get cores(): number | null {
    return this.#cores;
  }
}
