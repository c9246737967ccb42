import {
  AddTrackRequest,
  SessionDescription,
  SignalRequest,
  SignalResponse,
  SignalTarget,
  TrackSource,
  TrackType,
  TrickleRequest,
} from '@livekit/protocol';
import {
  MediaStreamTrack,
  RTCPeerConnection,
  RTCRtpCodecParameters,
  type RTCRtpSender,
  RtcpSenderInfo,
  RtcpSrPacket,
} from 'werift';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clip, ClipCodec } from './media-file.ts';
import { AUDIO_TYPE, createPump, type SentCounters, VIDEO_TYPES } from './pump.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';

export { type Clip, type ClipOptions, makeClip } from './media-file.ts';

export interface Publisher {
  /** Resolves when media is flowing. */
  readonly started: Promise<void>;
  /** Stops sending but stays in the room. */
  pause(): void;
  resume(): void;
  /** Goes on with another clip of the same codec and rate, in the same track. */
  show(clip: Clip): void;
  /** Counters of what was sent. */
  readonly sent: SentCounters;
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly url: string;
  readonly token: string;
  readonly clip: Clip;
  readonly videoName?: string;
  readonly audioName?: string;
  /** What the tracks say they are: a person's camera and microphone, or (unless told) nothing. */
  readonly source?: 'person' | 'unknown';
  /** 16-bit RTP sequence number of the first video packet. */
  readonly firstSequence?: number;
  /** Loss on the wire: tells whether the video packet with this 16-bit number gets through, the first time or `again`. */
  readonly keep?: (sequence: number, again: boolean) => boolean;
}

const candidateSchema = z.object({ candidate: z.string(), sdpMid: z.string().nullish() });
const PING_MS = 5_000;
const REPORT_MS = 1_000;
/** 1900 to 1970 in seconds. */
const NTP_EPOCH_OFFSET = 2_208_988_800;

/**
 * Publishes a clip into a LiveKit room without a browser: signalling v0, publisher side. Keyframes come where the clip
 * has them, whatever is asked for.
 */
export function publishClip(options: PublisherOptions): Publisher {
  const peer = createPeer(options.clip.codec);
  const video = new MediaStreamTrack({ kind: 'video' });
  const audio = new MediaStreamTrack({ kind: 'audio' });
  const senders = [video, audio].map((track) => peer.addTransceiver(track, { direction: 'sendonly' }).sender);
  // werift's sender reports lose the fraction of the second; ours replace them.
  for (const sender of senders) sender.rtcpRunning = true;
  const pump = createPump(options, video, audio);
  const reporter = setInterval(() => {
    for (const sender of senders) sendReport(sender, pump.elapsedMs());
  }, REPORT_MS);
  const socket = new WebSocket(signallingUrl(options));
  const send = (message: SignalRequest['message']) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(new SignalRequest({ message }).toBinary());
  };
  const pinger = setInterval(() => send({ case: 'ping', value: BigInt(Date.now()) }), PING_MS);
  peer.onIceCandidate.subscribe((candidate) => {
    if (candidate === undefined) return;
    const { sdpMid, sdpMLineIndex } = candidate;
    const candidateInit = JSON.stringify({ candidate: candidate.candidate, sdpMid, sdpMLineIndex });
    send({ case: 'trickle', value: new TrickleRequest({ candidateInit, target: SignalTarget.PUBLISHER }) });
  });
  let subscriber: Subscriber | undefined;
  let published = 0;
  const handle = async ({ message }: SignalResponse): Promise<void> => {
    if (message.case === 'join') {
      send({
        case: 'addTrack',
        value: trackRequest(options, TrackType.VIDEO, video),
      });
      send({
        case: 'addTrack',
        value: trackRequest(options, TrackType.AUDIO, audio),
      });
    } else if (message.case === 'trackPublished') {
      published += 1;
      if (published < 2) return;
      await peer.setLocalDescription(await peer.createOffer());
      const sdp = peer.localDescription?.sdp ?? '';
      send({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp }) });
    } else if (message.case === 'answer') {
      await peer.setRemoteDescription({ type: 'answer', sdp: message.value.sdp });
    } else if (message.case === 'offer') {
      subscriber ??= createSubscriber(send);
      await subscriber.offer(message.value.sdp);
    } else if (message.case === 'trickle') {
      const { candidate, sdpMid } = candidateSchema.parse(JSON.parse(message.value.candidateInit));
      if (message.value.target === SignalTarget.PUBLISHER)
        await peer.addIceCandidate({ candidate, sdpMid: sdpMid ?? '0' });
      else await subscriber?.candidate(candidate, sdpMid ?? '0');
    }
  };
  const started = new Promise<void>((resolve, reject) => {
    socket.on('error', (error) => reject(new Error(`publisher socket: ${error.message}`)));
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) handle(SignalResponse.fromBinary(data)).catch(reject);
    });
    peer.connectionStateChange.subscribe((state) => {
      if (state === 'failed') reject(new Error('publisher transport failed'));
      if (state !== 'connected') return;
      const [videoSender] = senders;
      if (videoSender !== undefined) losePackets(videoSender, options, pump.sent);
      pump.start();
      resolve();
    });
  });
  return {
    started,
    sent: pump.sent,
    pause: () => pump.pause(),
    resume: () => pump.start(),
    show: (clip) => pump.show(clip),
    async close() {
      pump.pause();
      clearInterval(pinger);
      clearInterval(reporter);
      socket.terminate();
      await subscriber?.close();
      await peer.close();
    },
  };
}

/** Puts `keep` between the sender, which remembers what it sent, and the wire. */
function losePackets(
  { dtlsTransport }: RTCRtpSender,
  { keep, clip }: PublisherOptions,
  sent: SentCounters,
): void {
  if (keep === undefined) return;
  const seen = new Set<number>();
  const sendRtp = dtlsTransport.sendRtp.bind(dtlsTransport);
  dtlsTransport.sendRtp = async (payload, header) => {
    if (header.payloadType !== VIDEO_TYPES[clip.codec]) return sendRtp(payload, header);
    const sequence = header.sequenceNumber;
    const again = seen.has(sequence);
    seen.add(sequence);
    // Half the number space away: comes again as a new packet.
    seen.delete((sequence + 0x8000) & 0xffff);
    if (again) sent.repeated += 1;
    if (keep(sequence, again)) return sendRtp(payload, header);
    sent.lost += 1;
    return 0;
  };
}

function sendReport(sender: RTCRtpSender, elapsedMs: number | undefined): void {
  if (elapsedMs === undefined || sender.dtlsTransport.state !== 'connected') return;
  const wallMs = performance.timeOrigin + performance.now();
  const rate = sender.kind === 'video' ? 90 : 48;
  const report = new RtcpSrPacket({
    ssrc: sender.ssrc,
    senderInfo: new RtcpSenderInfo({
      ntpTimestamp: BigInt(Math.round((wallMs / 1000 + NTP_EPOCH_OFFSET) * 2 ** 32)),
      rtpTimestamp: Math.round(elapsedMs * rate) >>> 0,
      packetCount: 0,
      octetCount: 0,
    }),
  });
  // A report that is not sent is followed by the next one.
  sender.dtlsTransport.sendRtcp([report]).catch(() => undefined);
}

function createPeer(codec: ClipCodec): RTCPeerConnection {
  const video = new RTCRtpCodecParameters({
    mimeType: codec === 'vp8' ? 'video/VP8' : 'video/H264',
    clockRate: 90_000,
    payloadType: VIDEO_TYPES[codec],
    rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
    ...(codec === 'vp8'
      ? {}
      : { parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f' }),
  });
  const audio = new RTCRtpCodecParameters({
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    payloadType: AUDIO_TYPE,
  });
  return new RTCPeerConnection({
    codecs: { video: [video], audio: [audio] },
    iceServers: [],
    // werift forgets to close the transports that bundling leaves unused.
    bundlePolicy: 'max-bundle',
    iceUseTcp: true,
    iceTcpPassive: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
}

function signallingUrl({ url, token }: PublisherOptions): URL {
  const target = new URL('rtc', `${url}/`);
  target.protocol = target.protocol.replace('http', 'ws');
  target.search = new URLSearchParams({
    access_token: token,
    auto_subscribe: '0',
    protocol: '16',
    sdk: 'js',
    version: '2.0.0',
  }).toString();
  return target;
}

function trackRequest(options: PublisherOptions, type: TrackType, track: MediaStreamTrack): AddTrackRequest {
  const { videoName = 'program-video', audioName = 'program-audio', source = 'unknown' } = options;
  const name = type === TrackType.VIDEO ? videoName : audioName;
  const personal = type === TrackType.VIDEO ? TrackSource.CAMERA : TrackSource.MICROPHONE;
  return new AddTrackRequest({
    cid: track.id ?? name,
    name,
    type,
    source: source === 'person' ? personal : TrackSource.UNKNOWN,
    disableRed: true,
    disableDtx: true,
  });
}
