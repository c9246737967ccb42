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
import { buildRtp } from '@streamus/media-formats';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Clip } from './media-file.ts';
import { packetiseH264 } from './packetise.ts';

export { type Clip, makeClip } from './media-file.ts';

export interface Publisher {
  /** Resolves when media is flowing. */
  readonly started: Promise<void>;
  /** Stops sending but stays in the room. */
  pause(): void;
  resume(): void;
  /** Counters of what was sent. */
  readonly sent: { pictures: number; packets: number };
  close(): Promise<void>;
}

export interface PublisherOptions {
  readonly url: string;
  readonly token: string;
  readonly clip: Clip;
  readonly videoName?: string;
  readonly audioName?: string;
  /** 16-bit RTP sequence number of the first video packet. */
  readonly firstSequence?: number;
  /** Tells whether to send the n-th video packet; for loss. */
  readonly keep?: (index: number) => boolean;
}

const candidateSchema = z.object({ candidate: z.string(), sdpMid: z.string().nullish() });

/**
 * Publishes a clip into a LiveKit room without a browser: signalling v0, publisher side. Answers a picture loss
 * indication by jumping to the clip's next keyframe, as an encoder would make one.
 */
export function publishClip(options: PublisherOptions): Publisher {
  const peer = new RTCPeerConnection({
    codecs: {
      video: [
        new RTCRtpCodecParameters({
          mimeType: 'video/H264',
          clockRate: 90_000,
          payloadType: 125,
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
          parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        }),
      ],
      audio: [
        new RTCRtpCodecParameters({
          mimeType: 'audio/opus',
          clockRate: 48_000,
          channels: 2,
          payloadType: 111,
        }),
      ],
    },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  const video = new MediaStreamTrack({ kind: 'video' });
  const audio = new MediaStreamTrack({ kind: 'audio' });
  const videoTransceiver = peer.addTransceiver(video, { direction: 'sendonly' });
  peer.addTransceiver(audio, { direction: 'sendonly' });
  const pump = createPump(options, video, audio);
  videoTransceiver.sender.onPictureLossIndication.subscribe(() => pump.keyframe());

  const target = new URL('rtc', `${options.url}/`);
  target.protocol = target.protocol.replace('http', 'ws');
  target.search = new URLSearchParams({
    access_token: options.token,
    auto_subscribe: '0',
    protocol: '16',
    sdk: 'js',
    version: '2.0.0',
  }).toString();
  const socket = new WebSocket(target);
  const send = (message: SignalRequest['message']) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(new SignalRequest({ message }).toBinary());
  };
  const pinger = setInterval(() => send({ case: 'ping', value: BigInt(Date.now()) }), 5_000);
  const started = new Promise<void>((resolve, reject) => {
    socket.on('error', (error) => reject(new Error(`publisher socket: ${error.message}`)));
    peer.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        pump.start();
        resolve();
      } else if (state === 'failed') reject(new Error('publisher transport failed'));
    });
    let published = 0;
    socket.on('message', (data) => {
      if (!Buffer.isBuffer(data)) return;
      const { message } = SignalResponse.fromBinary(data);
      const handle = async (): Promise<void> => {
        if (message.case === 'join') {
          send({
            case: 'addTrack',
            value: new AddTrackRequest({
              cid: video.id ?? 'v',
              name: options.videoName ?? 'program-video',
              type: TrackType.VIDEO,
              source: TrackSource.UNKNOWN,
            }),
          });
          send({
            case: 'addTrack',
            value: new AddTrackRequest({
              cid: audio.id ?? 'a',
              name: options.audioName ?? 'program-audio',
              type: TrackType.AUDIO,
              source: TrackSource.UNKNOWN,
              disableRed: true,
              disableDtx: true,
            }),
          });
        } else if (message.case === 'trackPublished') {
          published += 1;
          if (published < 2) return;
          await peer.setLocalDescription(await peer.createOffer());
          send({
            case: 'offer',
            value: new SessionDescription({ type: 'offer', sdp: peer.localDescription?.sdp ?? '' }),
          });
        } else if (message.case === 'answer') {
          await peer.setRemoteDescription({ type: 'answer', sdp: message.value.sdp });
        } else if (message.case === 'trickle' && message.value.target === SignalTarget.PUBLISHER) {
          const { candidate, sdpMid } = candidateSchema.parse(JSON.parse(message.value.candidateInit));
          await peer.addIceCandidate({ candidate, sdpMid: sdpMid ?? '0' });
        }
      };
      handle().catch(reject);
    });
  });
  peer.onIceCandidate.subscribe((candidate) => {
    if (candidate === undefined) return;
    send({
      case: 'trickle',
      value: new TrickleRequest({
        candidateInit: JSON.stringify({
          candidate: candidate.candidate,
          sdpMid: candidate.sdpMid,
          sdpMLineIndex: candidate.sdpMLineIndex,
        }),
        target: SignalTarget.PUBLISHER,
      }),
    });
  });
  return {
    started,
    sent: pump.sent,
    pause: () => pump.pause(),
    resume: () => pump.start(),
    async close() {
      pump.pause();
      clearInterval(pinger);
      socket.terminate();
      await peer.close();
    },
  };
}

function createPump(options: PublisherOptions, video: MediaStreamTrack, audio: MediaStreamTrack) {
  const { clip } = options;
  const sent = { pictures: 0, packets: 0 };
  let timer: NodeJS.Timeout | undefined;
  let origin = 0;
  let pictureCount = 0;
  let packetCount = 0;
  let position = 0;
  let sequence = options.firstSequence ?? 1_000;
  let audioSequence = 1;
  let videoIndex = 0;
  const sendPicture = (): void => {
    const picture = clip.pictures[position % clip.pictures.length];
    position += 1;
    if (picture === undefined) return;
    const payloads = packetiseH264(picture.nals);
    payloads.forEach((payload, index) => {
      const rtp = buildRtp({
        payloadType: 125,
        marker: index === payloads.length - 1,
        sequence: sequence & 0xffff,
        timestamp: Math.round((pictureCount * 90_000) / clip.fps) >>> 0,
        ssrc: 1,
        payload,
      });
      sequence += 1;
      videoIndex += 1;
      if (options.keep?.(videoIndex) ?? true) video.writeRtp(Buffer.from(rtp));
    });
    sent.pictures += 1;
  };
  const tick = (): void => {
    const elapsed = performance.now() - origin;
    while ((pictureCount * 1000) / clip.fps <= elapsed) {
      sendPicture();
      pictureCount += 1;
    }
    while (packetCount * 20 <= elapsed) {
      const payload = clip.packets[packetCount % clip.packets.length] ?? new Uint8Array(0);
      audio.writeRtp(
        Buffer.from(
          buildRtp({
            payloadType: 111,
            marker: false,
            sequence: audioSequence & 0xffff,
            timestamp: packetCount * 960,
            ssrc: 2,
            payload,
          }),
        ),
      );
      audioSequence += 1;
      packetCount += 1;
      sent.packets += 1;
    }
  };
  return {
    sent,
    start() {
      if (timer !== undefined) return;
      // After a pause the time stamps go on as if the pictures between had been sent.
      if (origin === 0) origin = performance.now();
      else {
        const elapsed = performance.now() - origin;
        pictureCount = Math.ceil((elapsed * clip.fps) / 1000);
        packetCount = Math.ceil(elapsed / 20);
        position = nextKey(clip, position);
      }
      timer = setInterval(tick, 5);
    },
    pause() {
      clearInterval(timer);
      timer = undefined;
    },
    keyframe() {
      // Within the first pictures of a GOP the request has just been served.
      if (
        position % clip.pictures.length > 0 &&
        clip.pictures[(position - 1) % clip.pictures.length]?.key !== true
      ) {
        position = nextKey(clip, position);
      }
    },
  };
}

function nextKey(clip: Clip, from: number): number {
  for (let step = 0; step < clip.pictures.length; step += 1) {
    if (clip.pictures[(from + step) % clip.pictures.length]?.key === true) return from + step;
  }
  return from;
}
