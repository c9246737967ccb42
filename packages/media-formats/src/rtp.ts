import { viewOf } from './bytes.ts';

/** What the media path needs of one RTP packet (RFC 3550). `payload` has no padding. */
export interface RtpPacket {
  readonly payloadType: number;
  readonly marker: boolean;
  /** 16 bits, wraps. */
  readonly sequence: number;
  /** 32 bits, wraps; unit is the codec's clock. */
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Uint8Array;
}

const FIXED_HEADER_BYTES = 12;

/** Parses one datagram; undefined when it is not a well-formed RTP version 2 packet. Skips CSRCs and header extensions. */
export function parseRtp(datagram: Uint8Array): RtpPacket | undefined {
  if (datagram.length < FIXED_HEADER_BYTES) return undefined;
  const view = viewOf(datagram);
  const first = view.getUint8(0);
  if (first >> 6 !== 2) return undefined;
  let start = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (start + 4 > datagram.length) return undefined;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  let end = datagram.length;
  if ((first & 0x20) !== 0) {
    const padding = view.getUint8(datagram.length - 1);
    if (padding === 0) return undefined;
    end -= padding;
  }
  if (start > end) return undefined;
  const second = view.getUint8(1);
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: datagram.subarray(start, end),
  };
}

/** Builds a datagram without extensions, CSRCs or padding. */
export function buildRtp(packet: RtpPacket): Uint8Array<ArrayBuffer> {
  const datagram = new Uint8Array(FIXED_HEADER_BYTES + packet.payload.length);
  const view = viewOf(datagram);
  view.setUint8(0, 0x80);
  view.setUint8(1, (packet.marker ? 0x80 : 0) | (packet.payloadType & 0x7f));
  view.setUint16(2, packet.sequence);
  view.setUint32(4, packet.timestamp >>> 0);
  view.setUint32(8, packet.ssrc >>> 0);
  datagram.set(packet.payload, FIXED_HEADER_BYTES);
  return datagram;
}
