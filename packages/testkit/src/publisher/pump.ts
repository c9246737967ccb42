import { buildRtp } from '@streamus/media-formats';
import type { MediaStreamTrack } from 'werift';
import type { Clip } from './media-file.ts';
import { packetiseH264, packetiseVp8 } from './packetise.ts';

/** RTP payload types. */
export const VIDEO_TYPES = { h264: 125, vp8: 96 } as const;
export const AUDIO_TYPE = 111;

export interface SentCounters {
  pictures: number;
  /** Audio packets. */
  packets: number;
  /** Video packets that `keep` held back. */
  lost: number;
  /** Video packets sent again because the far side asked for them. */
  repeated: number;
}

/** Sends pictures and sound of the clip at its own pace; picture and sound always come from the same place of it. */
export function createPump(
  options: { readonly clip: Clip; readonly firstSequence?: number },
  video: MediaStreamTrack,
  audio: MediaStreamTrack,
) {
  let { clip } = options;
  const payloadType = VIDEO_TYPES[clip.codec];
  const sent: SentCounters = { pictures: 0, packets: 0, lost: 0, repeated: 0 };
  let timer: NodeJS.Timeout | undefined;
  let origin: number | undefined;
  let picture = 0;
  let packet = 0;
  let sequence = options.firstSequence ?? 1_000;
  let untilKey = true;
  const sendPicture = (): void => {
    const current = clip.pictures[picture % clip.pictures.length];
    if (current === undefined || (untilKey && !current.key)) return;
    untilKey = false;
    const timestamp = Math.round((picture * 90_000) / clip.fps);
    const place = clip.temporalLayers === 2 ? { picture } : null;
    const payloads =
      clip.codec === 'vp8'
        ? current.nals.flatMap((frame) => packetiseVp8(frame, place))
        : packetiseH264(current.nals);
    payloads.forEach((payload, index) => {
      const marker = index === payloads.length - 1;
      const rtp = {
        payloadType,
        marker,
        sequence: sequence & 0xffff,
        timestamp,
        ssrc: 1,
        payload,
      };
      sequence += 1;
      video.writeRtp(Buffer.from(buildRtp(rtp)));
    });
    sent.pictures += 1;
  };
  const sendSound = (): void => {
    const payload = clip.packets[packet % clip.packets.length] ?? new Uint8Array(0);
    const rtp = {
      payloadType: AUDIO_TYPE,
      marker: false,
      sequence: packet & 0xffff,
      timestamp: packet * 960,
      ssrc: 2,
      payload,
    };
    audio.writeRtp(Buffer.from(buildRtp(rtp)));
    sent.packets += 1;
  };
  const tick = (elapsed: number): void => {
    for (; (picture * 1000) / clip.fps <= elapsed; picture += 1) sendPicture();
    for (; packet * 20 <= elapsed; packet += 1) sendSound();
  };
  return {
    sent,
    /** Place in the clip's endless timeline, ms; undefined before the start. */
    elapsedMs: () => (origin === undefined ? undefined : performance.now() - origin),
    start() {
      if (timer !== undefined) return;
      const begin = origin ?? performance.now();
      origin = begin;
      // What a pause left out is never sent; the first picture after it must be a keyframe.
      untilKey = true;
      picture = Math.ceil(((performance.now() - begin) * clip.fps) / 1000);
      packet = Math.ceil((performance.now() - begin) / 20);
      timer = setInterval(() => tick(performance.now() - begin), 5);
    },
    show(next: Clip) {
      clip = next;
      untilKey = true;
    },
    pause() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
