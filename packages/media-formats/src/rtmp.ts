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

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_CHUNK_STREAMS = 64;
const HEADER_BYTES = [11, 7, 3, 0] as const;

/** Reads the chunk stream after the handshake. Follows Set Chunk Size. Throws RangeError on damaged input. */
export class RtmpReader {
  readonly #queue = new ByteQueue(2 * MAX_MESSAGE_BYTES);
  readonly #streams = new Map<number, ChunkStream>();
  #chunkSize = 128;

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
    const extendedBytes = header.extended ? 4 : 0;
    const headLength = base.length + extendedBytes;
    const withExtended = this.#queue.peek(headLength);
    if (withExtended === undefined) return 'more';
    const field = header.extended ? viewOf(withExtended).getUint32(base.length) : header.field;
    const remaining = header.length - stream.received;
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
      if (size < 1 || size > MAX_MESSAGE_BYTES) throw new RangeError('bad RTMP chunk size');
      this.#chunkSize = size;
    }
    return { type: stream.type, streamId: stream.streamId, time: stream.time >>> 0, payload };
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
  if (header.length > MAX_MESSAGE_BYTES) throw new RangeError('RTMP message too long');
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

/** Writes messages as type 0 and type 3 chunks of `chunkSize` bytes (announce it with Set Chunk Size first). */
export function writeRtmpMessage(message: RtmpMessage, chunkStream: number, chunkSize: number): Uint8Array {
  const extended = message.time >= 0xffffff;
  const head = new Uint8Array(12);
  const view = viewOf(head);
  head[0] = chunkStream & 0x3f;
  const field = extended ? 0xffffff : message.time;
  view.setUint16(1, field >> 8);
  head[3] = field & 0xff;
  view.setUint16(4, message.payload.length >> 8);
  head[6] = message.payload.length & 0xff;
  head[7] = message.type;
  view.setUint32(8, message.streamId, true);
  const stamp = new Uint8Array(extended ? 4 : 0);
  if (extended) viewOf(stamp).setUint32(0, message.time);
  const parts: Uint8Array[] = [head, stamp];
  for (let offset = 0; offset < message.payload.length; offset += chunkSize) {
    if (offset > 0) parts.push(Uint8Array.of(0xc0 | (chunkStream & 0x3f)), stamp);
    parts.push(message.payload.subarray(offset, offset + chunkSize));
  }
  return concatBytes(parts);
}
