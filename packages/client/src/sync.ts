import {
  type ComposerHealth,
  type ErrorCode,
  PENDING_LIMIT,
  parseCommand,
  passesByItself,
  REALTIME_PATH,
  type ServerMessage,
  type StudioId,
} from '@streamus/contracts';
import { DOCUMENT_VERSION, type StudioCommand, type StudioDocument } from '@streamus/studio';
import type { Renewal } from './api.ts';
import {
  addPending,
  dropPending,
  emptyOptimistic,
  type Optimistic,
  shownDocument,
  takeAccepted,
  takeEvent,
  takeSnapshot,
} from './optimistic.ts';
import { createCommandSender } from './send-commands.ts';
import { type ClockBounds, clockAhead, learnClock, machineClockMs } from './server-clock.ts';
import type { CommandOutcome, ConnectionView } from './session.ts';
import { createSocket, type SocketState } from './socket.ts';

export type Welcome = Extract<ServerMessage, { type: 'welcome' }>;
/** Messages that change live facts; the document's own are handled here. */
export type LiveMessage = Extract<
  ServerMessage,
  { type: 'welcome' | 'grant' | 'presence' | 'studio' | 'composer' | 'stream' | 'happened' }
>;

export interface Sync {
  /** The document with own unconfirmed commands on top. */
  document(live: boolean): StudioDocument | null;
  readonly connection: ConnectionView;
  /** How far the server's clock is ahead of this machine's. */
  readonly clockAheadMs: number;
  command(command: StudioCommand): Promise<CommandOutcome>;
  /** Says how this tab's composer fares; lost without harm when there is no connection. */
  reportComposing(health: ComposerHealth): void;
  /** Asks for a fresh grant for the room; without a connection the next welcome brings one. */
  askGrant(): void;
  close(): void;
}

export interface SyncEvents {
  onChange(): void;
  onLive(message: LiveMessage): void;
  onRefused(code: ErrorCode, command: StudioCommand): void;
}

interface Waiting {
  readonly command: StudioCommand;
  readonly resolve: (outcome: CommandOutcome) => void;
}

export function realtimeUrl(origin: string): string {
  return origin.replace(/^http/, 'ws') + REALTIME_PATH;
}

/** Keeps the studio document in step with the server over one socket that resumes after gaps. */
export function createSync(options: {
  origin: string;
  studioId: StudioId;
  guestToken: string | null;
  /** A member's access to the socket runs out during a show; null: a guest, whose seat outlives it. */
  renewSession: (() => Promise<Renewal>) | null;
  events: SyncEvents;
}): Sync {
  const { events } = options;
  let state: Optimistic = emptyOptimistic;
  let connection: ConnectionView = { kind: 'connecting' };
  /** `done`: a new connection after it has not been welcomed yet. */
  let renewal: 'none' | 'running' | 'done' = 'none';
  let clock: ClockBounds | null = null;
  const waiting = new Map<string, Waiting>();
  /** The same input gives the same object, so that nobody redraws for nothing. */
  let shown: { state: Optimistic; live: boolean; document: StudioDocument | null } | null = null;

  const socket = createSocket({
    url: realtimeUrl(options.origin),
    hello() {
      commands.pause();
      return {
        type: 'hello',
        studioId: options.studioId,
        guestToken: options.guestToken,
        lastSeq: state.seq,
        documentVersion: DOCUMENT_VERSION,
        pending: state.pending.slice(-PENDING_LIMIT).map(({ id }) => id),
      };
    },
    onMessage: receive,
    onState: follow,
    onClock(answer) {
      clock = learnClock(clock, answer);
    },
  });

  const commands = createCommandSender({
    pending: () => state.pending,
    send: (message) => void socket.send(message),
  });

  function follow(socketState: SocketState): void {
    if (connection.kind === 'closed') return;
    switch (socketState) {
      case 'open':
        connection = { kind: 'open' };
        break;
      case 'waiting':
        if (connection.kind !== 'reconnecting') connection = { kind: 'reconnecting', sinceMs: Date.now() };
        break;
      case 'connecting':
      case 'closed':
        break;
    }
    events.onChange();
  }

  function receive(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        welcome(message);
        return;
      case 'event':
        apply([message.event]);
        events.onChange();
        return;
      case 'accepted':
        state = takeAccepted(state, message.id, message.seq);
        settle(message.id, { ok: true });
        return;
      case 'refused':
        refuse(message.id, message.code);
        return;
      case 'grant':
      case 'presence':
      case 'studio':
      case 'composer':
      case 'stream':
      case 'happened':
        events.onLive(message);
        return;
      case 'bye':
        bye(message.code);
        return;
      case 'pong':
        // Painters follow the clock.
        events.onChange();
        return;
    }
  }

  /** The server closes the socket after it; what passes by itself is tried again like any lost connection. */
  function bye(code: ErrorCode): void {
    if (passesByItself(code) || renewal === 'running') return;
    if (code === 'not_signed_in' && options.renewSession !== null && renewal === 'none') {
      void renew(code, options.renewSession);
    } else end(code);
  }

  async function renew(code: ErrorCode, renewSession: () => Promise<Renewal>): Promise<void> {
    renewal = 'running';
    const outcome = await renewSession();
    renewal = outcome === 'renewed' ? 'done' : 'none';
    if (connection.kind === 'closed') return;
    if (outcome === 'renewed') socket.restart();
    // Unreachable: the socket's next try asks again.
    else if (outcome === 'ended') end(code);
  }

  function welcome(message: Welcome): void {
    renewal = 'none';
    state = { ...state, you: message.you.person };
    if (message.document !== null) {
      state = takeSnapshot(state, message.document, message.seq, message.applied);
      for (const id of message.applied) settle(id, { ok: true });
    } else apply(message.events);
    // What is part of neither has not arrived, or is being stored: under the same id it is stored once.
    commands.begin();
    events.onLive(message);
    events.onChange();
  }

  function apply(list: Welcome['events']): void {
    for (const event of list) {
      const next = takeEvent(state, event);
      if (next === null) {
        state = { ...state, seq: null };
        socket.restart();
        return;
      }
      state = next;
      if (event.commandId !== null) settle(event.commandId, { ok: true });
    }
  }

  function settle(id: string, outcome: CommandOutcome): void {
    waiting.get(id)?.resolve(outcome);
    waiting.delete(id);
  }

  function refuse(id: string, code: ErrorCode): void {
    const refused = waiting.get(id);
    state = dropPending(state, id);
    settle(id, { ok: false, code });
    if (refused !== undefined) events.onRefused(code, refused.command);
    events.onChange();
  }

  function end(code: ErrorCode): void {
    connection = { kind: 'closed', reason: code };
    socket.close();
    commands.pause();
    for (const id of [...waiting.keys()]) settle(id, { ok: false, code });
    events.onChange();
  }

  return {
    document(live) {
      if (shown?.state !== state || shown.live !== live) {
        shown = { state, live, document: shownDocument(state, live) };
      }
      return shown.document;
    },
    get connection() {
      return connection;
    },
    get clockAheadMs() {
      return clockAhead(clock);
    },
    command(given) {
      if (connection.kind === 'closed') return Promise.resolve({ ok: false, code: connection.reason });
      // As the server will read it: trimmed, and refused here when it would be there.
      const parsed = parseCommand(given);
      if (!parsed.ok || waiting.size >= PENDING_LIMIT) {
        const code = parsed.ok ? 'too_many_commands' : parsed.code;
        events.onRefused(code, given);
        return Promise.resolve({ ok: false, code });
      }
      const { command } = parsed;
      const id = crypto.randomUUID();
      const outcome = new Promise<CommandOutcome>((resolve) => waiting.set(id, { command, resolve }));
      state = addPending(state, { id, command, atMs: Math.round(machineClockMs() + clockAhead(clock)) });
      events.onChange();
      commands.send();
      return outcome;
    },
    reportComposing(health) {
      socket.send({ type: 'composing', health });
    },
    askGrant() {
      socket.send({ type: 'grant' });
    },
    close() {
      if (connection.kind !== 'closed') end('not_found');
    },
  };
}
