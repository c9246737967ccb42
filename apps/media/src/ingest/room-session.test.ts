import {
  DisconnectReason,
  LeaveRequest_Action,
  type ParticipantInfo,
  ParticipantUpdate,
  SessionDescription,
} from '@livekit/protocol';
import { seededRandom } from '@streamus/media-formats/seeded-random';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { composer, hearMutatedMessages, join, leave, openSession } from '../testing/room-scene.ts';
import type { ServerMessage } from './signalling.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('takes the composer’s tracks, and only those', () => {
  const { asked, say } = openSession();
  const guest = composer(9, ['TR_a', 'TR_b']);
  guest.identity = 'guest:9';
  say(join(guest, composer(1, ['TR_v', 'TR_s'])));
  expect(asked).toEqual(['+TR_v TR_s']);
});

test('a composer who comes back under the same identity is taken, although nobody said that the former one left', () => {
  const { told, asked, say } = openSession();
  say(join(composer(1, ['V1', 'A1'])));
  const again = composer(1, ['V2', 'A2']);
  again.sid = 'PA_again';
  const update = (...participants: ParticipantInfo[]): ServerMessage => ({
    case: 'update',
    value: new ParticipantUpdate({ participants }),
  });
  say(update(again));
  expect(asked).toEqual(['+V1 A1']);
  // The next session finds the new tracks.
  expect(told).toEqual(['joined', 'closed at once']);
  const next = openSession();
  next.say(join(composer(1, ['V1', 'A1']), again));
  expect(next.asked).toEqual(['+V2 A2']);
});

test.each([
  [LeaveRequest_Action.RESUME, 'at once'],
  [LeaveRequest_Action.RECONNECT, 'at once'],
  [LeaveRequest_Action.DISCONNECT, 'after a pause'],
] as const)('leave with action %i: comes again %s', (action, again) => {
  const { told, say } = openSession();
  say(join());
  say(leave(DisconnectReason.SERVER_SHUTDOWN, action));
  expect(told).toEqual(['joined', `closed ${again}`]);
});

test('a place taken by somebody else is told', () => {
  const { told, say } = openSession();
  say(join());
  say(leave(DisconnectReason.DUPLICATE_IDENTITY, LeaveRequest_Action.DISCONNECT));
  expect(told).toEqual(['joined', 'displaced', 'closed after a pause']);
});

test('a refreshed token is handed on', () => {
  const { told, say } = openSession();
  say({ case: 'refreshToken', value: 'fresh' });
  expect(told).toEqual(['refreshed fresh']);
});

test('the server offers anew (ICE restart): answered on the same session', async () => {
  const { told, asked, say } = openSession(async () => 'v=0');
  say(join());
  for (const id of [1, 2])
    say({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp: 'v=0', id }) });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['v=0', 'v=0']);
  expect(told).toEqual(['joined']);
});

test('an offer that nobody can read ends the session, once', async () => {
  const { told, say } = openSession(() => Promise.reject(new Error('no SDP')));
  say(join());
  for (const id of [1, 2])
    say({ case: 'offer', value: new SessionDescription({ type: 'offer', sdp: '?', id }) });
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual(['joined', 'closed after a pause']);
});

test('no join in time ends the session', () => {
  const { told } = openSession();
  vi.advanceTimersByTime(8_000);
  expect(told).toEqual(['closed after a pause']);
});

test('no answer to pings ends the session; with answers it goes on', () => {
  const [silent, answered] = [openSession(), openSession()];
  silent.say(join());
  answered.say(join());
  for (let n = 0; n < 6; n += 1) {
    vi.advanceTimersByTime(5_000);
    answered.say({ case: 'pong', value: 1n });
  }
  expect(silent.told).toEqual(['joined', 'closed after a pause']);
  expect(answered.told).toEqual(['joined']);
});

test('whatever the room says: no crash, one end at most, bounded', () =>
  hearMutatedMessages(200, seededRandom(4)));
