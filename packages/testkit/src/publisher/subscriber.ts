import { SessionDescription, type SignalRequest, SignalTarget, TrickleRequest } from '@livekit/protocol';
import { RTCPeerConnection } from 'werift';

/** The half of a person's connection on which others would be heard; nothing is asked for. */
export interface Subscriber {
  /** The server's offer, at first and again. */
  offer(sdp: string): Promise<void>;
  candidate(candidate: string, sdpMid: string): Promise<void>;
  close(): Promise<void>;
}

/** Whoever may subscribe and does not connect this half is sent away a minute later (LiveKit 1.13.5). */
export function createSubscriber(send: (message: SignalRequest['message']) => void): Subscriber {
  const peer = new RTCPeerConnection({
    iceServers: [],
    bundlePolicy: 'max-bundle',
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  peer.onIceCandidate.subscribe((found) => {
    if (found === undefined) return;
    const { candidate, sdpMid, sdpMLineIndex } = found;
    const candidateInit = JSON.stringify({ candidate, sdpMid, sdpMLineIndex });
    send({ case: 'trickle', value: new TrickleRequest({ candidateInit, target: SignalTarget.SUBSCRIBER }) });
  });
  return {
    async offer(sdp) {
      await peer.setRemoteDescription({ type: 'offer', sdp });
      await peer.setLocalDescription(await peer.createAnswer());
      const answer = peer.localDescription?.sdp ?? '';
      send({ case: 'answer', value: new SessionDescription({ type: 'answer', sdp: answer }) });
    },
    candidate: (candidate, sdpMid) => peer.addIceCandidate({ candidate, sdpMid }),
    close: () => peer.close(),
  };
}
