import type { RoomGrant } from '@streamus/contracts';
import { type PersonId, type SourceId, sourceId } from '@streamus/studio';
import {
  DisconnectReason,
  type RemoteParticipant,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
  VideoQuality,
} from 'livekit-client';
import { createAudioPlayers } from './audio-players.ts';
import { reconnectDelayMs } from './backoff.ts';
import { PROGRAMME_VIDEO, parseIdentity } from './identity.ts';
import type { PictureDemand } from './picture-demand.ts';
import { createPublications, type Publications } from './publications.ts';
import { joinedAt, personOf, qualityOf, type RoomPerson } from './room-person.ts';
import type { StudioView } from './session.ts';

/** The video room as one tab sees it: everybody's pictures and sounds, one's own publications. */
export interface PeopleRoom {
  readonly state: StudioView['room'];
  readonly publications: Publications;
  /** Connects, or keeps the grant for the next reconnection when connected already. */
  connect(grant: RoomGrant): void;
  /** Everybody else in the room. */
  people(): ReadonlyMap<PersonId, RoomPerson>;
  /** Own facts that the room measures. */
  you(): Pick<RoomPerson, 'speaking' | 'quality'>;
  /** `program-video` of the newest composer, while `setProgrammeWanted(true)`. */
  programme(): MediaStreamTrack | null;
  setProgrammeWanted(wanted: boolean): void;
  /** Seats were given or taken away. */
  refreshMembers(): void;
  /** The demand for a source's picture has changed. */
  refreshDemand(source: SourceId): void;
  startAudio(): Promise<void>;
  close(): Promise<void>;
}

export interface PeopleRoomEvents {
  onChange(): void;
  /** Somebody with the right to do so muted one's own microphone. */
  onMutedByHost(): void;
  /** The grant has run out, or connecting failed several times. */
  onGrantNeeded(): void;
}

/** What the room asks of the studio. */
export interface PeopleRoomStudio extends Pick<PictureDemand, 'largest'> {
  /** Whether the person has a seat: who has none, a removed guest for example, is neither seen nor heard. */
  isMember(person: PersonId): boolean;
}

/** The room's word for "as many frames as there are". */
const ANY_FPS = 0;
/**
 * A line of the connection's description for each track there ever was stays for good where streams are kept in step
 * (LiveKit 1.13.5, `SupportsTransceiverReuse`), and with it a quarter of a megabyte of this page (docs/figures.md). Whoever
 * is alone in the room with so many enters it anew.
 */
const MOST_LINES = 24;
/** A grant that runs out so soon may be refused when it arrives, ms. */
const GRANT_MARGIN_MS = 30_000;
/** Tries with one grant before a new one is asked for. */
const TRIES_PER_GRANT = 3;

export function createPeopleRoom(events: PeopleRoomEvents, studio: PeopleRoomStudio): PeopleRoom {
  // Layers are asked for by `demand`, which knows the composer's tiles as well as the page's.
  // Devices belong to the session and outlive a lost room.
  const room = new Room({
    adaptiveStream: false,
    dynacast: true,
    // A single connection's answers name no streams, and without one browsers do not hold a picture for its late sound.
    singlePeerConnection: false,
    stopLocalTrackOnUnpublish: false,
    disconnectOnPageLeave: false,
  });
  const publications = createPublications(room, () => events.onChange());
  const players = createAudioPlayers();
  let grant: RoomGrant | null = null;
  let grantEndsAt = 0;
  let connecting = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let closed = false;
  let programmeWanted = false;
  /** Tracks received since the room was entered. */
  let lines = 0;

  function subscribe(publication: RemoteTrackPublication, participant: RemoteParticipant): void {
    const identity = parseIdentity(participant.identity);
    if (identity?.kind === 'person') {
      const member = studio.isMember(identity.person);
      publication.setSubscribed(member);
      if (member && publication.kind === Track.Kind.Video) applyDemand(publication, identity.person);
    }
    if (identity?.kind === 'composer') applyProgramme();
  }

  function applyDemand(publication: RemoteTrackPublication, person: PersonId): void {
    const kind = publication.source === Track.Source.ScreenShare ? 'screen' : 'camera';
    const wish = studio.largest(sourceId(kind, person));
    publication.setEnabled(wish !== null);
    if (wish === null || publication.track === undefined) return;
    if (kind === 'screen') {
      publication.setVideoQuality(VideoQuality.HIGH);
      return;
    }
    publication.setVideoDimensions({ width: wish.width, height: wish.height });
    publication.setVideoFPS(wish.fps ?? ANY_FPS);
  }

  function newestComposer(): RemoteTrackPublication | null {
    let newest: { epoch: number; publication: RemoteTrackPublication } | null = null;
    for (const participant of room.remoteParticipants.values()) {
      const identity = parseIdentity(participant.identity);
      if (identity?.kind !== 'composer') continue;
      const publication = participant.getTrackPublicationByName(PROGRAMME_VIDEO);
      if (publication === undefined || (newest !== null && newest.epoch > identity.epoch)) continue;
      newest = { epoch: identity.epoch, publication };
    }
    return newest?.publication ?? null;
  }

  function applyProgramme(): void {
    const newest = newestComposer();
    for (const participant of room.remoteParticipants.values()) {
      if (parseIdentity(participant.identity)?.kind !== 'composer') continue;
      for (const publication of participant.trackPublications.values()) {
        publication.setSubscribed(programmeWanted && publication === newest);
      }
    }
  }

  /** Everybody else in the room, a person once for each tab. */
  function others(): { readonly participant: RemoteParticipant; readonly person: PersonId }[] {
    return [...room.remoteParticipants.values()].flatMap((participant) => {
      const identity = parseIdentity(participant.identity);
      return identity?.kind === 'person' ? [{ participant, person: identity.person }] : [];
    });
  }

  function newestOf(wanted: PersonId): RemoteParticipant | null {
    let newest: RemoteParticipant | null = null;
    for (const { participant, person } of others()) {
      if (person !== wanted) continue;
      if (newest === null || joinedAt(participant) > joinedAt(newest)) newest = participant;
    }
    return newest;
  }

  function changed(): void {
    if (!closed) events.onChange();
  }

  function lost(): void {
    applyProgramme();
    changed();
    renewWhenAlone();
  }

  function refreshAll(): void {
    for (const participant of room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) subscribe(publication, participant);
    }
    changed();
  }

  async function run(): Promise<void> {
    if (grant === null || connecting || closed || room.state !== 'disconnected') return;
    if (performance.now() > grantEndsAt) {
      events.onGrantNeeded();
      later();
      return;
    }
    connecting = true;
    changed();
    const { url, token } = grant;
    try {
      await room.connect(url ?? location.origin.replace(/^http/, 'ws'), token, { autoSubscribe: false });
      failures = 0;
    } catch {
      failures += 1;
    }
    connecting = false;
    if (closed) {
      await room.disconnect(false);
      return;
    }
    if (failures > 0) {
      later();
      return;
    }
    lines = 0;
    refreshAll();
    publications.sync();
  }

  /** The room is entered again as after any loss, in a quarter of a second. */
  function renewWhenAlone(): void {
    if (lines < MOST_LINES || others().length > 0 || closed || room.state !== 'connected') return;
    void room.disconnect(false);
  }

  function later(): void {
    changed();
    if (closed || retry !== null) return;
    if (failures > 0 && failures % TRIES_PER_GRANT === 0) events.onGrantNeeded();
    retry = setTimeout(() => {
      retry = null;
      void run();
    }, reconnectDelayMs(failures));
  }

  room
    .on(RoomEvent.ConnectionStateChanged, changed)
    .on(RoomEvent.Reconnected, () => {
      refreshAll();
      publications.sync();
    })
    .on(RoomEvent.Disconnected, (reason) => {
      players.clear();
      if (reason === DisconnectReason.PARTICIPANT_REMOVED || connecting) changed();
      else later();
    })
    .on(RoomEvent.TrackPublished, (publication, participant) => {
      subscribe(publication, participant);
      changed();
    })
    .on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      lines += 1;
      if (track.kind === Track.Kind.Audio)
        players.add(track.sid ?? publication.trackSid, track.mediaStreamTrack);
      const identity = parseIdentity(participant.identity);
      if (track.kind === Track.Kind.Video && identity?.kind === 'person') {
        applyDemand(publication, identity.person);
      }
      changed();
    })
    .on(RoomEvent.TrackUnsubscribed, (track, publication) => {
      players.remove(track.sid ?? publication.trackSid);
      changed();
    })
    .on(RoomEvent.TrackUnpublished, lost)
    .on(RoomEvent.ParticipantDisconnected, lost)
    .on(RoomEvent.TrackMuted, (publication, participant) => {
      if (participant === room.localParticipant && publication.source === Track.Source.Microphone) {
        events.onMutedByHost();
      }
      changed();
    })
    .on(RoomEvent.TrackUnmuted, changed)
    .on(RoomEvent.ParticipantConnected, changed)
    .on(RoomEvent.ActiveSpeakersChanged, changed)
    .on(RoomEvent.ConnectionQualityChanged, changed)
    .on(RoomEvent.LocalTrackPublished, changed);

  return {
    get state() {
      if (connecting) return 'connecting';
      switch (room.state) {
        case 'connected':
          return 'connected';
        case 'connecting':
          return 'connecting';
        case 'reconnecting':
        case 'signalReconnecting':
          return 'reconnecting';
        default:
          return failures > 0 ? 'reconnecting' : 'disconnected';
      }
    },
    publications,
    connect(next) {
      grant = next;
      grantEndsAt = performance.now() + next.seconds * 1_000 - GRANT_MARGIN_MS;
      void run();
    },
    people() {
      const found = new Map<PersonId, RoomPerson>();
      for (const { person } of others()) {
        const newest = found.has(person) ? null : newestOf(person);
        if (newest !== null) found.set(person, personOf(newest));
      }
      return found;
    },
    you: () => ({
      speaking: room.localParticipant.isSpeaking,
      quality: qualityOf(room.localParticipant),
    }),
    programme: () => newestComposer()?.track?.mediaStreamTrack ?? null,
    setProgrammeWanted(wanted) {
      if (wanted === programmeWanted) return;
      programmeWanted = wanted;
      applyProgramme();
    },
    refreshMembers: refreshAll,
    refreshDemand(source) {
      for (const { participant, person } of others()) {
        if (!source.endsWith(person)) continue;
        for (const publication of participant.trackPublications.values()) {
          if (publication.kind === Track.Kind.Video && publication.isDesired)
            applyDemand(publication, person);
        }
      }
    },
    async startAudio() {
      await players.play();
      await room.startAudio();
    },
    async close() {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      players.clear();
      await room.disconnect(false);
      room.removeAllListeners();
    },
  };
}
