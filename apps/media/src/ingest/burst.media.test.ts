import { buildRtp } from '@streamus/media-formats';
import { expect, onTestFinished, test } from 'vitest';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import type { IncomingTrack } from './webrtc.ts';
import { createWeriftReceiver } from './werift-receiver.ts';

/** More than a socket that nobody asked for more holds (some 90 of this size), less than a stock kernel gives (some 180). */
const BURST = 150;
const PACKET_BYTES = 1_100;

test('a burst that comes while nobody reads is not lost in the socket', async () => {
  const video = new MediaStreamTrack({ kind: 'video' });
  const peer = new RTCPeerConnection({
    codecs: {
      video: [
        new RTCRtpCodecParameters({
          mimeType: 'video/H264',
          clockRate: 90_000,
          payloadType: 125,
          parameters: 'level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
        }),
      ],
    },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  onTestFinished(() => peer.close());
  const arrived: number[] = [];
  const listen = (track: IncomingTrack): void => track.onPacket(({ sequence }) => arrived.push(sequence));
  const receiver = createWeriftReceiver([], ['127.0.0.1'], {
    candidate: () => undefined,
    track: listen,
    failed: () => undefined,
  });
  onTestFinished(() => receiver.close());
  peer.addTransceiver(video, { direction: 'sendonly' });
  const connected = new Promise<void>((resolve) => {
    peer.connectionStateChange.subscribe((state) => state === 'connected' && resolve());
  });
  await peer.setLocalDescription(await peer.createOffer());
  const answer = await receiver.answer(peer.localDescription?.sdp ?? '');
  await peer.setRemoteDescription({ type: 'answer', sdp: answer });
  await connected;
  const send = (sequence: number): void => {
    const payload = Buffer.alloc(PACKET_BYTES, 1);
    const packet = { payloadType: 125, marker: true, sequence, timestamp: sequence, ssrc: 1, payload };
    video.writeRtp(Buffer.from(buildRtp(packet)));
  };
  /** Sends this packet again and again until one has come. */
  const sendUntilThere = async (sequence: number): Promise<void> => {
    const sends = setInterval(() => send(sequence), 20);
    while (!arrived.includes(sequence)) await new Promise(setImmediate);
    clearInterval(sends);
  };
  await sendUntilThere(0);
  for (let sequence = 1; sequence <= BURST; sequence += 1) send(sequence);
  await sendUntilThere(BURST + 1);

  expect(arrived.filter((sequence) => sequence > 0 && sequence <= BURST)).toHaveLength(BURST);
});
