import {
  type AudioCaptureOptions,
  type LocalTrackPublication,
  type Room,
  Track,
  type TrackPublishOptions,
  VideoPreset,
} from 'livekit-client';

/** What a person can publish, each at most once. */
export type PublishedKind = 'camera' | 'microphone' | 'screen' | 'screen-audio';

/** Keeps what is published equal to what is wanted, one change at a time, whatever the room's state. */
export interface Publications {
  want(kind: PublishedKind, track: MediaStreamTrack | null): void;
  /** Silences or opens the published microphone; remembered for a later publication. */
  setMuted(muted: boolean): void;
  /** Call when the room connected anew: publishes everything wanted. */
  sync(): void;
}

const SOURCES: Readonly<Record<PublishedKind, Track.Source>> = {
  camera: Track.Source.Camera,
  microphone: Track.Source.Microphone,
  screen: Track.Source.ScreenShare,
  'screen-audio': Track.Source.ScreenShareAudio,
};
const KINDS: readonly PublishedKind[] = ['camera', 'microphone', 'screen', 'screen-audio'];

export function createPublications(
  room: Room,
  onFailure: (kind: PublishedKind, error: unknown) => void,
): Publications {
  const wanted = new Map<PublishedKind, MediaStreamTrack>();
  let muted = false;
  let running = false;
  let again = false;

  /** Asked of the room each time: it publishes by itself again after it was lost. */
  function publicationOf(kind: PublishedKind): LocalTrackPublication | undefined {
    return room.localParticipant.getTrackPublication(SOURCES[kind]);
  }

  async function step(kind: PublishedKind): Promise<void> {
    const track = wanted.get(kind);
    const published = publicationOf(kind)?.track;
    if (track === undefined) {
      if (published !== undefined) await room.localParticipant.unpublishTrack(published, false);
      return;
    }
    if (published === undefined) await room.localParticipant.publishTrack(track, publishOptions(kind, track));
    else if (published.mediaStreamTrack !== track) await published.replaceTrack(track, true);
    if (kind === 'microphone') await applyMuted();
  }

  async function applyMuted(): Promise<void> {
    const publication = publicationOf('microphone');
    if (publication === undefined || publication.isMuted === muted) return;
    await (muted ? publication.mute() : publication.unmute());
  }

  async function run(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      for (const kind of KINDS) {
        if (room.state !== 'connected') break;
        try {
          await step(kind);
        } catch (error) {
          onFailure(kind, error);
        }
      }
    } while (again);
    running = false;
  }

  return {
    want(kind, track) {
      if (track === null) wanted.delete(kind);
      else wanted.set(kind, track);
      void run();
    },
    setMuted(next) {
      muted = next;
      void run();
    },
    sync: () => void run(),
  };
}

/** Camera layers below the full picture: a tile of ten on 1080p is 480×270 (media.md 4.3). */
const SMALL = new VideoPreset(320, 180, 160_000, 15);
const MIDDLE = new VideoPreset(640, 360, 450_000, 30);

function publishOptions(kind: PublishedKind, track: MediaStreamTrack): TrackPublishOptions {
  const source = SOURCES[kind];
  switch (kind) {
    case 'camera':
      return { source, ...cameraOptions(track.getSettings()) };
    case 'microphone':
      return { source, dtx: false, red: true, audioPreset: { maxBitrate: 96_000 } };
    case 'screen':
      return {
        source,
        videoCodec: 'vp8',
        backupCodec: false,
        simulcast: false,
        screenShareEncoding: { maxBitrate: 3_000_000, maxFramerate: 15 },
        degradationPreference: 'maintain-resolution',
      };
    case 'screen-audio':
      return {
        source,
        dtx: false,
        red: false,
        forceStereo: true,
        audioPreset: { maxBitrate: 128_000 },
      };
  }
}

function cameraOptions({ width = 1280, height = 720 }: MediaTrackSettings): TrackPublishOptions {
  const side = Math.max(width, height);
  const maxBitrate = side > 1280 ? 2_500_000 : side > 640 ? 1_500_000 : side > 320 ? 500_000 : 200_000;
  const layers = side > 640 ? [SMALL, MIDDLE] : side > 320 ? [SMALL] : [];
  return {
    videoCodec: 'vp8',
    backupCodec: false,
    simulcast: layers.length > 0,
    videoSimulcastLayers: layers,
    videoEncoding: { maxBitrate, maxFramerate: 30 },
    degradationPreference: 'balanced',
  };
}

/** What a browser is asked for when a screen is shared: its sound as it is, without speech processing. */
export const SCREEN_AUDIO: AudioCaptureOptions = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};
