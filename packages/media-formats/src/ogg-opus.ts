import { asciiBytes, concatBytes, viewOf } from './bytes.ts';
import { opusSamples } from './opus.ts';

/** Ogg's CRC: polynomial 0x04c11db7, no reflection, zero start (RFC 3533). */
const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80000000) !== 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

function oggCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) ^ (crcTable[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0;
  return crc;
}

/**
 * Wraps Opus packets in Ogg, one packet a page, so that a reader gets each packet the moment it is written (RFC 7845).
 * Pre-skip is zero: time is counted from the first packet.
 */
export class OggOpusMuxer {
  #page = 0;
  #granule = 0;
  readonly #serial: number;

  constructor(serial: number) {
    this.#serial = serial >>> 0;
  }

  /** The two header pages; write them first. */
  headers(channels: 1 | 2): Uint8Array {
    const head = new Uint8Array(19);
    head.set(asciiBytes('OpusHead'));
    head[8] = 1;
    head[9] = channels;
    viewOf(head).setUint32(12, 48_000, true);
    const vendor = asciiBytes('streamus');
    const tags = new Uint8Array(16 + vendor.length);
    tags.set(asciiBytes('OpusTags'));
    viewOf(tags).setUint32(8, vendor.length, true);
    tags.set(vendor, 12);
    return concatBytes([this.#wrap(head, 0x02), this.#wrap(tags, 0)]);
  }

  /** One page holding one packet; an empty array for a malformed packet. */
  packet(packet: Uint8Array): Uint8Array {
    const samples = opusSamples(packet);
    if (samples === 0 || packet.length > 255 * 254) return new Uint8Array(0);
    this.#granule += samples;
    return this.#wrap(packet, 0);
  }

  #wrap(payload: Uint8Array, flags: number): Uint8Array {
    const segments = Math.floor(payload.length / 255) + 1;
    const page = new Uint8Array(27 + segments + payload.length);
    const view = viewOf(page);
    page.set(asciiBytes('OggS'));
    page[5] = flags;
    view.setBigUint64(6, BigInt(this.#granule), true);
    view.setUint32(14, this.#serial, true);
    view.setUint32(18, this.#page, true);
    page[26] = segments;
    page.fill(255, 27, 27 + segments - 1);
    page[26 + segments] = payload.length % 255;
    page.set(payload, 27 + segments);
    view.setUint32(22, oggCrc(page), true);
    this.#page += 1;
    return page;
  }
}
