import { readdirSync, readFileSync } from 'node:fs';

/** Ticks a second of /proc/<pid>/stat: 100 on every Linux that Node runs on. */
const TICKS = 100;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** CPU seconds so far, of itself alone. */
  readonly seconds: number;
}

function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return {
      pid,
      parent: Number(fields[1]),
      command,
      seconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}

/** The process and everything below it. */
export function processTree(root: number): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const inside = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { pid, parent } of all) {
      if (!inside.has(parent) || inside.has(pid)) continue;
      inside.add(pid);
      grew = true;
    }
  }
  return all.filter(({ pid }) => inside.has(pid));
}

/** Cores used, by group of processes, between now and when `wait` resolves. */
export async function coresUsed(
  root: number,
  groups: Readonly<Record<string, (command: string) => boolean>>,
  wait: () => Promise<void>,
): Promise<Record<string, number>> {
  const before = new Map(processTree(root).map(({ pid, seconds }) => [pid, seconds]));
  const started = performance.now();
  await wait();
  const elapsed = (performance.now() - started) / 1000;
  const used = Object.fromEntries(Object.keys(groups).map((name) => [name, 0]));
  for (const { pid, seconds, command } of processTree(root)) {
    const name = Object.keys(groups).find((candidate) => groups[candidate]?.(command));
    if (name !== undefined) used[name] = (used[name] ?? 0) + (seconds - (before.get(pid) ?? 0)) / elapsed;
  }
  return used;
}
