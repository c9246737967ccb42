import {
  type ClientMessage,
  COMMAND_BURST,
  COMMANDS_PER_SECOND,
  createCommandPace,
  messageWeight,
} from '@streamus/contracts';
import type { PendingCommand } from './optimistic.ts';
import { machineClockMs } from './server-clock.ts';

/** Part of what the server takes: on their way commands draw closer together, and requests for grants count there too. */
const PACE = 0.75;

export interface CommandSender {
  /** A connection has been welcomed: what is pending goes over it, whatever went over the one before. */
  begin(): void;
  /** The connection is not welcomed yet: what is given stays pending, for sent twice it could be refused once and stored once. */
  pause(): void;
  /** Something has been given: sends it now or when its turn comes. */
  send(): void;
}

/** Sends pending commands in the order they were given, no faster than the server takes them; the rest waits its turn. */
export function createCommandSender(options: {
  pending: () => readonly PendingCommand[];
  send: (message: ClientMessage) => void;
}): CommandSender {
  /** What has gone over the connection there is; null: none has been welcomed. */
  let connection: { readonly sent: Set<string>; readonly pace: ReturnType<typeof freshPace> } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function stopTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  function send(): void {
    stopTimer();
    if (connection === null) return;
    const { sent, pace } = connection;
    for (const { id, command } of options.pending()) {
      if (sent.has(id)) continue;
      const message: ClientMessage = { type: 'command', id, command };
      const weight = messageWeight(JSON.stringify(message).length);
      if (!pace.take(machineClockMs(), weight)) {
        timer = setTimeout(send, pace.waitMs(machineClockMs(), weight));
        return;
      }
      options.send(message);
      sent.add(id);
    }
  }

  return {
    begin() {
      connection = { sent: new Set(), pace: freshPace() };
      send();
    },
    pause() {
      stopTimer();
      connection = null;
    },
    send,
  };
}

function freshPace() {
  return createCommandPace(COMMAND_BURST * PACE, COMMANDS_PER_SECOND * PACE, machineClockMs());
}
