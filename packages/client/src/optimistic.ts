import type { StudioEvent } from '@streamus/contracts';
import {
  contextOfEvent,
  type PersonId,
  reduce,
  type StudioCommand,
  type StudioDocument,
} from '@streamus/studio';

export interface PendingCommand {
  readonly id: string;
  readonly command: StudioCommand;
  /** When it was given, by the server's clock as far as it is known. */
  readonly atMs: number;
}

/** The document as the server confirmed it and this tab's own commands on top of it. Pure values. */
export interface Optimistic {
  readonly confirmed: StudioDocument | null;
  /** Last event in `confirmed`; null before the first welcome. */
  readonly seq: number | null;
  /** Whose tab this is; null before the first welcome. */
  readonly you: PersonId | null;
  /** In the order they were given; a command leaves when its event arrives or the server refuses it. */
  readonly pending: readonly PendingCommand[];
}

export const emptyOptimistic: Optimistic = { confirmed: null, seq: null, you: null, pending: [] };

/** A whole document from the server; the pending commands that are part of it (`applied`) have arrived. */
export function takeSnapshot(
  { you, pending }: Optimistic,
  document: StudioDocument,
  seq: number,
  applied: readonly string[],
): Optimistic {
  return { confirmed: document, seq, you, pending: pending.filter(({ id }) => !applied.includes(id)) };
}

/**
 * Applies a confirmed event. null: an event before it is missing (or the log and this reducer disagree) and the
 * state must be fetched anew.
 */
export function takeEvent(state: Optimistic, event: StudioEvent): Optimistic | null {
  if (state.confirmed === null || state.seq === null) return null;
  if (event.seq <= state.seq) return state;
  if (event.seq !== state.seq + 1) return null;
  const reduced = reduce(state.confirmed, event.command, contextOfEvent(event));
  if (!reduced.ok) return null;
  return {
    ...state,
    confirmed: reduced.document,
    seq: event.seq,
    pending: event.commandId === null ? state.pending : without(state.pending, event.commandId),
  };
}

export function addPending(state: Optimistic, pending: PendingCommand): Optimistic {
  return { ...state, pending: [...state.pending, pending] };
}

/** The server has stored a command as event `seq`: what it showed stays until the event is here, which may have been before. */
export function takeAccepted(state: Optimistic, id: string, seq: number): Optimistic {
  return state.seq !== null && seq <= state.seq ? dropPending(state, id) : state;
}

/** The server refused a command: what it showed disappears. */
export function dropPending(state: Optimistic, id: string): Optimistic {
  return { ...state, pending: without(state.pending, id) };
}

function without(pending: readonly PendingCommand[], id: string): readonly PendingCommand[] {
  return pending.filter((command) => command.id !== id);
}

/** What to show: confirmed plus pending commands. One that does not fit (yet) shows nothing; the server decides. */
export function shownDocument(state: Optimistic, live: boolean): StudioDocument | null {
  if (state.confirmed === null) return null;
  return state.pending.reduce((document, { command, atMs }) => {
    const reduced = reduce(document, command, { live, by: state.you, atMs });
    return reduced.ok ? reduced.document : document;
  }, state.confirmed);
}
