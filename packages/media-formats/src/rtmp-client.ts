import { type AmfObject, type AmfValue, decodeAmf, encodeAmf, encodeAmfEcmaArray } from './amf0.ts';
import { ByteQueue, concatBytes, viewOf } from './bytes.ts';
import {
  RTMP_ACKNOWLEDGEMENT,
  RTMP_COMMAND,
  RTMP_DATA,
  RTMP_HANDSHAKE_BYTES,
  RTMP_SET_CHUNK_SIZE,
  RTMP_USER_CONTROL,
  RTMP_VERSION,
  RTMP_WINDOW_SIZE,
  type RtmpMessage,
  RtmpReader,
  rtmpChunks,
  writeRtmpMessage,
} from './rtmp.ts';

const FIRST_CHUNK_SIZE = 128;
/** Nearly every message is one chunk; FFmpeg announces about as much, so every server knows it. */
const CHUNK_SIZE = 64 * 1024;
/** A publisher is sent commands only. */
const MAX_ANSWER_BYTES = 256 * 1024;
const MAX_TEXT = 300;
const CONTROL_STREAM = 2;
const COMMAND_STREAM = 3;
const MEDIA_STREAM = 4;
const PING_REQUEST = 6;
const PING_RESPONSE = 7;
/** Transaction numbers, in the order in which encoders send these commands. */
const CONNECT = 1;
const RELEASE_STREAM = 2;
const FC_PUBLISH = 3;
const CREATE_STREAM = 4;
const PUBLISH = 5;

/** What a server says when it does not want us. */
export interface RtmpRefusal {
  /** `NetStream.Publish.BadName` and the like; empty when it gave none. */
  readonly code: string;
  readonly description: string;
  /** Where it wants us to go instead. */
  readonly redirect: string | null;
}

export type RtmpClientEvent =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'handshaken' }
  /** A stream was created; without a key to publish this is the end. */
  | { readonly kind: 'created' }
  /** Media may be sent. */
  | { readonly kind: 'publishing' }
  /** The server has read this many bytes altogether (modulo 2^32). */
  | { readonly kind: 'acknowledged'; readonly bytes: number }
  /** The server has read the ping with this stamp. */
  | { readonly kind: 'ponged'; readonly stamp: number }
  | { readonly kind: 'refused'; readonly refusal: RtmpRefusal };

export interface RtmpClientOptions {
  readonly application: string;
  readonly tcUrl: string;
  /** null: goes as far as createStream, so that no server shows a broadcast. */
  readonly key: string | null;
}

/** The client's side of RTMP, as bytes in and events out. Throws RangeError when the far side does not speak RTMP. */
export class RtmpClient {
  readonly #options: RtmpClientOptions;
  readonly #handshake = new ByteQueue(4 * RTMP_HANDSHAKE_BYTES + MAX_ANSWER_BYTES);
  readonly #reader = new RtmpReader(MAX_ANSWER_BYTES);
  #open = false;
  #chunkSize = FIRST_CHUNK_SIZE;
  #streamId = 0;
  #received = 0;
  #acknowledged = 0;
  #window = Number.POSITIVE_INFINITY;

  constructor(options: RtmpClientOptions) {
    this.#options = options;
  }

  /** C0 and C1; `random` fills C1. */
  begin(random: Uint8Array): Uint8Array {
    const hello = new Uint8Array(1 + RTMP_HANDSHAKE_BYTES);
    hello[0] = RTMP_VERSION;
    hello.set(random.subarray(0, RTMP_HANDSHAKE_BYTES - 8), 9);
    return hello;
  }

  receive(chunk: Uint8Array): RtmpClientEvent[] {
    this.#received += chunk.length;
    const events: RtmpClientEvent[] = [];
    let rest = chunk;
    if (!this.#open) {
      this.#handshake.push(chunk);
      const version = this.#handshake.peek(1)?.[0];
      if (version !== undefined && version !== RTMP_VERSION) throw new RangeError('not an RTMP server');
      const answer = this.#handshake.take(1 + 2 * RTMP_HANDSHAKE_BYTES);
      if (answer === undefined) return events;
      this.#open = true;
      events.push({ kind: 'handshaken' });
      events.push({ kind: 'send', bytes: answer.subarray(1, 1 + RTMP_HANDSHAKE_BYTES) });
      events.push(this.#connect());
      rest = this.#handshake.take(this.#handshake.length) ?? new Uint8Array(0);
    }
    for (const message of this.#reader.push(rest)) events.push(...this.#take(message));
    if (this.#received - this.#acknowledged >= this.#window) {
      this.#acknowledged = this.#received;
      events.push(this.#control(RTMP_ACKNOWLEDGEMENT, this.#received));
    }
    return events;
  }

  /** One message of media, in parts; the payload is not copied. */
  media(type: number, time: number, payload: Uint8Array): Uint8Array[] {
    return rtmpChunks({ type, streamId: this.#streamId, time, payload }, MEDIA_STREAM, this.#chunkSize);
  }

  metadata(values: AmfObject): Uint8Array {
    const payload = concatBytes([encodeAmf(['@setDataFrame', 'onMetaData']), encodeAmfEcmaArray(values)]);
    return concatBytes(this.media(RTMP_DATA, 0, payload));
  }

  /** Asks the server to acknowledge every so many bytes. */
  acknowledgementWindow(bytes: number): Uint8Array {
    return this.#control(RTMP_WINDOW_SIZE, bytes).bytes;
  }

  /**
   * Asks for an answer. The specification lets servers ask and clients answer; nginx-rtmp and others answer as well, and the rest
   * take no notice. `stamp`: 32 bits that come back with the answer.
   */
  ping(stamp: number): Uint8Array {
    const payload = Uint8Array.of(0, PING_REQUEST, 0, 0, 0, 0);
    viewOf(payload).setUint32(2, stamp);
    return this.#send({ type: RTMP_USER_CONTROL, streamId: 0, time: 0, payload }, CONTROL_STREAM).bytes;
  }

  /** Says goodbye; nothing may follow. */
  end(): Uint8Array {
    return concatBytes([
      this.#command('FCUnpublish', PUBLISH + 1, null, this.#options.key ?? '').bytes,
      this.#command('deleteStream', PUBLISH + 2, null, this.#streamId).bytes,
    ]);
  }

  #connect() {
    return this.#command('connect', CONNECT, {
      app: this.#options.application,
      type: 'nonprivate',
      flashVer: 'FMLE/3.0 (compatible; StreamUs)',
      tcUrl: this.#options.tcUrl,
    });
  }

  #take(message: RtmpMessage): RtmpClientEvent[] {
    const { type, payload } = message;
    if (type === RTMP_COMMAND) return this.#answer(decodeAmf(payload));
    if (payload.length < 4) return [];
    const view = viewOf(payload);
    if (type === RTMP_WINDOW_SIZE) this.#window = Math.max(1, view.getUint32(0));
    if (type === RTMP_ACKNOWLEDGEMENT) return [{ kind: 'acknowledged', bytes: view.getUint32(0) }];
    if (type !== RTMP_USER_CONTROL) return [];
    if (view.getUint16(0) === PING_RESPONSE)
      return [{ kind: 'ponged', stamp: payload.length < 6 ? 0 : view.getUint32(2) }];
    if (view.getUint16(0) === PING_REQUEST && payload.length >= 6) {
      const answer = payload.slice(0, 6);
      viewOf(answer).setUint16(0, PING_RESPONSE);
      return [this.#send({ type: RTMP_USER_CONTROL, streamId: 0, time: 0, payload: answer }, CONTROL_STREAM)];
    }
    return [];
  }

  #answer([name, transaction, first, second]: AmfValue[]): RtmpClientEvent[] {
    if (name === 'onStatus') return this.#status(second ?? first);
    if (name === '_error') {
      // releaseStream and FCPublish are answered with an error by servers that do not know them.
      const matters = transaction === CONNECT || transaction === CREATE_STREAM || transaction === PUBLISH;
      return matters ? [{ kind: 'refused', refusal: readRefusal(second ?? first) }] : [];
    }
    if (name !== '_result') return [];
    if (transaction === CONNECT) return this.#connected();
    if (transaction !== CREATE_STREAM) return [];
    this.#streamId = typeof second === 'number' ? second : 1;
    const { key } = this.#options;
    return key === null
      ? [{ kind: 'created' }]
      : [{ kind: 'created' }, this.#command('publish', PUBLISH, null, key, 'live')];
  }

  #connected(): RtmpClientEvent[] {
    const announce = this.#control(RTMP_SET_CHUNK_SIZE, CHUNK_SIZE);
    this.#chunkSize = CHUNK_SIZE;
    const { key } = this.#options;
    const prepare =
      key === null
        ? []
        : [
            this.#command('releaseStream', RELEASE_STREAM, null, key),
            this.#command('FCPublish', FC_PUBLISH, null, key),
            // A server that answers does so before any media: from the first byte on it is known what its silence means.
            { kind: 'send' as const, bytes: this.ping(0) },
          ];
    return [announce, ...prepare, this.#command('createStream', CREATE_STREAM, null)];
  }

  #status(info: AmfValue): RtmpClientEvent[] {
    const { code } = readRefusal(info);
    if (code === 'NetStream.Publish.Start') return [{ kind: 'publishing' }];
    const level = isObject(info) ? info.level : undefined;
    return level === 'error' ? [{ kind: 'refused', refusal: readRefusal(info) }] : [];
  }

  #control(type: number, value: number) {
    const payload = new Uint8Array(4);
    viewOf(payload).setUint32(0, value);
    return this.#send({ type, streamId: 0, time: 0, payload }, CONTROL_STREAM);
  }

  #command(name: string, transaction: number, ...values: AmfValue[]) {
    const payload = encodeAmf([name, transaction, ...values]);
    const streamId = name === 'publish' ? this.#streamId : 0;
    return this.#send({ type: RTMP_COMMAND, streamId, time: 0, payload }, COMMAND_STREAM);
  }

  #send(message: RtmpMessage, chunkStream: number) {
    return { kind: 'send' as const, bytes: writeRtmpMessage(message, chunkStream, this.#chunkSize) };
  }
}

function isObject(value: AmfValue): value is AmfObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readRefusal(info: AmfValue): RtmpRefusal {
  const text = (value: AmfValue): string => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : '');
  if (!isObject(info)) return { code: '', description: text(info), redirect: null };
  const extra = isObject(info.ex) ? info.ex : undefined;
  const redirect = text(extra?.redirect);
  return {
    code: text(info.code),
    description: text(info.description),
    redirect: redirect === '' && extra?.code !== 302 ? null : redirect,
  };
}
