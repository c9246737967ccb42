import {
  DisconnectReason,
  JoinResponse,
  LeaveRequest,
  LeaveRequest_Action,
  ParticipantInfo,
  ParticipantInfo_State,
  ParticipantUpdate,
  SessionDescription,
  SignalResponse,
  SignalTarget,
  TrackInfo,
  TrackType,
  TrickleRequest,
} from '@livekit/protocol';
import { mutate } from '@streamus/media-formats/mutate';
import { expect, vi } from 'vitest';
import { RoomSession } from '../ingest/room-session.ts';
import { readServerMessage, type ServerMessage, type SignallingEvents } from '../ingest/signalling.ts';

export const composer = (epoch: number, sids: readonly [video: string, audio: string]) =>
  new ParticipantInfo({
    sid: `PA_${epoch}`,
    identity: `composer:${epoch}`,
    state: ParticipantInfo_State.ACTIVE,
    tracks: [
      new TrackInfo({ sid: sids[0], name: 'program-video', type: TrackType.VIDEO }),
      new TrackInfo({ sid: sids[1], name: 'program-audio', type: TrackType.AUDIO }),
    ],
  });

export const join = (...participants: ParticipantInfo[]): ServerMessage => ({
  case: 'join',
  value: new JoinResponse({ otherParticipants: participants, pingInterval: 5, pingTimeout: 15 }),
});

export const leave = (reason: DisconnectReason, action: LeaveRequest_Action): ServerMessage => ({
  case: 'leave',
  value: new LeaveRequest({ reason, action }),
});

/** A session whose room is the test. */
export function openSession(answer = async (): Promise<string> => 'answer') {
  const told: string[] = [];
  const asked: string[] = [];
  let events: SignallingEvents | undefined;
  const session = new RoomSession(
    {
      url: 'ws://room.test',
      token: 'token',
      newestEpoch: 0,
      createReceiver: () => ({ answer, addCandidate: async () => undefined, close: async () => undefined }),
      connect: (_url, _token, given) => {
        events = given;
        return {
          answer: (sdp) => asked.push(sdp),
          candidate: () => undefined,
          subscribe: (sids, on) => asked.push(`${on ? '+' : '-'}${sids.join(' ')}`),
          preferHighQuality: () => undefined,
          ping: () => asked.push('ping'),
          close: () => undefined,
        };
      },
    },
    {
      joined: () => told.push('joined'),
      track: () => told.push('track'),
      refreshed: (token) => told.push(`refreshed ${token}`),
      displaced: () => told.push('displaced'),
      closed: (_reason, again) => told.push(`closed ${again}`),
    },
  );
  return { session, told, asked, say: (message: ServerMessage) => events?.message(message) };
}

const MESSAGES = 50;

/** Sessions that hear mutated messages of a room, fifty each: none crashes, each ends once, and what it asks is bounded. With fake timers. */
export async function hearMutatedMessages(sessions: number, random: () => number): Promise<void> {
  const corpus = [
    join(composer(1, ['TR_v', 'TR_s'])),
    {
      case: 'update',
      value: new ParticipantUpdate({ participants: [composer(2, ['TR_x', 'TR_y'])] }),
    } as const,
    { case: 'offer', value: new SessionDescription({ type: 'offer', sdp: 'v=0', id: 1 }) } as const,
    {
      case: 'trickle',
      value: new TrickleRequest({
        candidateInit: '{"candidate":"c","sdpMid":"0"}',
        target: SignalTarget.SUBSCRIBER,
      }),
    } as const,
    leave(DisconnectReason.DUPLICATE_IDENTITY, LeaveRequest_Action.DISCONNECT),
  ].map((message) => new SignalResponse({ message }).toBinary());
  for (let run = 0; run < sessions; run += 1) {
    const { told, asked, say, session } = openSession();
    say(join());
    for (let n = 0; n < MESSAGES; n += 1) {
      const message = readServerMessage(mutate(corpus, random));
      if (message !== undefined) say(message);
    }
    await vi.advanceTimersByTimeAsync(0);
    session.close('the test is over');
    expect(told.filter((word) => word.startsWith('closed'))).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(3 * MESSAGES);
  }
}
