import { expect, test } from 'vitest';
import { isVp8KeyPacket, Vp8Depacketiser, vp8KeyframeSize } from './vp8-depacketiser.ts';

const KEY = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00, 7, 7];
const packet = (payload: number[], timestamp: number, marker: boolean) => ({
  payloadType: 96,
  marker,
  sequence: 0,
  timestamp,
  ssrc: 1,
  payload: Uint8Array.from(payload),
});

test.each([
  ['shortest', [0x10]],
  ['7-bit picture id', [0x90, 0x80, 0x11]],
  ['15-bit picture id', [0x90, 0x80, 0x91, 0x22]],
  ['everything', [0x90, 0xf0, 0x91, 0x22, 5, 0x20]],
])('descriptor: %s', (_name, descriptor) => {
  const [frame] = new Vp8Depacketiser().push(packet([...descriptor, ...KEY], 5, true));
  expect(frame).toEqual({ timestamp: 5, data: Uint8Array.from(KEY), key: true, damaged: false });
  expect(isVp8KeyPacket(Uint8Array.from([...descriptor, ...KEY]))).toBe(true);
});

test('the packet that begins a keyframe is told from others', () => {
  expect(isVp8KeyPacket(Uint8Array.from([0x00, ...KEY.slice(4)]))).toBe(false);
  expect(isVp8KeyPacket(Uint8Array.from([0x10, 0x31, 2, 0]))).toBe(false);
  expect(isVp8KeyPacket(Uint8Array.from([0x90, 0x80]))).toBe(false);
  expect(isVp8KeyPacket(new Uint8Array(0))).toBe(false);
});

test('a picture in pieces; its size', () => {
  const depacketiser = new Vp8Depacketiser();
  expect(depacketiser.push(packet([0x10, ...KEY.slice(0, 4)], 5, false))).toEqual([]);
  const [frame] = depacketiser.push(packet([0x00, ...KEY.slice(4)], 5, true));
  expect(frame?.data).toEqual(Uint8Array.from(KEY));
  expect(vp8KeyframeSize(frame?.data ?? new Uint8Array(0))).toEqual({ width: 320, height: 180 });
});

test('a picture whose begin is missing, that a gap comes before, or that is cut short is damaged', () => {
  const damagedBy = (feed: (depacketiser: Vp8Depacketiser) => ReturnType<Vp8Depacketiser['push']>) =>
    feed(new Vp8Depacketiser()).map(({ damaged }) => damaged);
  expect(damagedBy((d) => d.push(packet([0x00, ...KEY], 5, true)))).toEqual([true]);
  expect(damagedBy((d) => d.push(packet([0x90, 0x80], 5, true)))).toEqual([true]);
  const behindGap = (picture: number[]) =>
    damagedBy((d) => {
      d.gap();
      return d.push(packet([0x10, ...picture], 5, true));
    });
  expect(behindGap([0x31, 2, 0])).toEqual([true]);
  expect(behindGap(KEY), 'a keyframe needs nothing that came before').toEqual([false]);
});

test('without a marker the next picture ends the one before', () => {
  const depacketiser = new Vp8Depacketiser();
  depacketiser.push(packet([0x10, ...KEY], 5, false));
  const frames = depacketiser.push(packet([0x10, 0x31, 9], 6, true));
  expect(frames.map(({ timestamp, key }) => [timestamp, key])).toEqual([
    [5, true],
    [6, false],
  ]);
});
