import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildAvcC,
  groupPictures,
  mergeParameterSets,
  NO_PARAMETER_SETS,
  parseAvcC,
  splitAvcc,
  toAvcc,
  updateParameterSets,
  withParameterSets,
} from './avcc.ts';
import { H264Depacketiser, isH264KeyPacket } from './h264-depacketiser.ts';
import { parsePpsIds, parseSps, slicePpsId, splitAnnexB } from './h264-nal.ts';

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
/** x264: 640×360 baseline with set 1, as the slate has it; 1280×720 baseline with set 0; 1920×1080 High. */
const SLATE_SPS = hex('6742c01e5680a02ff970110000030001000003003c0f162ea0');
const SLATE_PPS = hex('6848e0f2c8');
const SPS = hex('6742c01fda014016ec0440000003004000000f03c60ca8');
const PPS = hex('68ce0f2c80');
const HIGH_SPS = hex('67640028acd940780227e5c044000003000400000300f03c60c658');

const packet = (payload: number[], timestamp: number, marker = false) => ({
  payloadType: 125,
  marker,
  sequence: 0,
  timestamp,
  ssrc: 1,
  payload: Uint8Array.from(payload),
});

test('SPS: size with cropping, profile and id', () => {
  expect(parseSps(HIGH_SPS)).toMatchObject({ id: 0, profile: 100, width: 1920, height: 1080 });
  expect(parseSps(SPS)).toMatchObject({ id: 0, profile: 66, width: 1280, height: 720, maxRefFrames: 1 });
  expect(parseSps(SLATE_SPS)).toMatchObject({ id: 1, width: 640, height: 360 });
  expect(parsePpsIds(PPS)).toEqual({ id: 0, spsId: 0 });
  expect(parsePpsIds(SLATE_PPS)).toEqual({ id: 1, spsId: 1 });
});

test('SPS: no bytes make it throw or take long', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      parseSps(Uint8Array.of(0x67, ...bytes));
      parsePpsIds(Uint8Array.of(0x68, ...bytes));
    }),
  );
});

test('Annex B: both start codes, trailing zeros', () => {
  const stream = Uint8Array.of(0, 0, 0, 1, 0x67, 1, 0, 0, 1, 0x68, 2, 0, 0, 0, 1, 0x65, 3, 0);
  expect(splitAnnexB(stream).map((nal) => [...nal])).toEqual([
    [0x67, 1],
    [0x68, 2],
    [0x65, 3],
  ]);
  expect(groupPictures(splitAnnexB(stream))).toMatchObject([{ key: true }]);
});

test('depacketiser: STAP-A, single NAL and FU-A make one access unit', () => {
  const depacketiser = new H264Depacketiser();
  expect(depacketiser.push(packet([24, 0, 2, 0x67, 1, 0, 2, 0x68, 2], 9))).toEqual([]);
  depacketiser.push(packet([0x7c, 0x85, 10, 11], 9));
  depacketiser.push(packet([0x7c, 0x05, 12], 9));
  const [unit] = depacketiser.push(packet([0x7c, 0x45, 13], 9, true));
  expect(unit).toMatchObject({ key: true, damaged: false, timestamp: 9 });
  expect(unit?.nals.map((nal) => [...nal])).toEqual([
    [0x67, 1],
    [0x68, 2],
    [0x65, 10, 11, 12, 13],
  ]);
});

test.each([
  ['an SPS', [0x67, 1], true],
  ['an IDR picture', [0x65, 1], true],
  ['an aggregate that begins with an SPS', [24, 0, 2, 0x67, 1, 0, 2, 0x68, 2], true],
  ['a fragment from the middle of an IDR picture', [0x7c, 0x05, 12], true],
  ['another picture', [0x41, 1], false],
  ['an aggregate of others', [24, 0, 2, 0x41, 1], false],
  ['a fragment of another', [0x7c, 0x01, 12], false],
  ['nothing', [], false],
  ['a fragment that is cut short', [0x7c], false],
])('%s: is it of a keyframe?', (_name, payload, key) => {
  expect(isH264KeyPacket(Uint8Array.from(payload))).toBe(key);
});

test('depacketiser: a missing marker ends the picture at the next time stamp', () => {
  const depacketiser = new H264Depacketiser();
  depacketiser.push(packet([0x41, 1], 1));
  const units = depacketiser.push(packet([0x41, 2], 2, true));
  expect(units.map(({ timestamp, damaged }) => [timestamp, damaged])).toEqual([
    [1, false],
    [2, false],
  ]);
});

test('depacketiser: a gap damages the next picture only; padding packets do nothing', () => {
  const depacketiser = new H264Depacketiser();
  depacketiser.gap();
  expect(depacketiser.push(packet([0x41, 1], 1, true))).toMatchObject([{ damaged: true }]);
  expect(depacketiser.push(packet([], 1))).toEqual([]);
  expect(depacketiser.push(packet([0x41, 1], 2, true))).toMatchObject([{ damaged: false }]);
});

test('depacketiser: a gap before the first packet of a keyframe is no damage to it', () => {
  const behindGap = (...payloads: number[][]) => {
    const depacketiser = new H264Depacketiser();
    depacketiser.push(packet([0x41, 1], 1, true));
    depacketiser.gap();
    return payloads.flatMap((payload, index) =>
      depacketiser.push(packet(payload, 2, index === payloads.length - 1)),
    );
  };
  expect(behindGap([0x67, 1], [0x68, 2], [0x65, 3])).toMatchObject([{ key: true, damaged: false }]);
  expect(behindGap([24, 0, 2, 0x67, 1, 0, 2, 0x68, 2], [0x65, 3])).toMatchObject([{ damaged: false }]);
  expect(behindGap([0x68, 2], [0x65, 3])).toMatchObject([{ damaged: true }]);
  expect(behindGap([0x65, 3])).toMatchObject([{ damaged: true }]);
});

test('depacketiser: no packets make it throw, and a lost fragment is damage', () => {
  const anything = fc.record({
    payload: fc.uint8Array({ maxLength: 40 }),
    timestamp: fc.nat(5),
    marker: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anything), (packets) => {
      const depacketiser = new H264Depacketiser();
      for (const { payload, timestamp, marker } of packets)
        depacketiser.push(packet([...payload], timestamp, marker));
    }),
  );
  const depacketiser = new H264Depacketiser();
  depacketiser.push(packet([0x7c, 0x85, 10], 1));
  expect(depacketiser.push(packet([0x41, 1], 2, true))).toMatchObject([
    { timestamp: 1, damaged: true },
    { timestamp: 2, damaged: false },
  ]);
});

test('avcC: several sets are listed and read back', () => {
  const sets = { sps: [SPS, SLATE_SPS], pps: [PPS, SLATE_PPS] };
  const record = buildAvcC(sets);
  expect([...record.subarray(0, 6)]).toEqual([1, 0x42, 0xc0, 0x1f, 0xff, 0xe2]);
  expect(parseAvcC(record)).toEqual(sets);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void parseAvcC(Uint8Array.of(1, ...bytes))),
  );
});

test('parameter sets: unchanged in-band sets are no change, a new one with the same id replaces', () => {
  const known = updateParameterSets(NO_PARAMETER_SETS, [SPS, PPS]);
  expect(updateParameterSets(known, [SPS, PPS, Uint8Array.of(0x65)])).toBe(known);
  expect(updateParameterSets(known, [HIGH_SPS]).sps).toEqual([HIGH_SPS]);
  expect(mergeParameterSets(known, { sps: [HIGH_SPS], pps: [] }).sps).toEqual([SPS]);
});

test('length-prefixed units: parameter sets and delimiters are left out, the rest survives', () => {
  const slice = Uint8Array.of(0x65, 1, 2);
  expect(splitAvcc(toAvcc([SPS, PPS, Uint8Array.of(9, 0x10), slice]))).toEqual([slice]);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void splitAvcc(bytes)));
});

test('a keyframe can carry the parameter sets it uses, and no others', () => {
  const sets = mergeParameterSets({ sps: [SPS], pps: [PPS] }, { sps: [SLATE_SPS], pps: [SLATE_PPS] });
  // first_mb 0 (1), slice type 7 (0001000), PPS 0 (1) or PPS 1 (010).
  const live = Uint8Array.of(0x65, 0b1000_1000, 0b1000_0000);
  const slate = Uint8Array.of(0x65, 0b1000_1000, 0b0100_0000);
  expect(splitAvcc(withParameterSets(toAvcc([live]), sets))).toEqual([SPS, PPS, live]);
  expect(splitAvcc(withParameterSets(toAvcc([slate]), sets))).toEqual([SLATE_SPS, SLATE_PPS, slate]);
});

test('slices: no bytes make reading their PPS throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => void slicePpsId(Uint8Array.of(0x65, ...bytes))),
  );
  expect(slicePpsId(SPS)).toBeUndefined();
});
