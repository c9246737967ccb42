import {
  Ping,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SignalTarget,
  TrickleRequest,
  UpdateSubscription,
  UpdateTrackSettings,
  VideoQuality,
} from '@livekit/protocol';
import { WebSocket } from 'ws';

export type ServerMessage = SignalResponse['message'];

/** LiveKit's signalling v0 over a WebSocket, subscriber side only (media research 1.7 and 1.8). */
export interface Signalling {
  answer(sdp: string, id: number): void;
  candidate(init: { candidate: string; sdpMid: string; sdpMLineIndex: number }): void;
  subscribe(trackSids: readonly string[], subscribe: boolean): void;
  preferHighQuality(trackSids: readonly string[]): void;
  ping(now: number): void;
  close(): void;
}

export interface SignallingEvents {
  message(message: ServerMessage): void;
  /** Called once, whatever ended the connection. */
  closed(reason: string): void;
}

/** undefined: not what LiveKit would say; what it says next cannot be trusted either. */
export function readServerMessage(data: Uint8Array): ServerMessage | undefined {
  try {
    return SignalResponse.fromBinary(data).message;
  } catch {
    return undefined;
  }
}

const CONNECT_TIMEOUT_MS = 5_000;

export function connectSignalling(url: string, token: string, events: SignallingEvents): Signalling {
  const target = new URL('rtc', url.endsWith('/') ? url : `${url}/`);
  target.protocol = target.protocol.replace('http', 'ws');
  target.search = new URLSearchParams({
    access_token: token,
    auto_subscribe: '0',
    auto_subscribe_data_track: '0',
    protocol: '16',
    sdk: 'js',
    version: '2.0.0',
    subscriber_allow_pause: '0',
  }).toString();
  const socket = new WebSocket(target, { handshakeTimeout: CONNECT_TIMEOUT_MS });
  socket.binaryType = 'nodebuffer';
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    socket.terminate();
    events.closed(reason);
  };
  socket.on('message', (data, isBinary) => {
    if (ended || !isBinary || !Buffer.isBuffer(data)) return;
    const message = readServerMessage(data);
    if (message === undefined) end('unreadable message');
    else events.message(message);
  });
  socket.on('close', (code) => end(`closed with ${code}`));
  // The token is part of the URL, so the error's text is cut down to its code.
  socket.on('error', (error) => end(`code` in error ? String(error.code) : error.name));
  const send = (message: SignalRequest['message']): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(new SignalRequest({ message }).toBinary());
  };
  return {
    answer: (sdp, id) => send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp, id }) }),
    candidate: (init) =>
      send({
        case: 'trickle',
        value: new TrickleRequest({ candidateInit: JSON.stringify(init), target: SignalTarget.SUBSCRIBER }),
      }),
    subscribe: (trackSids, subscribe) =>
      send({ case: 'subscription', value: new UpdateSubscription({ trackSids: [...trackSids], subscribe }) }),
    preferHighQuality: (trackSids) =>
      send({
        case: 'trackSetting',
        value: new UpdateTrackSettings({ trackSids: [...trackSids], quality: VideoQuality.HIGH }),
      }),
    ping(now) {
      send({ case: 'ping', value: BigInt(Math.round(now)) });
      send({ case: 'pingReq', value: new Ping({ timestamp: BigInt(Math.round(now)) }) });
    },
    close: () => end('closed by us'),
  };
}
