import {
  GenericNack,
  type MediaStreamTrack,
  type RTCDtlsTransport,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpTransceiver,
  RtcpPayloadSpecificFeedback,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
} from 'werift';
import { checkStunRequests } from './check-stun-requests.ts';
import { dropBrokenRtp } from './drop-broken-rtp.ts';
import { FullIntraRequest } from './full-intra-request.ts';
import { keepKeyObjects, silenceBuiltInFeedback, widenSockets } from './lighter-werift.ts';
import { packetOf } from './rtp-packet.ts';
import type { IceServer, IncomingTrack, MediaCodec, WebRtcReceiver, WebRtcReceiverEvents } from './webrtc.ts';

/** Payload types and parameters that LiveKit 1.13.5 was measured to accept (media research 1.8). */
const VIDEO_FEEDBACK = [
  { type: 'nack' },
  { type: 'nack', parameter: 'pli' },
  { type: 'ccm', parameter: 'fir' },
];
const VIDEO_CODECS = [
  new RTCRtpCodecParameters({
    mimeType: 'video/H264',
    clockRate: 90_000,
    payloadType: 125,
    rtcpFeedback: VIDEO_FEEDBACK,
    parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
  }),
  // From a browser without an H.264 encoder.
  new RTCRtpCodecParameters({
    mimeType: 'video/VP8',
    clockRate: 90_000,
    payloadType: 96,
    rtcpFeedback: VIDEO_FEEDBACK,
  }),
];
const AUDIO_CODEC = new RTCRtpCodecParameters({
  mimeType: 'audio/opus',
  clockRate: 48_000,
  channels: 2,
  payloadType: 111,
  rtcpFeedback: [{ type: 'nack' }],
});
const CODECS: Readonly<Record<string, MediaCodec>> = {
  'video/h264': 'h264',
  'video/vp8': 'vp8',
  'audio/opus': 'opus',
};

export function createWeriftReceiver(
  iceServers: readonly IceServer[],
  extraHostAddresses: readonly string[],
  events: WebRtcReceiverEvents,
): WebRtcReceiver {
  const peer = new RTCPeerConnection({
    codecs: { video: VIDEO_CODECS, audio: [AUDIO_CODEC] },
    // Where UDP is blocked LiveKit is reached over TCP; werift dials, it need not listen.
    iceUseTcp: true,
    iceTcpPassive: false,
    // LiveKit is reached directly or by TURN. werift waits 5 s for a STUN server that does not answer, and the one that
    // browsers are given on a single machine is none.
    iceServers: iceServers.flatMap(({ urls, username, credential }) => {
      const relays = urls.filter((url) => url.startsWith('turn'));
      return relays.length === 0 ? [] : [{ urls: relays, username, credential }];
    }),
    iceAdditionalHostAddresses: [...extraHostAddresses],
  });
  peer.onIceCandidate.subscribe((candidate) => {
    if (candidate === undefined || candidate.candidate === '') return;
    events.candidate({
      candidate: candidate.candidate,
      sdpMid: candidate.sdpMid ?? '0',
      sdpMLineIndex: candidate.sdpMLineIndex ?? 0,
    });
  });
  peer.connectionStateChange.subscribe((state) => {
    if (state === 'failed' || state === 'disconnected') events.failed();
  });
  // The transceiver's own onTrack fires before the remote track id is known.
  peer.ontrack = ({ track, transceiver }) => {
    const incoming = incomingTrack(transceiver, track);
    if (incoming !== undefined) events.track(incoming);
  };
  const lightened = new WeakSet<RTCDtlsTransport>();
  const lighten = (transport: RTCDtlsTransport): void => {
    if (lightened.has(transport)) return;
    lightened.add(transport);
    dropBrokenRtp(transport.iceTransport);
    checkStunRequests(transport.iceTransport);
    const connected = (): void => {
      keepKeyObjects(transport);
      widenSockets(transport);
    };
    if (transport.state === 'connected') connected();
    else transport.onStateChange.subscribe((state) => state === 'connected' && connected());
  };
  return {
    async answer(offer) {
      await peer.setRemoteDescription({ type: 'offer', sdp: offer });
      const answer = await peer.createAnswer();
      await peer.setLocalDescription(answer);
      for (const transport of peer.dtlsTransports) lighten(transport);
      return peer.localDescription?.sdp ?? answer.sdp;
    },
    addCandidate: (candidate) =>
      peer.addIceCandidate({
        candidate: candidate.candidate,
        ...(candidate.sdpMid === null ? {} : { sdpMid: candidate.sdpMid }),
        ...(candidate.sdpMLineIndex === null ? {} : { sdpMLineIndex: candidate.sdpMLineIndex }),
      }),
    close: () => peer.close(),
  };
}

function incomingTrack(transceiver: RTCRtpTransceiver, track: MediaStreamTrack): IncomingTrack | undefined {
  const { receiver } = transceiver;
  if (track.kind !== 'audio' && track.kind !== 'video') return undefined;
  silenceBuiltInFeedback(receiver);
  let demands = 0;
  const send = (packet: RtcpTransportLayerFeedback | RtcpPayloadSpecificFeedback): void => {
    // A request lost with its transport is not worth more than this: the transport's failure is an event of its own.
    receiver.dtlsTransport.sendRtcp([packet]).catch(() => undefined);
  };
  return {
    kind: track.kind,
    id: receiver.remoteTrackId ?? track.id ?? '',
    codecOf: (payloadType) => {
      const codec = transceiver.codecs.find((agreed) => agreed.payloadType === payloadType);
      return codec === undefined ? undefined : CODECS[codec.mimeType.toLowerCase()];
    },
    onPacket(listener) {
      track.onReceiveRtp.subscribe((packet) => listener(packetOf(packet)));
    },
    onReport(listener) {
      track.onReceiveRtcp.subscribe((packet) => {
        if (!(packet instanceof RtcpSrPacket)) return;
        const { ntpTimestamp, rtpTimestamp } = packet.senderInfo;
        listener({ wallMs: (Number(ntpTimestamp) / 2 ** 32) * 1000, rtpTimestamp });
      });
    },
    requestKeyframe(ssrc) {
      receiver.sendRtcpPLI(ssrc).catch(() => undefined);
    },
    demandKeyframe(ssrc) {
      demands += 1;
      const feedback = new FullIntraRequest(receiver.rtcpSsrc, ssrc, demands);
      send(new RtcpPayloadSpecificFeedback({ feedback }));
    },
    requestAgain(ssrc, sequences) {
      const feedback = new GenericNack({
        senderSsrc: receiver.rtcpSsrc,
        mediaSourceSsrc: ssrc,
        lost: [...sequences],
      });
      send(new RtcpTransportLayerFeedback({ feedback }));
    },
  };
}
