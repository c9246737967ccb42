import {
  COMMAND_BURST,
  COMMANDS_PER_SECOND,
  type ConnectionId,
  createCommandPace,
  type ErrorCode,
  type ServerMessage,
} from '@streamus/contracts';
import { WebSocket } from 'ws';
import type { Member } from '../studios/membership.ts';

/** A client that reads nothing for this many bytes is cut off; it resumes by its last sequence number. */
const MAX_BUFFERED_BYTES = 4_000_000;
/** Reports come once a second; a little sooner is no abuse. */
const REPORT_MS = 800;
/** Closed because of a `bye` the client has been told about. */
const CLOSE_BYE = 4000;

/** One tab's socket inside a studio. */
export class Connection {
  readonly id: ConnectionId;
  readonly member: Member;
  /** Last event sent. */
  seq: number;
  /** Last entry of a stream's event log sent; null: none yet. */
  happened: number | null = null;
  #composingAt = Number.NEGATIVE_INFINITY;
  readonly #socket: WebSocket;
  readonly #pace = createCommandPace(COMMAND_BURST, COMMANDS_PER_SECOND, Date.now());
  #lastCommand: Promise<void> = Promise.resolve();

  constructor(id: ConnectionId, member: Member, seq: number, socket: WebSocket) {
    this.id = id;
    this.member = member;
    this.seq = seq;
    this.#socket = socket;
  }

  send(message: ServerMessage): void {
    sendMessage(this.#socket, message);
  }

  /** Takes one command from the bucket, or as many as a long one weighs; false: too fast. */
  mayCommand(nowMs: number, weight: number): boolean {
    return this.#pace.take(nowMs, weight);
  }

  /**
   * Runs a tab's commands one after the other, in the order they came: none overtakes another, and a tab in a hurry
   * holds one connection to the database only. How many can wait is bounded by `mayCommand`. `run` never rejects.
   */
  inOrder(run: () => Promise<void>): Promise<void> {
    this.#lastCommand = this.#lastCommand.then(run);
    return this.#lastCommand;
  }

  /** Whether its report on composing is due again: at most about one a second is written down. */
  mayReport(nowMs: number): boolean {
    if (nowMs - this.#composingAt < REPORT_MS) return false;
    this.#composingAt = nowMs;
    return true;
  }

  bye(code: ErrorCode): void {
    sayBye(this.#socket, code);
  }
}

export function sendMessage(socket: WebSocket, message: ServerMessage): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
  else socket.send(JSON.stringify(message));
}

export function sayBye(socket: WebSocket, code: ErrorCode): void {
  sendMessage(socket, { type: 'bye', code });
  socket.close(CLOSE_BYE, code);
}
