import { buildAvcC, type ParameterSets } from '@streamus/media-formats';
import { expect, test } from 'vitest';
import { flvBeginning } from '../egress/show-item.ts';
import { runsOf, setsInHead } from './runs.ts';
import type { SegmentFacts } from './take.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const PPS = hex('68ce3880');
const sets = (...sps: Uint8Array[]): ParameterSets => ({ sps, pps: [PPS] });
/** 1280x720, id 0, as Chromium makes it. */
const LIVE = sets(hex('6742c01fda014016ec0440000003004000000f03c60ca8'));
/** The same size and id from another encoder. */
const OTHER = sets(hex('6742e01fda014016ec0440000003004000000f03c60ca8'));
/** 640x360, id 1. */
const SMALL = sets(hex('6742c01e5680a02ff970110000030001000003003c0f162ea0'));
/** 1920x1080, id 0. */
const LARGE = sets(hex('67640028acd940780227e5c044000003000400000300f03c60c658'));

function runs(...segments: ParameterSets[]) {
  const facts = segments.map(
    (_, index): SegmentFacts => ({ index, time: index * 2_000, durationMs: 2_000, sets: '', sha256: '' }),
  );
  const found = runsOf(
    facts.map((segment) => ({ segment, offsetMs: 0 })),
    ({ index }) => segments[index] ?? sets(),
  );
  return found.map(({ placed, size, oneSize, sets: all }) => ({
    segments: placed.map(({ segment }) => segment.index),
    size: `${size.width}x${size.height}`,
    oneSize,
    sps: all.sps.length,
  }));
}

test('one set of parameters is one run', () => {
  expect(runs(LIVE, LIVE, LIVE)).toEqual([{ segments: [0, 1, 2], size: '1280x720', oneSize: true, sps: 1 }]);
});

test('the same id for other parameters begins a run, and so does going back', () => {
  expect(runs(LIVE, OTHER, OTHER, LIVE).map(({ segments }) => segments)).toEqual([[0], [1, 2], [3]]);
});

test('another size begins a run, whatever its id', () => {
  expect(runs(LIVE, SMALL, SMALL, LARGE)).toEqual([
    { segments: [0], size: '1280x720', oneSize: true, sps: 1 },
    { segments: [1, 2], size: '640x360', oneSize: true, sps: 1 },
    { segments: [3], size: '1920x1080', oneSize: true, sps: 1 },
  ]);
});

test('sizes that change within a segment cannot be copied into one file', () => {
  const both = sets(...LIVE.sps, ...SMALL.sps);
  expect(runs(LIVE, both)).toEqual([
    { segments: [0], size: '1280x720', oneSize: true, sps: 1 },
    { segments: [1], size: '1280x720', oneSize: false, sps: 2 },
  ]);
});

test('a segment without pictures that can be read is left out', () => {
  expect(runs(LIVE, sets(), LIVE).map(({ segments }) => segments)).toEqual([[0, 2]]);
});

test('parameters are found at the beginning of a segment, however much of it is there', () => {
  const head = flvBeginning({ avcC: buildAvcC(LIVE), audio: Uint8Array.of(0x11, 0x90) }, 0);
  expect(setsInHead(head)).toEqual(LIVE);
  for (let length = 0; length < head.length; length += 1) {
    expect([0, 1]).toContain(setsInHead(head.subarray(0, length)).sps.length);
  }
  expect(setsInHead(Buffer.from('this is no FLV file at all')).sps).toEqual([]);
});
