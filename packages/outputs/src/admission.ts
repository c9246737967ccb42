/** What a stream asks of a worker. */
export interface StreamLoad {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  /** Video bits per second. */
  readonly videoBitrate: number;
  readonly outputs: number;
  readonly record: boolean;
}

/** A worker as the others see it; cores are those of the machine. */
export interface WorkerLoad {
  readonly id: string;
  readonly capacityCores: number;
  readonly usedCores: number;
}

/** A live stream that nobody carries. */
export interface WaitingStream {
  readonly id: string;
  readonly load: StreamLoad;
  /** Somebody carried it before: its audience is there already. */
  readonly orphaned: boolean;
  /** How long this worker has seen it wait, ms. */
  readonly waitedMs: number;
}

/**
 * Cores of one stream that is passed through, fitted to docs/figures.md: what every stream costs (room, AAC, clocks), what its
 * bits cost on the way in, and what each place they are copied to adds.
 */
const FIXED_CORES = 0.06;
const CORES_PER_MBPS_IN = 0.013;
const CORES_PER_MBPS_OUT = 0.0025;
const CORES_PER_OUTPUT = 0.004;
/** A worker leaves the freest one this long to act before it acts itself, ms. Less than the lease, so nothing waits 10 s. */
const DEFERENCE_MS = 2_000;

/** SPEC A1. */
export function estimateCores({ videoBitrate, outputs, record }: StreamLoad): number {
  const mbps = videoBitrate / 1_000_000;
  const copies = outputs + (record ? 1 : 0);
  return FIXED_CORES + mbps * CORES_PER_MBPS_IN + copies * (CORES_PER_OUTPUT + mbps * CORES_PER_MBPS_OUT);
}

/** SPEC A2, A3: whether some worker has room for one more stream of this load. */
export function hasRoom(load: StreamLoad, workers: readonly WorkerLoad[]): boolean {
  const cost = estimateCores(load);
  return workers.some((worker) => freeCores(worker) >= cost);
}

export function freeCores({ capacityCores, usedCores }: WorkerLoad): number {
  return Math.max(0, capacityCores - usedCores);
}

/**
 * Which of the waiting streams this worker takes now. `others`: the workers seen lately besides this one. SPEC A2–A6.
 */
export function chooseStreams(
  own: WorkerLoad,
  others: readonly WorkerLoad[],
  waiting: readonly WaitingStream[],
): { readonly take: readonly string[]; readonly refused: readonly string[] } {
  const take: string[] = [];
  const refused: string[] = [];
  let used = own.usedCores;
  const orphansFirst = [...waiting].sort((a, b) => Number(b.orphaned) - Number(a.orphaned));
  for (const { id, load, orphaned, waitedMs } of orphansFirst) {
    const me = { ...own, usedCores: used };
    const freest = others.every((other) => isFreer(me, other));
    if (!freest && waitedMs < DEFERENCE_MS) continue;
    if (orphaned || freeCores(me) >= estimateCores(load)) {
      take.push(id);
      used += estimateCores(load);
    } else if (!others.some((other) => freeCores(other) >= estimateCores(load))) refused.push(id);
  }
  return { take, refused };
}

function isFreer(one: WorkerLoad, other: WorkerLoad): boolean {
  const [mine, theirs] = [freeCores(one), freeCores(other)];
  return mine === theirs ? one.id < other.id : mine > theirs;
}

/** How a worker knows that a stream is still its own. Times are ms of one clock. */
export interface Tenure {
  readonly now: number;
  /** When the lease that the database last confirmed runs out. */
  readonly leaseUntil: number;
  /** The room has told this worker's ingest that another one has taken its place. */
  readonly displaced: boolean;
  /** This worker's ingest is in the room. */
  readonly inRoom: boolean;
  /** Other workers existed when the database was last reachable. */
  readonly others: boolean;
}

/** SPEC A7, A8: whether a worker may go on with a stream. */
export function mayGoOn({ now, leaseUntil, displaced, inRoom, others }: Tenure): boolean {
  if (now < leaseUntil) return true;
  if (displaced) return false;
  return inRoom || !others;
}
