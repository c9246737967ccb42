import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessSample {
  /** ms of one clock. */
  readonly at: number;
  readonly residentMb: number;
  readonly descriptors: number;
}

/** Memory and descriptors of the worker and of its children, by process. */
export class ProcessSamples {
  readonly #series = new Map<string, ProcessSample[]>();

  take(workerPid: number, at: number): void {
    this.#note('worker', workerPid, at);
    for (const { pid, name } of childrenOf(workerPid)) this.#note(name, pid, at);
  }

  /** Growth in MB a minute of every process that ran at least `leastMs`, its warm-up (the first third) left out. */
  slopes(
    leastMs: number,
  ): { readonly process: string; readonly mbPerMinute: number; readonly minutes: number }[] {
    return [...this.#series].flatMap(([process, all]) => {
      const duration = (all.at(-1)?.at ?? 0) - (all[0]?.at ?? 0);
      if (duration < leastMs) return [];
      const settled = all.slice(Math.floor(all.length / 3));
      return [{ process, mbPerMinute: slope(settled) * 60_000, minutes: duration / 60_000 }];
    });
  }

  /** Descriptors a process has now, less those it had when it was first looked at. */
  descriptorGrowth(): { readonly process: string; readonly growth: number }[] {
    return [...this.#series].flatMap(([process, all]) => {
      const settled = all[2];
      if (settled === undefined) return [];
      // The least of the last looks: what is open for a moment only is no leak.
      const now = Math.min(...all.slice(-5).map(({ descriptors }) => descriptors));
      return [{ process, growth: now - settled.descriptors }];
    });
  }

  #note(name: string, pid: number, at: number): void {
    const sample = sampleOf(pid, at);
    if (sample === null) return;
    const key = `${name} ${pid}`;
    this.#series.set(key, [...(this.#series.get(key) ?? []), sample]);
  }
}

/** Least squares of MB over ms. */
function slope(samples: readonly ProcessSample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ at }) => at)), mean(samples.map(({ residentMb }) => residentMb))];
  const over = samples.reduce((sum, { at, residentMb }) => sum + (at - x) * (residentMb - y), 0);
  const under = samples.reduce((sum, { at }) => sum + (at - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

function sampleOf(pid: number, at: number): ProcessSample | null {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return {
      at,
      residentMb: (pages * 4096) / 1024 ** 2,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    // It has just been killed.
    return null;
  }
}

/** The worker's ingest and egress. */
export function childrenOf(
  workerPid: number,
): { readonly pid: number; readonly name: 'ingest' | 'egress' }[] {
  const list = readFileSync(`/proc/${workerPid}/task/${workerPid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean);
  return list.flatMap((text) => {
    const pid = Number(text);
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      const name = (['ingest', 'egress'] as const).find((own) => command.includes(`/${own}/main.ts`));
      return name === undefined ? [] : [{ pid, name }];
    } catch {
      return [];
    }
  });
}
