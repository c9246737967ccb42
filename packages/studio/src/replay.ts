import type { AnyCommand } from './commands.ts';
import type { StudioDocument } from './document.ts';
import type { PersonId } from './ids.ts';
import { reduce } from './reduce.ts';
import type { ReduceContext } from './result.ts';

/** One accepted command as the log keeps it. */
export interface StudioEvent {
  /** Grows by one from one event of a studio to the next. */
  readonly seq: number;
  readonly command: AnyCommand;
  /** Null: the system. */
  readonly by: PersonId | null;
  /** When it was accepted; ISO 8601. */
  readonly at: string;
}

/** An event of a log that does not follow from the document before it: the log or the reducer is wrong. */
export class ReplayError extends Error {
  readonly seq: number;

  constructor(seq: number, reason: string) {
    super(`event ${seq} cannot be replayed: ${reason}`);
    this.name = 'ReplayError';
    this.seq = seq;
  }
}

/** Events were accepted when they happened, so what was live then is not asked again. SPEC R2. */
export function contextOfEvent({ by, at }: Pick<StudioEvent, 'by' | 'at'>): ReduceContext {
  return { live: false, by, atMs: Date.parse(at) };
}

/**
 * The document after `events`, which follow `snapshot` without a gap. Throws `ReplayError` when they do not.
 * @param snapshotSeq sequence number of the last event already in `snapshot`
 */
export function replay(
  snapshot: StudioDocument,
  snapshotSeq: number,
  events: Iterable<StudioEvent>,
): StudioDocument {
  let document = snapshot;
  let seq = snapshotSeq;
  for (const event of events) {
    seq += 1;
    if (event.seq !== seq) throw new ReplayError(event.seq, `expected event ${seq}`);
    const reduced = reduce(document, event.command, contextOfEvent(event));
    if (!reduced.ok) throw new ReplayError(event.seq, reduced.refusal);
    document = reduced.document;
  }
  return document;
}
