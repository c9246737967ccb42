import { ByteQueue, concatBytes, viewOf } from './bytes.ts';

/** RTMP message types (Adobe's RTMP specification 1.0, 5.4 and 7.1). */
export const RTMP_SET_CHUNK_SIZE = 1;
export const RTMP_ABORT = 2;
export const RTMP_ACKNOWLEDGEMENT = 3;
export const RTMP_USER_CONTROL = 4;
export const RTMP_WINDOW_SIZE = 5;
export const RTMP_PEER_BANDWIDTH = 6;
export const RTMP_AUDIO = 8;
export const RTMP_VIDEO = 9;
export const RTMP_DATA = 18;
export const RTMP_COMMAND = 20;

export const RTMP_HANDSHAKE_BYTES = 1536;
export const RTMP_VERSION = 3;

export interface RtmpMessage {
  readonly type: number;
  readonly streamId: number;
  /** ms, 32 bits. */
  readonly time: number;
  readonly payload: Uint8Array;
}

interface ChunkStream {
  type: number;
  streamId: number;
  length: number;
  time: number;
  delta: number;
  extended: boolean;
  parts: Uint8Array[];
  received: number;
}

/** What a publisher may send at most: one picture. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** The field has 31 bits; larger chunks than the largest message change nothing. */
const MAX_CHUNK_SIZE = 0x7fffffff;
const MAX_CHUNK_STREAMS = 64;
const HEADER_BYTES = [11, 7, 3, 0] as const;

/**
 * Reads the chunk stream after the handshake. Follows Set Chunk Size and Abort. Throws RangeError on damaged input and on
 * messages of more than `maxMessageBytes`.
 */
export class RtmpReader {
  readonly #maxMessageBytes: number;
  readonly #queue: ByteQueue;
  readonly #streams = new Map<number, ChunkStream>();
  #chunkSize = 128;

  constructor(maxMessageBytes = MAX_MESSAGE_BYTES) {
    this.#maxMessageBytes = maxMessageBytes;
    // What a socket hands over at once may hold the end of one message and the begin of the next.
    this.#queue = new ByteQueue(2 * maxMessageBytes + 256 * 1024);
  }

  push(chunk: Uint8Array): RtmpMessage[] {
    this.#queue.push(chunk);
    const messages: RtmpMessage[] = [];
    while (true) {
      const result = this.#readChunk();
      if (result === 'more') return messages;
      if (result !== 'part') messages.push(result);
    }
  }

  #readChunk(): RtmpMessage | 'more' | 'part' {
    const first = this.#queue.peek(1)?.[0];
    if (first === undefined) return 'more';
    const idBytes = (first & 0x3f) === 0 ? 2 : (first & 0x3f) === 1 ? 3 : 1;
    const format = (first >> 6) as 0 | 1 | 2 | 3;
    const base = this.#queue.peek(idBytes + HEADER_BYTES[format]);
    if (base === undefined) return 'more';
    const id = chunkStreamId(base, idBytes);
    const stream = this.#stream(id, format);
    const header = readHeader(base.subarray(idBytes), format, stream);
    if (header.length > this.#maxMessageBytes) throw new RangeError('RTMP message too long');
    const extendedBytes = header.extended ? 4 : 0;
    const headLength = base.length + extendedBytes;
    const withExtended = this.#queue.peek(headLength);
    if (withExtended === undefined) return 'more';
    const field = header.extended ? viewOf(withExtended).getUint32(base.length) : header.field;
    // A header in the midst of a message changes nothing about that message.
    const remaining = (stream.received === 0 ? header.length : stream.length) - stream.received;
    const size = Math.min(remaining, this.#chunkSize);
    const whole = this.#queue.take(headLength + size);
    if (whole === undefined) return 'more';
    if (stream.received === 0) startMessage(stream, header, format, field);
    stream.parts.push(whole.subarray(headLength));
    stream.received += size;
    if (stream.received < stream.length) return 'part';
    return this.#finish(stream);
  }

  #stream(id: number, format: number): ChunkStream {
    const known = this.#streams.get(id);
    if (known !== undefined) return known;
    if (format !== 0 || this.#streams.size >= MAX_CHUNK_STREAMS)
      throw new RangeError('bad RTMP chunk stream');
    const created: ChunkStream = {
      type: 0,
      streamId: 0,
      length: 0,
      time: 0,
      delta: 0,
      extended: false,
      parts: [],
      received: 0,
    };
    this.#streams.set(id, created);
    return created;
  }

  #finish(stream: ChunkStream): RtmpMessage | 'part' {
    const payload = concatBytes(stream.parts);
    stream.parts = [];
    stream.received = 0;
    if (stream.type === RTMP_SET_CHUNK_SIZE && payload.length >= 4) {
      const size = viewOf(payload).getUint32(0);
      if (size < 1 || size > MAX_CHUNK_SIZE) throw new RangeError('bad RTMP chunk size');
      this.#chunkSize = size;
    }
    if (stream.type === RTMP_ABORT && payload.length >= 4) this.#abort(viewOf(payload).getUint32(0));
    return { type: stream.type, streamId: stream.streamId, time: stream.time >>> 0, payload };
  }

  #abort(id: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    stream.parts = [];
    stream.received = 0;
  }
}

function chunkStreamId(base: Uint8Array, idBytes: number): number {
  const [b0 = 0, b1 = 0, b2 = 0] = base;
  return idBytes === 1 ? b0 & 0x3f : idBytes === 2 ? b1 + 64 : b1 + 64 + b2 * 256;
}

interface ChunkHeader {
  field: number;
  length: number;
  type: number;
  streamId: number;
  extended: boolean;
}

function readHeader(bytes: Uint8Array, format: number, stream: ChunkStream): ChunkHeader {
  const view = viewOf(bytes);
  const header: ChunkHeader = {
    field: stream.delta,
    length: stream.length,
    type: stream.type,
    streamId: stream.streamId,
    extended: stream.extended,
  };
  if (format <= 2) {
    header.field = (view.getUint16(0) << 8) | view.getUint8(2);
    header.extended = header.field === 0xffffff;
  }
  if (format <= 1) {
    header.length = (view.getUint16(3) << 8) | view.getUint8(5);
    header.type = view.getUint8(6);
  }
  if (format === 0) header.streamId = view.getUint32(7, true);
  return header;
}

function startMessage(stream: ChunkStream, header: ChunkHeader, format: number, field: number): void {
  stream.length = header.length;
  stream.type = header.type;
  stream.streamId = header.streamId;
  stream.extended = header.extended;
  if (format === 0) {
    stream.time = field;
    // A type 3 chunk that opens a message right after a type 0 one repeats its time stamp as a delta (5.3.1.2.4);
    // no sender in use relies on it and FFmpeg and nginx-rtmp read it as "no change".
    stream.delta = 0;
  } else {
    stream.delta = format === 3 && header.extended ? stream.delta : field;
    stream.time = (stream.time + stream.delta) >>> 0;
  }
}

/** Writes a message as type 0 and type 3 chunks of `chunkSize` bytes (announce it with Set Chunk Size first). */
export function writeRtmpMessage(message: RtmpMessage, chunkStream: number, chunkSize: number): Uint8Array {
  return concatBytes(rtmpChunks(message, chunkStream, chunkSize));
}

/** The same in parts, of which those with the payload are not copied. */
export function rtmpChunks(message: RtmpMessage, chunkStream: number, chunkSize: number): Uint8Array[] {
  const extended = message.time >= 0xffffff;
  const head = new Uint8Array(extended ? 16 : 12);
  const view = viewOf(head);
  head[0] = chunkStream & 0x3f;
  const field = extended ? 0xffffff : message.time;
  view.setUint16(1, field >> 8);
  head[3] = field & 0xff;
  view.setUint16(4, message.payload.length >> 8);
  head[6] = message.payload.length & 0xff;
  head[7] = message.type;
  view.setUint32(8, message.streamId, true);
  if (extended) view.setUint32(12, message.time);
  // Every chunk of a message repeats its extended time stamp (5.3.1.3).
  const next = new Uint8Array(extended ? 5 : 1);
  next[0] = 0xc0 | (chunkStream & 0x3f);
  next.set(head.subarray(12), 1);
  const parts: Uint8Array[] = [head];
  for (let offset = 0; offset < message.payload.length; offset += chunkSize) {
    if (offset > 0) parts.push(next);
    parts.push(message.payload.subarray(offset, offset + chunkSize));
  }
  return parts;
}
