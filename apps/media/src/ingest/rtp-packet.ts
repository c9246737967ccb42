import type { RtpPacket } from '@streamus/media-formats';
import type { RtpPacket as WeriftPacket } from 'werift';

/** What the media path needs of a packet that werift has read. */
export function packetOf({ header, payload }: Pick<WeriftPacket, 'header' | 'payload'>): RtpPacket {
  return {
    payloadType: header.payloadType,
    marker: header.marker,
    sequence: header.sequenceNumber,
    timestamp: header.timestamp,
    ssrc: header.ssrc,
    payload,
  };
}
