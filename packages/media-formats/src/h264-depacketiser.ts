import { concatBytes } from './bytes.ts';
import { NAL_IDR, NAL_SLICE, NAL_SPS, nalType } from './h264-nal.ts';
import type { RtpPacket } from './rtp.ts';

/** One coded picture as it was sent: NAL units without start codes or lengths. */
export interface AccessUnit {
  readonly timestamp: number;
  readonly nals: readonly Uint8Array[];
  readonly key: boolean;
  /** Something of this picture, or between it and the one before that it needs, was lost. */
  readonly damaged: boolean;
}

const STAP_A = 24;
const FU_A = 28;
/** A 4K IDR at 50 Mbit/s stays far below; beyond this a sender is broken or hostile. */
const MAX_UNIT_BYTES = 8 * 1024 * 1024;

/** Whether a packet belongs to a keyframe: parameter sets or an IDR picture, alone, first in an aggregate, or a fragment. */
export function isH264KeyPacket(payload: Uint8Array): boolean {
  const type = carriedType(payload);
  return type === NAL_IDR || type === NAL_SPS;
}

/** Type of the NAL unit that a packet carries: the only one, the first, or the one it is a part of. */
function carriedType(payload: Uint8Array): number {
  const type = nalType(payload);
  if (type !== STAP_A && type !== FU_A) return type;
  return (payload[type === STAP_A ? 3 : 1] ?? 0) & 0x1f;
}

/** RFC 6184 packetisation mode 1 -> access units. Feed it packets in order and tell it of gaps. */
export class H264Depacketiser {
  #nals: Uint8Array[] = [];
  #bytes = 0;
  #fragments: Uint8Array[] = [];
  #timestamp: number | undefined;
  #damaged = false;

  /** Packets are missing here. */
  gap(): void {
    this.#damaged = true;
    this.#fragments = [];
  }

  /** Returns the access units that this packet completed: none, one, or two when a marker bit was missing. */
  push(packet: RtpPacket): AccessUnit[] {
    const done: AccessUnit[] = [];
    if (this.#timestamp !== undefined && this.#timestamp !== packet.timestamp) {
      // The marker packet of the picture before never came.
      if (this.#fragments.length > 0) this.#damaged = true;
      this.#finish(done);
    }
    if (packet.payload.length === 0) return done;
    // What is missing before the first packet of a keyframe is nothing of it, and nothing that it needs.
    if (this.#timestamp === undefined && carriedType(packet.payload) === NAL_SPS) this.#damaged = false;
    this.#timestamp = packet.timestamp;
    this.#take(packet.payload);
    if (packet.marker) this.#finish(done);
    return done;
  }

  #take(payload: Uint8Array): void {
    const type = nalType(payload);
    if (type === STAP_A) this.#takeAggregate(payload);
    else if (type === FU_A) this.#takeFragment(payload);
    else if (type >= 1 && type <= 23) this.#add(payload);
    else this.#damaged = true;
  }

  #takeAggregate(payload: Uint8Array): void {
    let offset = 1;
    while (offset + 2 <= payload.length) {
      const size = ((payload[offset] ?? 0) << 8) | (payload[offset + 1] ?? 0);
      offset += 2;
      if (size === 0 || offset + size > payload.length) {
        this.#damaged = true;
        return;
      }
      this.#add(payload.subarray(offset, offset + size));
      offset += size;
    }
  }

  #takeFragment(payload: Uint8Array): void {
    const indicator = payload[0];
    const header = payload[1];
    if (indicator === undefined || header === undefined) {
      this.#damaged = true;
      return;
    }
    const start = (header & 0x80) !== 0;
    if (start) {
      if (this.#fragments.length > 0) this.#damaged = true;
      this.#fragments = [Uint8Array.of((indicator & 0xe0) | (header & 0x1f))];
    } else if (this.#fragments.length === 0) {
      this.#damaged = true;
      return;
    }
    this.#fragments.push(payload.subarray(2));
    this.#count(payload.length);
    if ((header & 0x40) !== 0) {
      const nal = concatBytes(this.#fragments);
      this.#fragments = [];
      this.#nals.push(nal);
    }
  }

  #add(nal: Uint8Array): void {
    this.#nals.push(nal);
    this.#count(nal.length);
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= MAX_UNIT_BYTES) return;
    this.#nals = [];
    this.#fragments = [];
    this.#bytes = 0;
    this.#damaged = true;
  }

  #finish(done: AccessUnit[]): void {
    if (this.#fragments.length > 0) this.#damaged = true;
    const coded = this.#nals.some((nal) => nalType(nal) >= NAL_SLICE && nalType(nal) <= NAL_IDR);
    if (this.#timestamp !== undefined && (coded || this.#damaged)) {
      done.push({
        timestamp: this.#timestamp,
        nals: this.#nals,
        key: this.#nals.some((nal) => nalType(nal) === NAL_IDR),
        damaged: this.#damaged,
      });
      this.#nals = [];
      this.#damaged = false;
    }
    // Parameter sets sent ahead with a time stamp of their own stay and join the picture that follows.
    this.#bytes = 0;
    for (const nal of this.#nals) this.#bytes += nal.length;
    this.#fragments = [];
    this.#timestamp = undefined;
  }
}
