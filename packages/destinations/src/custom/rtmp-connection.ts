import { randomBytes } from 'node:crypto';
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import { type SecureContext, connect as tlsConnect } from 'node:tls';
import type { ErrorCode } from '@streamus/contracts';
import { RTMP_HANDSHAKE_BYTES, RtmpClient, type RtmpRefusal } from '@streamus/media-formats';
import { refusalCode } from './refusal.ts';
import type { Target } from './target.ts';

export interface RtmpConnectionOptions {
  readonly target: Target;
  /** The addresses that were checked: one of them is connected to, whatever the name says a moment later. */
  readonly addresses: readonly string[];
  /** Authorities that certificates must lead to; undefined: the usual ones. */
  readonly secureContext: SecureContext | undefined;
  /** null: goes as far as createStream. */
  readonly key: string | null;
}

export interface RtmpConnectionHooks {
  /** A stream was created. */
  created(): void;
  /** Media may be sent. */
  publishing(): void;
  /** The server has read this many bytes altogether (modulo 2^32). */
  acknowledged(bytes: number): void;
  /** The server has read the ping with this stamp. */
  ponged(stamp: number): void;
  /** Once; nothing follows. `refusal`: what the server said, if it said anything. */
  ended(code: ErrorCode, refusal: RtmpRefusal | null): void;
}

export interface RtmpConnection {
  readonly socket: Socket;
  readonly client: RtmpClient;
}

/** A server that is there answers each step on the way to publishing within this; one that is back is tried again soon. */
const ANSWER_MS = 5_000;

type Stage = 'tcp' | 'tls' | 'greeting' | 'handshake' | 'rtmp' | 'publishing';

/** Opens an RTMP or RTMPS connection; every way in which it can end has its code. */
export function openRtmp(options: RtmpConnectionOptions, hooks: RtmpConnectionHooks): RtmpConnection {
  const { target, key } = options;
  const client = new RtmpClient({ application: target.application, tcUrl: tcUrl(target), key });
  const socket = openSocket(options);
  let stage: Stage = 'tcp';
  let over = false;
  const end = (code: ErrorCode, refusal: RtmpRefusal | null = null) => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.destroy();
    hooks.ended(code, refusal);
  };
  const timer = setTimeout(() => end('target_timeout'), ANSWER_MS);
  const greet = () => {
    stage = 'greeting';
    socket.write(client.begin(randomBytes(RTMP_HANDSHAKE_BYTES)));
  };
  const receive = (chunk: Uint8Array) => {
    if (stage === 'greeting') stage = 'handshake';
    if (stage !== 'publishing') timer.refresh();
    for (const event of client.receive(chunk)) {
      if (over) return;
      if (event.kind === 'send') socket.write(event.bytes);
      else if (event.kind === 'handshaken') stage = 'rtmp';
      else if (event.kind === 'created') hooks.created();
      else if (event.kind === 'publishing') {
        stage = 'publishing';
        clearTimeout(timer);
        hooks.publishing();
      } else if (event.kind === 'acknowledged') hooks.acknowledged(event.bytes);
      else if (event.kind === 'ponged') hooks.ponged(event.stamp);
      else end(refusalCode(event.refusal), event.refusal);
    }
  };
  socket.once('connect', () => {
    if (target.tls) stage = 'tls';
    else greet();
  });
  socket.once('secureConnect', greet);
  socket.on('data', (chunk: Buffer) => {
    try {
      receive(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      end('target_handshake');
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // A connection that was reset was open, even when the reset is heard of before the opening.
    if (error.code === 'ECONNRESET' && stage === 'tcp') stage = target.tls ? 'tls' : 'greeting';
    end(failureCode(error.code, stage));
  });
  socket.on('close', () => end(closedDuring(stage)));
  return { socket, client };
}

function openSocket({ target, addresses, secureContext }: RtmpConnectionOptions): Socket {
  const listed = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_host, { all }, found) => {
    const [first] = listed;
    if (all === true || first === undefined) found(null, listed);
    else found(null, first.address, first.family);
  };
  const where = { host: target.host, port: target.port, lookup, autoSelectFamily: true, noDelay: true };
  if (!target.tls) return netConnect(where);
  return tlsConnect({
    ...where,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ...(secureContext === undefined ? {} : { secureContext }),
  });
}

function failureCode(code: string | undefined, stage: Stage): ErrorCode {
  switch (code) {
    case 'ECONNREFUSED':
      return 'target_refused';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'target_timeout';
    default:
      return closedDuring(stage);
  }
}

function closedDuring(stage: Stage): ErrorCode {
  switch (stage) {
    case 'tcp':
      return 'target_refused';
    case 'tls':
      return 'target_tls';
    case 'handshake':
      return 'target_handshake';
    case 'greeting':
    case 'rtmp':
    case 'publishing':
      return 'target_closed';
  }
}

function tcUrl({ tls, host, port, application }: Target): string {
  return `${tls ? 'rtmps' : 'rtmp'}://${host.includes(':') ? `[${host}]` : host}:${port}/${application}`;
}
