import { concatBytes } from './bytes.ts';
import type { RtpPacket } from './rtp.ts';

/** One coded VP8 picture. */
export interface Vp8Frame {
  readonly timestamp: number;
  readonly data: Uint8Array;
  readonly key: boolean;
  /** Something of this picture, or between it and the one before that it needs, was lost. */
  readonly damaged: boolean;
}

/** As for H.264: beyond this a sender is broken or hostile. */
const MAX_FRAME_BYTES = 8 * 1024 * 1024;

/** RFC 7741 -> pictures. Feed it packets in order and tell it of gaps. */
export class Vp8Depacketiser {
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #timestamp: number | undefined;
  #damaged = false;

  /** Packets are missing here. */
  gap(): void {
    this.#damaged = true;
  }

  /** Returns the pictures that this packet completed: none, one, or two when a marker bit was missing. */
  push(packet: RtpPacket): Vp8Frame[] {
    const done: Vp8Frame[] = [];
    if (this.#timestamp !== undefined && this.#timestamp !== packet.timestamp) this.#finish(done);
    if (packet.payload.length === 0) return done;
    this.#take(packet);
    if (packet.marker) this.#finish(done);
    return done;
  }

  #take({ payload, timestamp }: RtpPacket): void {
    const start = descriptorLength(payload);
    if (this.#timestamp === undefined && !beginsPicture(payload)) this.#damaged = true;
    // What is missing before a keyframe is nothing that it needs.
    if (this.#timestamp === undefined && isVp8KeyPacket(payload)) this.#damaged = false;
    this.#timestamp = timestamp;
    if (start === undefined || start >= payload.length) {
      this.#damaged = true;
      return;
    }
    this.#bytes += payload.length - start;
    if (this.#bytes > MAX_FRAME_BYTES) {
      this.#parts = [];
      this.#damaged = true;
      return;
    }
    this.#parts.push(payload.subarray(start));
  }

  #finish(done: Vp8Frame[]): void {
    const data = concatBytes(this.#parts);
    if (this.#timestamp !== undefined && (data.length > 0 || this.#damaged)) {
      done.push({ timestamp: this.#timestamp, data, key: isKey(data[0]), damaged: this.#damaged });
    }
    this.#parts = [];
    this.#bytes = 0;
    this.#timestamp = undefined;
    this.#damaged = false;
  }
}

/** The lowest bit of a picture's first byte is 0 for a keyframe (RFC 6386 9.1). */
const isKey = (first: number | undefined): boolean => first !== undefined && (first & 1) === 0;

/** Whether the first partition of a picture begins with this packet (RFC 7741 4.2). */
function beginsPicture(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0;
  return (first & 0x10) !== 0 && (first & 0x07) === 0;
}

/** Whether a packet begins a keyframe. */
export function isVp8KeyPacket(payload: Uint8Array): boolean {
  const start = descriptorLength(payload);
  return start !== undefined && beginsPicture(payload) && isKey(payload[start]);
}

/** Bytes of the payload descriptor (RFC 7741 4.2); undefined when it is cut short. */
function descriptorLength(payload: Uint8Array): number | undefined {
  const first = payload[0];
  if (first === undefined) return undefined;
  if ((first & 0x80) === 0) return 1;
  const extension = payload[1];
  if (extension === undefined) return undefined;
  let length = 2;
  if ((extension & 0x80) !== 0) length += ((payload[2] ?? 0) & 0x80) === 0 ? 1 : 2;
  if ((extension & 0x40) !== 0) length += 1;
  if ((extension & 0x30) !== 0) length += 1;
  return length <= payload.length ? length : undefined;
}

/** Size of the picture in pixels that a VP8 keyframe announces (RFC 6386 9.1); undefined when it is damaged. */
export function vp8KeyframeSize(data: Uint8Array): { width: number; height: number } | undefined {
  if (data.length < 10 || !isKey(data[0])) return undefined;
  if (data[3] !== 0x9d || data[4] !== 0x01 || data[5] !== 0x2a) return undefined;
  const width = ((data[6] ?? 0) | ((data[7] ?? 0) << 8)) & 0x3fff;
  const height = ((data[8] ?? 0) | ((data[9] ?? 0) << 8)) & 0x3fff;
  return width === 0 || height === 0 ? undefined : { width, height };
}
