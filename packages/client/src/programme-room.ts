import type { RoomGrant } from '@streamus/contracts';
import type { Programme } from '@streamus/studio';
import { DisconnectReason, Room, RoomEvent, Track } from 'livekit-client';
import { reconnectDelayMs } from './backoff.ts';
import { PROGRAMME_AUDIO, PROGRAMME_VIDEO } from './identity.ts';
import { programmeCodec } from './programme-codec.ts';

/** The composer's own connection to the room: publishes the programme under one epoch. */
export interface ProgrammeRoom {
  /** Sends the programme (true), or only keeps what it needs to begin at once (false). */
  setPublishing(publishing: boolean): void;
  /** The programme's shape changed: publishes anew with its size, rate and bitrate. */
  setProgramme(programme: Programme): void;
  /** Statistics of the picture's sender; null while nothing is sent. */
  senderStats(): Promise<SenderStats | null>;
  close(): Promise<void>;
}

export interface SenderStats {
  readonly video: RTCStatsReport;
  readonly audio: RTCStatsReport;
}

export interface ProgrammeTracks {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack;
}

/** Stereo programme sound: transparent for speech and music. */
const AUDIO_BITRATE = 128_000;

export function createProgrammeRoom(options: {
  grant: RoomGrant;
  tracks: ProgrammeTracks;
  programme: Programme;
  /** The grant does not work any more (expired, or the room is gone for long). */
  onLost: () => void;
}): ProgrammeRoom {
  const { grant, tracks } = options;
  // The tracks belong to the composer and outlive this room: nothing here may stop them.
  const room = new Room({
    adaptiveStream: false,
    dynacast: false,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: false,
  });
  let programme = options.programme;
  let publishedShape = '';
  let publishing = false;
  let closed = false;
  let running = false;
  let again = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;

  function isPublished(name: string): boolean {
    return room.localParticipant.getTrackPublicationByName(name) !== undefined;
  }

  async function publish(): Promise<void> {
    const { fps, videoBitrate } = programme;
    if (!isPublished(PROGRAMME_AUDIO)) {
      await room.localParticipant.publishTrack(tracks.audio, {
        name: PROGRAMME_AUDIO,
        source: Track.Source.Unknown,
        dtx: false,
        red: false,
        forceStereo: true,
        audioPreset: { maxBitrate: AUDIO_BITRATE },
      });
    }
    if (isPublished(PROGRAMME_VIDEO)) return;
    await room.localParticipant.publishTrack(tracks.video, {
      name: PROGRAMME_VIDEO,
      source: Track.Source.Unknown,
      videoCodec: programmeCodec(RTCRtpSender.getCapabilities('video')?.codecs ?? null),
      simulcast: false,
      backupCodec: false,
      degradationPreference: 'maintain-resolution',
      videoEncoding: { maxBitrate: videoBitrate, maxFramerate: fps },
    });
  }

  async function unpublish(): Promise<void> {
    for (const name of [PROGRAMME_VIDEO, PROGRAMME_AUDIO]) {
      const track = room.localParticipant.getTrackPublicationByName(name)?.track;
      if (track !== undefined) await room.localParticipant.unpublishTrack(track, false);
    }
  }

  async function step(): Promise<void> {
    if (closed) return;
    if (room.state === 'disconnected') {
      const url = grant.url ?? location.origin.replace(/^http/, 'ws');
      await room.connect(url, grant.token, { autoSubscribe: false });
    }
    if (room.state !== 'connected') return;
    const shape = JSON.stringify(programme);
    if (publishing && publishedShape !== shape) {
      if (publishedShape !== '') await unpublish();
      await publish();
      publishedShape = shape;
    }
    await tune();
    failures = 0;
  }

  /**
   * A programme that nobody needs rests instead of being taken back: every track that is published anew leaves a sender
   * with its encoder in the connection for good (10 MB in Chromium 156).
   */
  async function tune(): Promise<void> {
    const [audio, video] = [PROGRAMME_AUDIO, PROGRAMME_VIDEO].map(senderOf);
    if (audio !== undefined) await setSending(audio, publishing);
    if (video !== undefined) await lockResolution(video, programme, publishing);
  }

  function senderOf(name: string): RTCRtpSender | undefined {
    return room.localParticipant.getTrackPublicationByName(name)?.track?.sender;
  }

  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      try {
        await step();
      } catch {
        later();
      }
    } while (again && !closed);
    running = false;
    if (closed) await room.disconnect(false);
  }

  /** Tries again later; after a few failures whoever owns the lease must find out what is wrong. */
  function later(): void {
    if (closed || retry !== null) return;
    failures += 1;
    if (failures > 4) {
      options.onLost();
      return;
    }
    retry = setTimeout(() => {
      retry = null;
      void run();
    }, reconnectDelayMs(failures));
  }

  room
    // The room publishes by itself again after it was lost.
    .on(RoomEvent.LocalTrackPublished, () => void run())
    .on(RoomEvent.Reconnected, () => void run())
    .on(RoomEvent.Disconnected, (reason) => {
      publishedShape = '';
      // The server removes a composer that was replaced: coming back would only disturb its successor.
      if (reason === DisconnectReason.PARTICIPANT_REMOVED) options.onLost();
      else later();
    });
  void run();

  return {
    setPublishing(next) {
      if (next === publishing) return;
      publishing = next;
      void run();
    },
    setProgramme(next) {
      programme = next;
      void run();
    },
    async senderStats() {
      if (!publishing) return null;
      const [video, audio] = await Promise.all([
        senderOf(PROGRAMME_VIDEO)?.getStats(),
        senderOf(PROGRAMME_AUDIO)?.getStats(),
      ]);
      return video === undefined || audio === undefined ? null : { video, audio };
    },
    async close() {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      room.removeAllListeners();
      if (!running) await room.disconnect(false);
    },
  };
}

async function setSending(sender: RTCRtpSender, active: boolean): Promise<void> {
  const parameters = sender.getParameters();
  if (parameters.encodings.every((encoding) => encoding.active === active)) return;
  const encodings = parameters.encodings.map((encoding) => ({ ...encoding, active }));
  await sender.setParameters({ ...parameters, encodings });
}

/**
 * Parameter sets that change in mid-show corrupt or end RTMP broadcasts (media.md 1.6): when bandwidth or CPU run
 * short, frames may be dropped, their size never changes. Browsers before `maintain-framerate-and-resolution`
 * (Chrome 145) refuse it and keep `maintain-resolution`, set when publishing.
 */
async function lockResolution(
  sender: RTCRtpSender,
  { fps, videoBitrate }: Programme,
  active: boolean,
): Promise<void> {
  const limits = { active, maxBitrate: videoBitrate, maxFramerate: fps, scaleResolutionDownBy: 1 };
  const parameters = sender.getParameters();
  const encodings = parameters.encodings.map((encoding) => ({ ...encoding, ...limits }));
  try {
    await sender.setParameters({
      ...parameters,
      encodings,
      // The DOM's types do not know this value yet.
      degradationPreference: 'maintain-framerate-and-resolution' as RTCDegradationPreference,
    });
  } catch {
    await sender.setParameters({ ...sender.getParameters(), encodings });
  }
}
