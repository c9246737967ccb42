import type { Fault } from '@streamus/testkit/fault-proxy';

/** What a soak does to a show. `output`: index of the destination hit. */
export type SoakFault =
  | { readonly kind: 'output'; readonly output: number; readonly fault: Fault; readonly forMs: number }
  | { readonly kind: 'process'; readonly process: 'ingest' | 'egress' | 'worker' }
  | { readonly kind: 'composer-away'; readonly forMs: number }
  | { readonly kind: 'composer-replaced' }
  | { readonly kind: 'livekit-restart' }
  | { readonly kind: 'database-restart' };

/** How often each kind comes, of 100: destinations fail most. */
const KINDS: readonly (readonly [SoakFault['kind'], number])[] = [
  ['output', 62],
  ['composer-away', 10],
  ['composer-replaced', 8],
  ['process', 10],
  ['livekit-restart', 5],
  ['database-restart', 5],
];
const OUTPUT_FAULTS: readonly Fault[] = [
  { kind: 'refuse' },
  { kind: 'reset' },
  { kind: 'black-hole' },
  { kind: 'half-open' },
  { kind: 'garbage' },
  // A tenth of what 300 kbit/s need.
  { kind: 'slow', bytesPerSecond: 4_000 },
];
const PROCESSES = ['ingest', 'egress', 'worker'] as const;
const LONGEST_OUTPUT_FAULT_MS = 14_000;
const LONGEST_ABSENCE_MS = 8_000;

/** The next fault, from numbers of a seeded generator: the same seed gives the same plan. */
export function nextFault(random: () => number, outputs: number): SoakFault {
  const kind = pickWeighted(random() * 100);
  switch (kind) {
    case 'output':
      return {
        kind,
        output: Math.floor(random() * outputs),
        fault: pick(OUTPUT_FAULTS, random),
        forMs: 2_000 + random() * (LONGEST_OUTPUT_FAULT_MS - 2_000),
      };
    case 'process':
      return { kind, process: pick(PROCESSES, random) };
    case 'composer-away':
      return { kind, forMs: 1_000 + random() * (LONGEST_ABSENCE_MS - 1_000) };
    case 'composer-replaced':
    case 'livekit-restart':
    case 'database-restart':
      return { kind };
  }
}

function pickWeighted(share: number): SoakFault['kind'] {
  let passed = 0;
  for (const [kind, weight] of KINDS) {
    passed += weight;
    if (share < passed) return kind;
  }
  return 'output';
}

export function nameOf(fault: SoakFault): string {
  switch (fault.kind) {
    case 'output':
      return `${fault.fault.kind} at a destination`;
    case 'process':
      return `${fault.process} killed`;
    case 'composer-away':
    case 'composer-replaced':
    case 'livekit-restart':
    case 'database-restart':
      return fault.kind;
  }
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
