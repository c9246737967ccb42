import {
  AccessToken,
  RoomConfiguration,
  RoomServiceClient,
  TrackSource,
  type VideoGrant,
} from 'livekit-server-sdk';
import type { Secret } from './secret.ts';

export interface LiveKitKeys {
  readonly apiKey: string;
  readonly apiSecret: Secret;
}

/** What a participant is; decides the least grants it needs. */
export type RoomRole = 'person' | 'composer' | 'ingest';

const grants: Record<RoomRole, VideoGrant> = {
  person: {
    canPublish: true,
    canSubscribe: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
    canPublishSources: [
      TrackSource.CAMERA,
      TrackSource.MICROPHONE,
      TrackSource.SCREEN_SHARE,
      TrackSource.SCREEN_SHARE_AUDIO,
    ],
  },
  composer: { canPublish: true, canSubscribe: false, canPublishData: false, canUpdateOwnMetadata: false },
  ingest: {
    hidden: true,
    canPublish: false,
    canSubscribe: true,
    canPublishData: false,
    canUpdateOwnMetadata: false,
  },
};

/**
 * How long a person may enter with a token, s. LiveKit gives whoever is in the room a fresh one in time, good for as long
 * (1.13.5, `tokenDefaultTTL`).
 */
export const ROOM_TOKEN_SECONDS = 10 * 60;

/** Whoever comes first makes the room: a person's picture and sound stay one stream, so that browsers keep them in step. */
const ROOM = new RoomConfiguration({ syncStreams: true });

/** Signs a token that lets `identity` into `room` for `ttlSeconds` (only to join; a joined participant stays). */
export async function signRoomToken(
  keys: LiveKitKeys,
  options: {
    readonly room: string;
    readonly identity: string;
    readonly role: RoomRole;
    readonly name?: string;
    readonly ttlSeconds: number;
  },
): Promise<string> {
  const token = new AccessToken(keys.apiKey, keys.apiSecret.reveal(), {
    identity: options.identity,
    ...(options.name === undefined ? {} : { name: options.name }),
    ttl: options.ttlSeconds,
  });
  token.addGrant({ roomJoin: true, room: options.room, ...grants[options.role] });
  token.roomConfig = ROOM;
  return token.toJwt();
}

/** The few things the control plane does to a room. */
export interface RoomControl {
  /** Mutes every microphone track of the participants whose identity starts with `identityPrefix`. */
  muteMicrophones(room: string, identityPrefix: string): Promise<void>;
  removeParticipants(room: string, identityPrefix: string): Promise<void>;
  reachable(): Promise<boolean>;
}

export function createRoomControl(httpUrl: string, keys: LiveKitKeys): RoomControl {
  const client = new RoomServiceClient(httpUrl, keys.apiKey, keys.apiSecret.reveal());
  const matching = async (room: string, prefix: string) =>
    (await client.listParticipants(room)).filter((participant) => participant.identity.startsWith(prefix));
  return {
    async muteMicrophones(room, identityPrefix) {
      for (const participant of await matching(room, identityPrefix)) {
        for (const track of participant.tracks) {
          if (track.source !== TrackSource.MICROPHONE || track.muted) continue;
          await client.mutePublishedTrack(room, participant.identity, track.sid, true);
        }
      }
    },
    async removeParticipants(room, identityPrefix) {
      for (const participant of await matching(room, identityPrefix)) {
        await client.removeParticipant(room, participant.identity);
      }
    },
    async reachable() {
      try {
        await client.listRooms(['-']);
        return true;
      } catch {
        return false;
      }
    },
  };
}
