import {
  DisconnectReason,
  LeaveRequest_Action,
  type ParticipantInfo,
  ParticipantInfo_State,
  SignalTarget,
  TrackType,
} from '@livekit/protocol';
import { z } from 'zod';
import { monotonicMs } from '../monotonic.ts';
import { chooseProgramme, type ParticipantTracks, type ProgrammeTracks } from './programme-tracks.ts';
import { connectSignalling, type ServerMessage, type Signalling } from './signalling.ts';
import type { IceServer, IncomingTrack, WebRtcReceiver, WebRtcReceiverEvents } from './webrtc.ts';

export type CreateReceiver = (
  iceServers: readonly IceServer[],
  events: WebRtcReceiverEvents,
) => WebRtcReceiver;

export interface RoomSessionEvents {
  joined(): void;
  /** A wanted track has arrived, from a composer of this epoch. */
  track(track: IncomingTrack, epoch: number): void;
  /** The room extended the token's life. */
  refreshed(token: string): void;
  /** Another participant with this identity has taken its place. */
  displaced(): void;
  /** The session is over; called once. `again`: whether the next one may begin at once. */
  closed(reason: string, again: 'at once' | 'after a pause'): void;
}

export interface RoomSessionOptions {
  readonly url: string;
  readonly token: string;
  /** The newest composer's that was ever seen; older ones count for nothing. */
  readonly newestEpoch: number;
  readonly createReceiver: CreateReceiver;
  /** Another way to the room than its WebSocket. */
  readonly connect?: typeof connectSignalling;
}

const candidateSchema = z.object({
  candidate: z.string(),
  sdpMid: z.string().nullish(),
  sdpMLineIndex: z.number().nullish(),
});

const JOIN_TIMEOUT_MS = 8_000;
const DEFAULT_PING_MS = 5_000;
const DEFAULT_PONG_TIMEOUT_MS = 15_000;

/** One connection to a LiveKit room as a hidden subscriber that takes the composer's tracks only. */
export class RoomSession {
  readonly #events: RoomSessionEvents;
  readonly #createReceiver: CreateReceiver;
  readonly #signalling: Signalling;
  readonly #participants = new Map<string, ParticipantTracks>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #receiver: WebRtcReceiver | undefined;
  #wanted: ProgrammeTracks;
  /** Kinds this session has asked for a track of. */
  readonly #used = new Set<'audio' | 'video'>();
  #offers: Promise<void> = Promise.resolve();
  #lastPong = monotonicMs();
  #closed = false;

  constructor(options: RoomSessionOptions, events: RoomSessionEvents) {
    this.#events = events;
    this.#createReceiver = options.createReceiver;
    this.#wanted = { epoch: options.newestEpoch, video: undefined, audio: undefined };
    const joinTimer = setTimeout(() => this.close('no join in time'), JOIN_TIMEOUT_MS);
    this.#timers.add(joinTimer);
    this.#signalling = (options.connect ?? connectSignalling)(options.url, options.token, {
      message: (message) => {
        if (message.case === 'join') clearTimeout(joinTimer);
        this.#handle(message);
      },
      closed: (reason) => this.close(reason),
    });
  }

  close(reason: string, again: 'at once' | 'after a pause' = 'after a pause'): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#signalling.close();
    // The far side is gone or told; nothing depends on how closing ends.
    this.#receiver?.close().catch(() => undefined);
    this.#events.closed(reason, again);
  }

  #handle(message: ServerMessage): void {
    if (this.#closed) return;
    switch (message.case) {
      case 'join':
        this.#join(message.value);
        return;
      case 'offer':
        this.#takeOffer(message.value.sdp, message.value.id);
        return;
      case 'trickle':
        if (message.value.target === SignalTarget.SUBSCRIBER)
          this.#takeCandidate(message.value.candidateInit);
        return;
      case 'update':
        this.#updateParticipants(message.value.participants);
        return;
      case 'pong':
      case 'pongResp':
        this.#lastPong = monotonicMs();
        return;
      case 'refreshToken':
        this.#events.refreshed(message.value);
        return;
      case 'leave':
        this.#leave(message.value);
        return;
      default:
        return;
    }
  }

  #leave({ reason, action }: Extract<ServerMessage, { case: 'leave' }>['value']): void {
    if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#events.displaced();
    // A new session is there sooner than an old one is resumed, and never in doubt about its state.
    const again = action === LeaveRequest_Action.DISCONNECT ? 'after a pause' : 'at once';
    this.close(`room said leave (${DisconnectReason[reason] ?? reason})`, again);
  }

  #join(join: Extract<ServerMessage, { case: 'join' }>['value']): void {
    this.#receiver = this.#createReceiver(
      join.iceServers.map(({ urls, username, credential }) => ({ urls, username, credential })),
      {
        candidate: (candidate) => this.#signalling.candidate(candidate),
        track: (track) => {
          if (!this.#closed) this.#takeTrack(track);
        },
        failed: () => this.close('media transport lost'),
      },
    );
    const pingMs = join.pingInterval > 0 ? join.pingInterval * 1000 : DEFAULT_PING_MS;
    const timeoutMs = join.pingTimeout > 0 ? join.pingTimeout * 1000 : DEFAULT_PONG_TIMEOUT_MS;
    const pinger = setInterval(() => {
      if (monotonicMs() - this.#lastPong > timeoutMs) this.close('no answer to pings');
      else this.#signalling.ping(Date.now());
    }, pingMs);
    this.#timers.add(pinger);
    this.#events.joined();
    this.#updateParticipants(join.otherParticipants);
  }

  #updateParticipants(participants: readonly ParticipantInfo[]): void {
    for (const participant of participants) {
      if (participant.state === ParticipantInfo_State.DISCONNECTED)
        this.#participants.delete(participant.sid);
      else this.#note(participant);
    }
    const wanted = chooseProgramme(this.#participants.values(), this.#wanted.epoch);
    const before = this.#wanted;
    this.#wanted = wanted;
    const kinds = (['video', 'audio'] as const).filter((kind) => wanted[kind] !== before[kind]);
    // LiveKit puts a new track on a used line of the session; werift 0.25.2 then drops its packets.
    if (kinds.some((kind) => wanted[kind] !== undefined && this.#used.has(kind))) {
      this.close('the programme is published anew', 'at once');
      return;
    }
    this.#changeSubscription(
      kinds.flatMap((kind) => before[kind] ?? []),
      kinds.flatMap((kind) => wanted[kind] ?? []),
    );
    for (const kind of kinds) if (wanted[kind] !== undefined) this.#used.add(kind);
  }

  #note(participant: ParticipantInfo): void {
    // Who comes back under the same identity takes the former one's place; LiveKit does not say that that one left.
    for (const [sid, { identity }] of this.#participants)
      if (identity === participant.identity && sid !== participant.sid) this.#participants.delete(sid);
    this.#participants.set(participant.sid, reduceParticipant(participant));
  }

  #changeSubscription(dropped: readonly string[], added: readonly string[]): void {
    if (dropped.length > 0) this.#signalling.subscribe(dropped, false);
    if (added.length === 0) return;
    this.#signalling.subscribe(added, true);
    this.#signalling.preferHighQuality(added);
  }

  #takeTrack(track: IncomingTrack): void {
    const { video, audio, epoch } = this.#wanted;
    if (track.id === (track.kind === 'video' ? video : audio)) this.#events.track(track, epoch);
  }

  #takeOffer(sdp: string, id: number): void {
    this.#offers = this.#offers.then(async () => {
      const receiver = this.#receiver;
      if (this.#closed || receiver === undefined) return;
      try {
        this.#signalling.answer(await receiver.answer(sdp), id);
      } catch (error) {
        this.close(`offer not understood: ${String(error)}`);
      }
    });
  }

  #takeCandidate(init: string): void {
    const parsed = parseCandidate(init);
    if (parsed === undefined) return;
    const { candidate, sdpMid, sdpMLineIndex } = parsed;
    // A candidate we cannot use is one path less; ICE fails on its own when none is left.
    this.#receiver
      ?.addCandidate({ candidate, sdpMid: sdpMid ?? null, sdpMLineIndex: sdpMLineIndex ?? null })
      .catch(() => undefined);
  }
}

function reduceParticipant(participant: ParticipantInfo): ParticipantTracks {
  return {
    identity: participant.identity,
    gone: false,
    tracks: participant.tracks.flatMap((track): ParticipantTracks['tracks'] => {
      const { sid, name, type } = track;
      if (type === TrackType.AUDIO) return [{ sid, name, kind: 'audio' }];
      return type === TrackType.VIDEO ? [{ sid, name, kind: 'video' }] : [];
    }),
  };
}

function parseCandidate(init: string): z.infer<typeof candidateSchema> | undefined {
  try {
    return candidateSchema.safeParse(JSON.parse(init)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
