import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A part of a running product, as its processes show it. */
export type Part = 'backend' | 'pages' | 'media worker' | 'ingest' | 'egress' | 'LiveKit' | 'PostgreSQL';

interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** Empty where nobody may ask for it: in a container root may not, of another user's process. */
  readonly folder: string;
}

/** Ids of all processes below one. */
export function processesBelow(root: number): number[] {
  return below(root).map(({ pid }) => pid);
}

/** Whether it runs; one that has ended and that nobody has buried yet does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch {
    return false;
  }
}

/** Id of a product's part; `root` is the launcher's. Throws when it is not there. */
export function pidOf(root: number, part: Part): number {
  const found = below(root).find((candidate) => isPart(candidate, part, root));
  if (found === undefined) throw new Error(`${part} is not running`);
  return found.pid;
}

/** Kills one part as a crash would. */
export function killPart(root: number, part: Part): void {
  process.kill(pidOf(root, part), 'SIGKILL');
}

/** Kills the product whole, as a power cut would end its processes. */
export function killAll(root: number): void {
  const pids = [root, ...processesBelow(root)];
  // Stopped first, so that nobody sees another one die and acts on it.
  for (const signal of ['SIGSTOP', 'SIGKILL'] as const) for (const pid of pids) send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended since it was listed.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function isPart({ command, folder, parent }: ProcessInfo, part: Part, root: number): boolean {
  switch (part) {
    case 'backend':
      return parent === root && folder.endsWith('/apps/backend');
    case 'pages':
      return parent === root && folder.endsWith('/apps/frontend');
    case 'media worker':
      return parent === root && folder.endsWith('/apps/media');
    case 'ingest':
      return command.includes('/ingest/main.ts');
    case 'egress':
      return command.includes('/egress/main.ts');
    case 'LiveKit':
      return parent === root && command.includes('livekit-server');
    case 'PostgreSQL':
      return parent === root && /\/postgres\s/.test(command);
  }
}

function below(root: number): ProcessInfo[] {
  const all = readdirSync('/proc').flatMap((name) =>
    /^\d+$/.test(name) ? (infoOf(Number(name)) ?? []) : [],
  );
  const found: ProcessInfo[] = [];
  for (let parents = new Set([root]); parents.size > 0; ) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found;
}

function infoOf(pid: number): ProcessInfo | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return {
      pid,
      parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]),
      command: `${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')} `,
      folder: folderOf(pid),
    };
  } catch {
    // It ended while it was looked at.
    return null;
  }
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}
