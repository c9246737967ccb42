import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdtsParser } from './aac.ts';
import { decodeAmf, encodeAmf } from './amf0.ts';
import { BusReader, type BusRecord, writeBusRecord } from './bus-record.ts';
import { ByteQueue, concatBytes } from './bytes.ts';
import { FLV_HEADER, FlvReader, type FlvTag, writeFlvTag } from './flv.ts';
import { OggOpusMuxer } from './ogg-opus.ts';
import { OPUS_SILENCE_20MS, opusSamples } from './opus.ts';
import { RTMP_SET_CHUNK_SIZE, type RtmpMessage, RtmpReader, writeRtmpMessage } from './rtmp.ts';

/** Cuts bytes into pieces at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [
    0,
    ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b),
    bytes.length,
  ];
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}
const places = fc.array(fc.nat(5_000), { maxLength: 8 });
const body = fc.uint8Array({ maxLength: 400 });
const throwsOnlyRange = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
  }
};

test('byte queue: takes across chunks and refuses to grow without bound', () => {
  const queue = new ByteQueue(6);
  queue.push(Uint8Array.of(1, 2));
  queue.push(Uint8Array.of(3, 4));
  expect(queue.peek(3)).toEqual(Uint8Array.of(1, 2, 3));
  expect(queue.take(3)).toEqual(Uint8Array.of(1, 2, 3));
  expect(queue.take(2)).toBeUndefined();
  expect(() => queue.push(new Uint8Array(6))).toThrow(RangeError);
});

test('FLV: tags survive any cutting, with 32-bit times', () => {
  const tag: fc.Arbitrary<FlvTag> = fc.record({
    type: fc.constantFrom(8, 9, 18),
    time: fc.nat(0xffffffff),
    data: body,
  });
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 6 }), places, (tags, at) => {
      const reader = new FlvReader();
      const file = concatBytes([FLV_HEADER, ...tags.map(writeFlvTag)]);
      expect(cut(file, at).flatMap((piece) => reader.push(piece))).toEqual(tags);
    }),
  );
});

test('FLV: a file cut off in the middle of a tag gives the whole ones', () => {
  const whole = writeFlvTag({ type: 9, time: 5, data: Uint8Array.of(1, 2, 3) });
  const reader = new FlvReader();
  expect(reader.push(concatBytes([FLV_HEADER, whole, whole.subarray(0, 12)]))).toHaveLength(1);
  throwsOnlyRange(() => new FlvReader().push(new Uint8Array(20)));
});

test('bus: records survive any cutting, damage is a RangeError', () => {
  const time = fc.double({ noNaN: true, noDefaultInfinity: true });
  const record: fc.Arbitrary<BusRecord> = fc.oneof(
    fc.record({ kind: fc.constant('config' as const), avcC: body }),
    fc.record({ kind: fc.constant('video' as const), time, key: fc.boolean(), unit: body }),
    fc.record({ kind: fc.constant('opus' as const), time, packet: body }),
  );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), places, (records, at) => {
      const reader = new BusReader();
      const bytes = concatBytes(records.map(writeBusRecord));
      expect(cut(bytes, at).flatMap((piece) => reader.push(piece))).toEqual(records);
    }),
  );
  fc.assert(fc.property(body, (bytes) => throwsOnlyRange(() => new BusReader().push(bytes))));
});

test('AMF0: commands are read back', () => {
  const value = [
    'connect',
    1,
    { app: 'live', flag: true, nothing: null, name: 'Grüße 🎬' },
    [1, 'x', undefined],
  ];
  expect(decodeAmf(encodeAmf(value))).toEqual(value);
  fc.assert(fc.property(body, (bytes) => void decodeAmf(bytes)));
});

test('RTMP: messages survive chunking and any cutting, with extended time stamps', () => {
  const message: fc.Arbitrary<RtmpMessage> = fc.record({
    type: fc.constantFrom(8, 9, 20),
    streamId: fc.nat(3),
    time: fc.nat(0xffffffff),
    payload: body,
  });
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 5 }),
      fc.integer({ min: 1, max: 300 }),
      places,
      (messages, size, at) => {
        const announce = {
          type: RTMP_SET_CHUNK_SIZE,
          streamId: 0,
          time: 0,
          payload: Uint8Array.of(0, 0, size >> 8, size & 255),
        };
        const bytes = concatBytes([
          writeRtmpMessage(announce, 2, 128),
          ...messages.map((each) => writeRtmpMessage(each, 4, size)),
        ]);
        const reader = new RtmpReader();
        expect(cut(bytes, at).flatMap((piece) => reader.push(piece))).toEqual([announce, ...messages]);
      },
    ),
  );
  fc.assert(fc.property(body, (bytes) => throwsOnlyRange(() => new RtmpReader().push(bytes))));
});

test('Opus: durations of real and of silent packets', () => {
  expect(opusSamples(OPUS_SILENCE_20MS)).toBe(960);
  expect(opusSamples(Uint8Array.of(0x78))).toBe(960);
  expect(opusSamples(Uint8Array.of(0x0b, 0x03))).toBe(960 * 3);
  expect(opusSamples(new Uint8Array(0))).toBe(0);
});

test('Ogg: one packet a page, granule counts samples, lacing of long packets', () => {
  const muxer = new OggOpusMuxer(7);
  const headers = muxer.headers(2);
  expect(String.fromCharCode(...headers.subarray(28, 36))).toBe('OpusHead');
  const page = muxer.packet(OPUS_SILENCE_20MS);
  expect(new DataView(page.buffer).getBigUint64(6, true)).toBe(960n);
  expect(page.subarray(28)).toEqual(OPUS_SILENCE_20MS);
  const long = new Uint8Array(510).fill(0xfc);
  expect([...muxer.packet(long).subarray(26, 30)]).toEqual([3, 255, 255, 0]);
});

test('ADTS: frames with their configuration, after garbage, across any cutting', () => {
  const frame = (...data: number[]) => {
    const length = 7 + data.length;
    return Uint8Array.of(
      0xff,
      0xf1,
      0x4c,
      0x80 | (length >> 11),
      (length >> 3) & 0xff,
      ((length & 7) << 5) | 0x1f,
      0xfc,
      ...data,
    );
  };
  const stream = concatBytes([Uint8Array.of(1, 2, 0xff), frame(9, 8, 7), frame(6)]);
  fc.assert(
    fc.property(places, (at) => {
      const parser = new AdtsParser();
      const frames = cut(stream, at).flatMap((piece) => parser.push(piece));
      expect(frames.map(({ data, config }) => [[...data], [...config]])).toEqual([
        [
          [9, 8, 7],
          [0x11, 0x90],
        ],
        [[6], [0x11, 0x90]],
      ]);
    }),
  );
});

test('RTMP: a header in the midst of a message that says it is shorter neither hangs nor harms', () => {
  const first = Uint8Array.of(0x03, 0, 0, 0, 0, 0, 200, 20, 1, 0, 0, 0, ...new Uint8Array(128));
  const again = Uint8Array.of(0x03, 0, 0, 0, 0, 0, 1, 20, 1, 0, 0, 0, ...new Uint8Array(72));
  const reader = new RtmpReader();
  expect(reader.push(first)).toEqual([]);
  expect(reader.push(again).map(({ payload }) => payload.length)).toEqual([200]);
});
