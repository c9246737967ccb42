import { type ClientMessage, type ServerMessage, serverMessageSchema } from '@streamus/contracts';
import { reconnectDelayMs } from './backoff.ts';
import { type ClockAnswer, machineClockMs } from './server-clock.ts';

export type SocketState = 'connecting' | 'open' | 'waiting' | 'closed';

/** A WebSocket that comes back by itself until it is closed. */
export interface Socket {
  /** False when there is no connection now; nothing is queued. */
  send(message: ClientMessage): boolean;
  /** Drops the connection and starts a new one at once. */
  restart(): void;
  close(): void;
}

const PING_EVERY_MS = 10_000;
/** Without any message for this long (two pings) the connection is dead, whatever the browser thinks. */
const SILENCE_MS = 25_000;

export function createSocket(options: {
  url: string;
  /** First message on every new connection. */
  hello: () => ClientMessage;
  onMessage: (message: ServerMessage) => void;
  onState: (state: SocketState) => void;
  /** The server has told the time. */
  onClock: (answer: ClockAnswer) => void;
}): Socket {
  let socket: WebSocket | null = null;
  let attempt = 0;
  let closed = false;
  let heardAt = 0;
  let pings = 0;
  /** When the hello or ping was sent that is to be answered next. */
  let askedMs = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;

  function connect(): void {
    retry = null;
    options.onState('connecting');
    const next = new WebSocket(options.url);
    socket = next;
    next.addEventListener('open', () => {
      heardAt = Date.now();
      askedMs = machineClockMs();
      next.send(JSON.stringify(options.hello()));
    });
    next.addEventListener('message', ({ data }) => {
      if (socket === next) receive(data);
    });
    next.addEventListener('close', () => {
      if (socket === next) lost();
    });
  }

  function receive(data: unknown): void {
    heardAt = Date.now();
    const message = serverMessageSchema.safeParse(typeof data === 'string' ? parse(data) : null);
    // An unknown message is a newer server's; what this client knows still holds.
    if (!message.success) return;
    noteClock(message.data);
    if (message.data.type === 'welcome') {
      attempt = 0;
      options.onState('open');
      // A welcome takes the server a while: a ping tells the time more exactly.
      ping();
    }
    options.onMessage(message.data);
  }

  function noteClock(message: ServerMessage): void {
    const told = message.type === 'welcome' || (message.type === 'pong' && message.n === pings);
    if (told) options.onClock({ askedMs, answeredMs: machineClockMs(), serverMs: message.atMs });
  }

  function ping(): void {
    pings += 1;
    askedMs = machineClockMs();
    send({ type: 'ping', n: pings });
  }

  function lost(): void {
    socket = null;
    if (closed || retry !== null) return;
    options.onState('waiting');
    retry = setTimeout(connect, reconnectDelayMs(attempt));
    attempt += 1;
  }

  function send(message: ClientMessage): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  function drop(): void {
    const old = socket;
    socket = null;
    old?.close();
  }

  function watch(): void {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (Date.now() - heardAt > SILENCE_MS) {
      drop();
      lost();
      return;
    }
    ping();
  }

  /** The network is back: waiting out a delay would only cost time. */
  function onOnline(): void {
    if (retry === null) return;
    clearTimeout(retry);
    connect();
  }

  const pinger = setInterval(watch, PING_EVERY_MS);
  addEventListener('online', onOnline);
  connect();
  return {
    send,
    restart() {
      if (closed) return;
      if (retry !== null) clearTimeout(retry);
      drop();
      connect();
    },
    close() {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      clearInterval(pinger);
      removeEventListener('online', onOnline);
      drop();
      options.onState('closed');
    },
  };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
