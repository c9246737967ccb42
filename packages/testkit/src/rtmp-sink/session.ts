import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  type AmfValue,
  ByteQueue,
  decodeAmf,
  encodeAmf,
  RTMP_ACKNOWLEDGEMENT,
  RTMP_AUDIO,
  RTMP_COMMAND,
  RTMP_HANDSHAKE_BYTES,
  RTMP_PEER_BANDWIDTH,
  RTMP_SET_CHUNK_SIZE,
  RTMP_USER_CONTROL,
  RTMP_VERSION,
  RTMP_VIDEO,
  RTMP_WINDOW_SIZE,
  type RtmpMessage,
  RtmpReader,
  viewOf,
  writeRtmpMessage,
} from '@streamus/media-formats';

const FIRST_CHUNK_SIZE = 128;
const CHUNK_SIZE = 4_096;
const WINDOW_BYTES = 2_500_000;
const PING_REQUEST = 6;
const PING_RESPONSE = 7;

/** How a server says no. */
export interface Refusal {
  /** `connect`: to the application; `publish`: to the key. */
  readonly at: 'connect' | 'publish';
  readonly code: string;
  readonly description: string;
  /** Where it sends the client instead (ex.code 302). */
  readonly redirect?: string;
}

/** How a server shows that it reads. */
export type Answers = 'pings and acknowledgements' | 'pings' | 'acknowledgements' | 'nothing';

export interface SessionHooks {
  readonly answers: Answers;
  /** null: this key may publish. */
  refusal(app: string, key: string | null): Refusal | null;
  published(app: string, key: string): void;
  media(message: RtmpMessage): void;
  closed(): void;
}

/** Serves one RTMP connection that publishes: handshake, connect, createStream, publish, media. */
export function serveRtmp(socket: Socket, hooks: SessionHooks): void {
  const handshake = new ByteQueue(2 * (RTMP_HANDSHAKE_BYTES + 1));
  const reader = new RtmpReader();
  let stage: 'c0c1' | 'c2' | 'open' = 'c0c1';
  let app = '';
  let chunkSize = FIRST_CHUNK_SIZE;
  let received = 0;
  let acknowledged = 0;
  let window = WINDOW_BYTES;
  const send = (message: RtmpMessage, chunkStream: number) => {
    socket.write(writeRtmpMessage(message, chunkStream, chunkSize));
  };
  const command = (streamId: number, ...values: AmfValue[]) =>
    send({ type: RTMP_COMMAND, streamId, time: 0, payload: encodeAmf(values) }, 3);
  const control = (type: number, ...bytes: number[]) =>
    send({ type, streamId: 0, time: 0, payload: Uint8Array.from(bytes) }, 2);

  const handleCommand = (message: RtmpMessage) => {
    const [name, transaction, first, second] = decodeAmf(message.payload);
    if (name === 'connect') {
      app = typeof first === 'object' && first !== null && 'app' in first ? String(first.app) : '';
      const refusal = hooks.refusal(app, null);
      if (refusal !== null) {
        command(0, '_error', transaction, null, refused(refusal));
        socket.end();
        return;
      }
      control(RTMP_WINDOW_SIZE, ...uint32(WINDOW_BYTES));
      control(RTMP_PEER_BANDWIDTH, ...uint32(WINDOW_BYTES), 2);
      control(RTMP_SET_CHUNK_SIZE, ...uint32(CHUNK_SIZE));
      chunkSize = CHUNK_SIZE;
      command(
        0,
        '_result',
        transaction,
        { fmsVer: 'FMS/3,0,1,123' },
        status('NetConnection.Connect.Success', 'status'),
      );
    } else if (name === 'createStream') {
      command(0, '_result', transaction, null, 1);
    } else if (name === 'publish') {
      const key = typeof second === 'string' ? second : '';
      const refusal = hooks.refusal(app, key);
      if (refusal !== null) {
        command(1, 'onStatus', 0, null, refused(refusal));
        socket.end();
        return;
      }
      hooks.published(app, key);
      command(1, 'onStatus', 0, null, status('NetStream.Publish.Start', 'status'));
    }
  };

  /** As nginx-rtmp does: the client sets the window, the server acknowledges each one. */
  const acknowledge = () => {
    if (received - acknowledged < window || !hooks.answers.includes('acknowledgements')) return;
    acknowledged = received;
    control(RTMP_ACKNOWLEDGEMENT, ...uint32(received));
  };

  const answerPing = (payload: Uint8Array) => {
    if (viewOf(payload).getUint16(0) !== PING_REQUEST || !hooks.answers.includes('pings')) return;
    control(RTMP_USER_CONTROL, 0, PING_RESPONSE, ...payload.subarray(2));
  };

  const onData = (chunk: Uint8Array) => {
    received += chunk.length;
    let rest = chunk;
    if (stage !== 'open') {
      handshake.push(chunk);
      if (stage === 'c0c1') {
        const hello = handshake.take(RTMP_HANDSHAKE_BYTES + 1);
        if (hello === undefined) return;
        stage = 'c2';
        socket.write(Uint8Array.of(RTMP_VERSION));
        socket.write(randomBytes(RTMP_HANDSHAKE_BYTES));
        socket.write(hello.subarray(1));
      }
      if (handshake.take(RTMP_HANDSHAKE_BYTES) === undefined) return;
      stage = 'open';
      rest = handshake.take(handshake.length) ?? new Uint8Array(0);
    }
    for (const message of reader.push(rest)) {
      if (message.type === RTMP_COMMAND) handleCommand(message);
      else if (message.type === RTMP_USER_CONTROL) answerPing(message.payload);
      else if (message.type === RTMP_WINDOW_SIZE) window = viewOf(message.payload).getUint32(0);
      else if (message.type === RTMP_AUDIO || message.type === RTMP_VIDEO) hooks.media(message);
    }
    acknowledge();
  };

  socket.on('data', (chunk) => {
    if (typeof chunk === 'string') return;
    try {
      onData(chunk);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      socket.destroy();
    }
  });
  // 'close' follows every error.
  socket.on('error', () => undefined);
  socket.on('close', () => hooks.closed());
}

const status = (code: string, level: string) => ({ level, code, description: code });

const refused = ({ code, description, redirect }: Refusal) => ({
  level: 'error',
  code,
  description,
  ...(redirect === undefined ? {} : { ex: { code: 302, redirect } }),
});

function uint32(value: number): number[] {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return [...bytes];
}
