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

/** True when an RTP datagram (RFC 3550, 5.1) is as long as its CSRCs and the extension of its header say. */
export function isWholeRtp(datagram: Uint8Array): boolean {
  if (datagram.length < FIXED_HEADER_BYTES) return false;
  const view = viewOf(datagram);
  const first = view.getUint8(0);
  const extensionAt = FIXED_HEADER_BYTES + (first & 0x0f) * 4;
  if ((first & 0x10) === 0) return extensionAt <= datagram.length;
  if (extensionAt + 4 > datagram.length) return false;
  return extensionAt + 4 + view.getUint16(extensionAt + 2) * 4 <= datagram.length;
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
