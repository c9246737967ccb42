import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AmfValue, decodeAmf, encodeAmf } from './amf0.ts';
import { concatBytes, viewOf } from './bytes.ts';
import {
  RTMP_ABORT,
  RTMP_ACKNOWLEDGEMENT,
  RTMP_COMMAND,
  RTMP_HANDSHAKE_BYTES,
  RTMP_SET_CHUNK_SIZE,
  RTMP_USER_CONTROL,
  RTMP_VIDEO,
  RTMP_WINDOW_SIZE,
  type RtmpMessage,
  RtmpReader,
  writeRtmpMessage,
} from './rtmp.ts';
import { RtmpClient, type RtmpClientEvent } from './rtmp-client.ts';

const KEY = `k&?=%20 $(reboot)'"\\;|<>ß🎬`;
const options = { application: 'live', tcUrl: 'rtmp://127.0.0.1/live', key: KEY };

const message = (type: number, payload: Uint8Array, streamId = 0): Uint8Array =>
  writeRtmpMessage({ type, streamId, time: 0, payload }, 3, 128);
const command = (...values: AmfValue[]): Uint8Array => message(RTMP_COMMAND, encodeAmf(values));
const uint32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
};
const HELLO = concatBytes([Uint8Array.of(3), new Uint8Array(2 * RTMP_HANDSHAKE_BYTES)]);
const ACCEPT = [
  HELLO,
  message(RTMP_WINDOW_SIZE, uint32(2_500_000)),
  command('_result', 1, {}, { code: 'NetConnection.Connect.Success' }),
  command('_error', 2, null, { code: 'NetConnection.Call.Failed' }),
  command('_result', 4, null, 7),
  command('onStatus', 0, null, { level: 'status', code: 'NetStream.Publish.Start' }),
];

const kinds = (events: readonly RtmpClientEvent[]): string[] =>
  events.flatMap(({ kind }) => (kind === 'send' ? [] : [kind]));

/** What the client sent after its handshake, as a server reads it. */
function sent(events: readonly RtmpClientEvent[]): RtmpMessage[] {
  const bytes = concatBytes(events.flatMap((event) => (event.kind === 'send' ? [event.bytes] : [])));
  return new RtmpReader().push(bytes.subarray(RTMP_HANDSHAKE_BYTES));
}

function publishing(): { client: RtmpClient; events: RtmpClientEvent[] } {
  const client = new RtmpClient(options);
  return { client, events: ACCEPT.flatMap((part) => client.receive(part)) };
}

test('publishes in the order servers expect, with the key byte for byte', () => {
  const { events } = publishing();
  expect(kinds(events)).toEqual(['handshaken', 'created', 'publishing']);
  const commands = sent(events).flatMap(({ type, payload }) =>
    type === RTMP_COMMAND ? [decodeAmf(payload)] : [],
  );
  expect(commands.map(([name, transaction]) => [name, transaction])).toEqual([
    ['connect', 1],
    ['releaseStream', 2],
    ['FCPublish', 3],
    ['createStream', 4],
    ['publish', 5],
  ]);
  expect(commands[4]?.slice(2)).toEqual([null, KEY, 'live']);
});

test('pings before it asks to publish, so that the answer is there before any media', () => {
  const { events } = publishing();
  const messages = sent(events);
  const ping = messages.findIndex(({ type, payload }) => type === RTMP_USER_CONTROL && payload[1] === 6);
  const publish = messages.findLastIndex(({ type }) => type === RTMP_COMMAND);
  expect(ping).toBeGreaterThan(0);
  expect(ping).toBeLessThan(publish);
});

test('without a key it ends after createStream', () => {
  const client = new RtmpClient({ ...options, key: null });
  const events = ACCEPT.flatMap((part) => client.receive(part));
  expect(kinds(events).slice(0, 2)).toEqual(['handshaken', 'created']);
  expect(sent(events).filter(({ type }) => type === RTMP_COMMAND)).toHaveLength(2);
});

test('media is read back with times beyond 24 bits, in one chunk or many', () => {
  const { client, events } = publishing();
  const reader = new RtmpReader();
  const bytes = events.flatMap((event) => (event.kind === 'send' ? [event.bytes] : []));
  reader.push(concatBytes(bytes).subarray(RTMP_HANDSHAKE_BYTES));
  for (const [time, length] of [
    [0, 10],
    [0xfffffe, 200_000],
    [0xffffff, 200_000],
    [0x1000000, 65_536],
    [0x1000021, 65_537],
    [0xfffffff0, 3],
  ] as const) {
    const payload = Uint8Array.from({ length }, (_, index) => index & 0xff);
    const [read] = reader.push(concatBytes(client.media(RTMP_VIDEO, time, payload)));
    expect(read).toMatchObject({ type: RTMP_VIDEO, streamId: 7, time });
    expect(read?.payload).toEqual(payload);
  }
});

test('pings are answered, acknowledgements are passed on, windows are acknowledged', () => {
  const { client } = publishing();
  const ping = Uint8Array.of(0, 6, 1, 2, 3, 4);
  const [pong] = client.receive(message(RTMP_USER_CONTROL, ping));
  const reader = new RtmpReader();
  expect(pong?.kind === 'send' && reader.push(pong.bytes)[0]?.payload).toEqual(
    Uint8Array.of(0, 7, 1, 2, 3, 4),
  );
  expect(client.receive(message(RTMP_USER_CONTROL, Uint8Array.of(0, 7, 1, 2, 3, 4)))).toEqual([
    { kind: 'ponged', stamp: 0x01020304 },
  ]);
  expect(client.receive(message(RTMP_ACKNOWLEDGEMENT, uint32(0xfffffff0)))).toEqual([
    { kind: 'acknowledged', bytes: 0xfffffff0 },
  ]);
  const [acknowledgement] = client.receive(message(RTMP_WINDOW_SIZE, uint32(1)));
  const read = acknowledgement?.kind === 'send' ? new RtmpReader().push(acknowledgement.bytes) : [];
  expect(read[0]?.type).toBe(RTMP_ACKNOWLEDGEMENT);
});

test.each([
  [
    'connect',
    command('_error', 1, null, {
      level: 'error',
      code: 'NetConnection.Connect.Rejected',
      description: 'moved',
      ex: { code: 302, redirect: 'rtmp://other/live' },
    }),
    { code: 'NetConnection.Connect.Rejected', description: 'moved', redirect: 'rtmp://other/live' },
  ],
  [
    'publish',
    command('onStatus', 0, null, { level: 'error', code: 'NetStream.Publish.BadName', description: 'x' }),
    { code: 'NetStream.Publish.BadName', description: 'x', redirect: null },
  ],
  ['a text', command('_error', 4, null, 'no'), { code: '', description: 'no', redirect: null }],
])('a refusal of %s is told', (_what, answer, refusal) => {
  const client = new RtmpClient(options);
  client.receive(HELLO);
  expect(client.receive(answer)).toEqual([{ kind: 'refused', refusal }]);
});

test('what a server says may be cut anywhere', () => {
  const whole = concatBytes(ACCEPT);
  const expected = kinds(publishing().events);
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), { maxLength: 12 }), (places) => {
      const client = new RtmpClient(options);
      const ends = [...places.toSorted((a, b) => a - b), whole.length];
      const events = ends.flatMap((end, index) =>
        client.receive(whole.subarray(index === 0 ? 0 : ends[index - 1], end)),
      );
      expect(kinds(events)).toEqual(expected);
    }),
  );
});

/** Feeds it; whatever comes must be an event or a RangeError. */
function survives(parts: readonly Uint8Array[]): void {
  const client = new RtmpClient(options);
  try {
    for (const part of parts) client.receive(part);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
  }
}

test('mutated answers and garbage end in events or a RangeError', () => {
  const whole = concatBytes(ACCEPT.slice(1));
  const flip = fc.record({ at: fc.nat(whole.length - 1), value: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(flip, { minLength: 1, maxLength: 6 }), fc.nat(whole.length), (flips, cut) => {
      const damaged = whole.slice();
      for (const { at, value } of flips) damaged[at] = value;
      survives([HELLO, damaged.subarray(0, cut), damaged.subarray(cut)]);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives([HELLO, bytes])));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => survives([bytes])));
});

test('a server cannot make the client keep more than a little', () => {
  const endless = (chunk: number) => {
    const client = new RtmpClient(options);
    client.receive(HELLO);
    client.receive(message(RTMP_SET_CHUNK_SIZE, uint32(chunk)));
    // A message of 16 MB is announced and begun on every chunk stream.
    for (let stream = 3; stream < 64; stream += 1) {
      client.receive(Uint8Array.of(stream, 0, 0, 0, 0xff, 0xff, 0xff, 20, 0, 0, 0, 0));
      client.receive(new Uint8Array(60_000));
    }
  };
  for (const chunk of [1, 128, 0x7fffffff]) expect(() => endless(chunk)).toThrow(RangeError);
  expect(() => endless(0)).toThrow(RangeError);
  expect(() => endless(0xffffffff)).toThrow(RangeError);
});

test('an aborted message is forgotten', () => {
  const reader = new RtmpReader();
  const begun = writeRtmpMessage({ type: 20, streamId: 0, time: 0, payload: new Uint8Array(300) }, 5, 128);
  expect(reader.push(begun.subarray(0, 12 + 128))).toEqual([]);
  reader.push(writeRtmpMessage({ type: RTMP_ABORT, streamId: 0, time: 0, payload: uint32(5) }, 2, 128));
  const whole = writeRtmpMessage({ type: 20, streamId: 0, time: 0, payload: Uint8Array.of(1) }, 5, 128);
  expect(reader.push(whole).map(({ payload }) => [...payload])).toEqual([[1]]);
});
