import {
  H264Depacketiser,
  isH264KeyPacket,
  isVp8KeyPacket,
  type RtpPacket,
  Vp8Depacketiser,
} from '@streamus/media-formats';
import type { MediaCodec } from './webrtc.ts';

/** One coded picture, perhaps damaged. */
export type CodedUnit = { readonly timestamp: number; readonly key: boolean; readonly damaged: boolean } & (
  | { readonly codec: 'h264'; readonly nals: readonly Uint8Array[] }
  | { readonly codec: 'vp8'; readonly data: Uint8Array }
);

/** Packets of either codec to pictures. A track whose packets change their codec starts anew. */
export class VideoDepacketiser {
  readonly #codecOf: (payloadType: number) => MediaCodec | undefined;
  #h264 = new H264Depacketiser();
  #vp8 = new Vp8Depacketiser();
  #payloadType: number | undefined;
  #codec: MediaCodec | undefined;

  constructor(codecOf: (payloadType: number) => MediaCodec | undefined) {
    this.#codecOf = codecOf;
  }

  gap(): void {
    this.#h264.gap();
    this.#vp8.gap();
  }

  /** Whether a packet, in whatever order, belongs to a keyframe or begins one. */
  isKey({ payloadType, payload }: RtpPacket): boolean {
    const codec = payloadType === this.#payloadType ? this.#codec : this.#codecOf(payloadType);
    return codec === 'vp8' ? isVp8KeyPacket(payload) : codec === 'h264' && isH264KeyPacket(payload);
  }

  push(packet: RtpPacket): CodedUnit[] {
    if (packet.payloadType !== this.#payloadType) {
      this.#payloadType = packet.payloadType;
      this.#codec = this.#codecOf(packet.payloadType);
      this.#h264 = new H264Depacketiser();
      this.#vp8 = new Vp8Depacketiser();
    }
    if (this.#codec === 'h264') return this.#h264.push(packet).map((unit) => ({ codec: 'h264', ...unit }));
    if (this.#codec === 'vp8') return this.#vp8.push(packet).map((unit) => ({ codec: 'vp8', ...unit }));
    return [];
  }
}
