import {
  ConnectionQuality,
  type Participant,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Track,
} from 'livekit-client';
import { loudnessOf } from './level-meter.ts';
import type { PersonView } from './session.ts';

/** What the room knows about one person, from their newest connection. */
export interface RoomPerson {
  readonly camera: MediaStreamTrack | null;
  readonly cameraOn: boolean;
  readonly microphone: MediaStreamTrack | null;
  readonly microphoneOn: boolean;
  readonly screen: MediaStreamTrack | null;
  readonly screenOn: boolean;
  readonly screenAudio: MediaStreamTrack | null;
  readonly speaking: boolean;
  /** Loudness 0 to 1. */
  readonly level: number;
  readonly quality: PersonView['quality'];
}

/** Milliseconds since 1970 at which the server let them in; 0 when unknown. */
export function joinedAt(participant: Participant): number {
  return participant.joinedAt?.getTime() ?? 0;
}

export function personOf(participant: RemoteParticipant): RoomPerson {
  const camera = participant.getTrackPublication(Track.Source.Camera);
  const microphone = participant.getTrackPublication(Track.Source.Microphone);
  const screen = participant.getTrackPublication(Track.Source.ScreenShare);
  const screenAudio = participant.getTrackPublication(Track.Source.ScreenShareAudio);
  return {
    camera: liveTrack(camera),
    cameraOn: camera !== undefined && !camera.isMuted,
    microphone: liveTrack(microphone),
    microphoneOn: microphone !== undefined && !microphone.isMuted,
    screen: liveTrack(screen),
    screenOn: screen !== undefined && !screen.isMuted,
    screenAudio: liveTrack(screenAudio),
    speaking: participant.isSpeaking,
    level: loudnessOf(participant.audioLevel),
    quality: qualityOf(participant),
  };
}

function liveTrack(publication: RemoteTrackPublication | undefined): MediaStreamTrack | null {
  if (publication === undefined || publication.isMuted) return null;
  return publication.track?.mediaStreamTrack ?? null;
}

export function qualityOf({ connectionQuality }: Participant): PersonView['quality'] {
  switch (connectionQuality) {
    case ConnectionQuality.Excellent:
      return 'excellent';
    case ConnectionQuality.Good:
      return 'good';
    case ConnectionQuality.Poor:
      return 'poor';
    case ConnectionQuality.Lost:
      return 'lost';
    default:
      return 'unknown';
  }
}
