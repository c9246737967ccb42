export type ProgrammeCodec = 'h264' | 'vp8';

/** What a browser says of one codec that it can encode. */
export interface CodecCapability {
  readonly mimeType: string;
  readonly sdpFmtpLine?: string;
}

/**
 * How this browser encodes the programme: as H.264, which goes to destinations untouched, wherever it can; else as VP8,
 * which every WebRTC browser has and the server converts. A browser that tells nothing is trusted with H.264.
 */
export function programmeCodec(canEncode: readonly CodecCapability[] | null): ProgrammeCodec {
  if (canEncode === null) return 'h264';
  return canEncode.some(isUsableH264) ? 'h264' : 'vp8';
}

/** One picture in several packets needs packetisation mode 1 (RFC 6184 6.3); mode 0 would cap pictures at one packet. */
function isUsableH264({ mimeType, sdpFmtpLine = '' }: CodecCapability): boolean {
  return mimeType.toLowerCase() === 'video/h264' && /(^|;)\s*packetization-mode=1\b/.test(sdpFmtpLine);
}
