import type { RtpPacket, SenderReport } from '@streamus/media-formats';

export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

export type MediaCodec = 'h264' | 'vp8' | 'opus';

/** A track that arrives over WebRTC. Packets come in the order of arrival, retransmissions included. */
export interface IncomingTrack {
  readonly kind: 'audio' | 'video';
  /** The track id of the SDP; LiveKit puts its track sid there. */
  readonly id: string;
  /** What was agreed on for a payload type. */
  codecOf(payloadType: number): MediaCodec | undefined;
  onPacket(listener: (packet: RtpPacket) => void): void;
  onReport(listener: (report: SenderReport) => void): void;
  /** Picture loss indication for `ssrc`. */
  requestKeyframe(ssrc: number): void;
  /** Full intra request for `ssrc`: for senders that do not act on the indication. */
  demandKeyframe(ssrc: number): void;
  /** Generic NACK for 16-bit sequence numbers of `ssrc`. */
  requestAgain(ssrc: number, sequences: readonly number[]): void;
}

/** Receive-only peer connection: the far side offers, this side answers. */
export interface WebRtcReceiver {
  /** Applies a remote offer and returns the answer's SDP. */
  answer(offer: string): Promise<string>;
  addCandidate(candidate: {
    readonly candidate: string;
    readonly sdpMid: string | null;
    readonly sdpMLineIndex: number | null;
  }): Promise<void>;
  close(): Promise<void>;
}

export interface WebRtcReceiverEvents {
  candidate(candidate: {
    readonly candidate: string;
    readonly sdpMid: string;
    readonly sdpMLineIndex: number;
  }): void;
  track(track: IncomingTrack): void;
  /** The transport is gone for good. */
  failed(): void;
}
