import { mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAvcC, FLV_VIDEO, type FlvTag } from '@streamus/media-formats';
import { folderObjectStore } from '@streamus/platform/objects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { audioItem, videoItem } from '../egress/show-item.ts';
import { tagsOfTake } from '../testing/recorded-tags.ts';
import { salvageTake } from './salvage.ts';
import { SegmentWriter } from './segment-writer.ts';
import { PART_FILE, PARTIAL, partName, readSegmentName } from './take.ts';

const SPS = Uint8Array.of(0x67, 0x42, 0x00, 0x0a, 0xf8, 0x41, 0xa2);
const HEADERS = {
  avcC: buildAvcC({ sps: [SPS], pps: [Uint8Array.of(0x68, 0xce, 0x38, 0x80)] }),
  audio: Uint8Array.of(0x11, 0x90),
};
const GIB = 1024 ** 3;
const START = Date.UTC(2026, 0, 1);
let folder: string;
let now = 0;
let free = 100 * GIB;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-test-'));
  now = 0;
  free = 100 * GIB;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const writerIn = (path: string, fence = 1) =>
  new SegmentWriter({
    folder: path,
    take: { streamId: 'stream', recordingId: 'take', fence },
    reserveBytes: GIB,
    freeBytes: async () => free,
    now: () => now,
    wallClock: () => new Date(START + now),
    log: () => undefined,
  });

/** One GOP a second, ten pictures each. */
function feed(writer: SegmentWriter, fromSecond: number, seconds: number): void {
  for (let n = fromSecond * 10; n < (fromSecond + seconds) * 10; n += 1) {
    writer.item(videoItem(n * 100, Uint8Array.of(n & 255), n % 10 === 0));
    writer.item(audioItem(n * 100, Uint8Array.of(7)));
  }
}

async function record(path: string, fence: number, seconds: number): Promise<SegmentWriter> {
  const writer = writerIn(path, fence);
  writer.headers(HEADERS);
  feed(writer, 0, seconds);
  await writer.close();
  return writer;
}

async function pictures(path: string): Promise<FlvTag[]> {
  const tags = await tagsOfTake(path, 'take', folderObjectStore(join(folder, 'no objects')));
  return tags.filter((tag) => tag.type === FLV_VIDEO && tag.data[1] === 1);
}

const times = async (path: string) => (await pictures(path)).map(({ time }) => time);

async function filesIn(path: string): Promise<string[]> {
  const names = await readdir(path, { recursive: true });
  return names.filter((name) => name.includes('/')).sort();
}

test('segments begin with headers and a keyframe, and together hold everything once', async () => {
  const writer = await record(folder, 1, 7);
  const segments = (await filesIn(folder)).flatMap((name) => readSegmentName(name.split('/')[1] ?? '') ?? []);
  expect(segments.map(({ index, time, durationMs }) => [index, time, durationMs])).toEqual([
    [0, 0, 2_000],
    [1, 2_000, 2_000],
    [2, 4_000, 2_000],
    [3, 6_000, 900],
  ]);
  expect(await times(folder)).toEqual(Array.from({ length: 70 }, (_, n) => n * 100));
  expect(writer.recordedSeconds).toBe(6.9);
});

test('every life and every lease writes a part of its own, and together they are one take', async () => {
  await record(folder, 2, 4);
  await record(folder, 10, 4);
  await record(folder, 2, 4);
  expect((await readdir(folder)).sort()).toEqual([
    partName(2, START),
    partName(2, START + 1),
    partName(10, START),
  ]);
  const seen = await times(folder);
  expect(seen).toHaveLength(120);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
});

test('a part tells when it was on air', async () => {
  now = 5_000;
  await record(folder, 1, 3);
  const facts = JSON.parse(await readFile(join(folder, partName(1, START + 5_000), PART_FILE), 'utf8'));
  expect(facts).toMatchObject({ streamId: 'stream', recordingId: 'take', startedTime: 0 });
  expect(new Date(facts.startedAt).getTime()).toBe(START + 5_000 - 2_000);
});

test('a programme without keyframes is cut all the same', async () => {
  const writer = writerIn(folder);
  writer.headers(HEADERS);
  for (let n = 0; n < 400; n += 1) writer.item(videoItem(n * 100, Uint8Array.of(1), n === 0));
  await writer.close();
  expect(await times(folder)).toHaveLength(400);
  expect((await filesIn(folder)).length).toBeGreaterThanOrEqual(4);
});

test('a disk that cannot be written raises the alarm, and lowers it when it works again', async () => {
  const spool = join(folder, 'spool');
  await writeFile(spool, 'a file where the folder should be');
  const writer = writerIn(spool);
  writer.headers(HEADERS);
  feed(writer, 0, 3);
  await writer.close();
  expect(writer.alarm).toBe('disk_full');
  expect(writer.recordedSeconds).toBe(0);
  await rm(spool);
  now += 60_000;
  feed(writer, 3, 3);
  await writer.close();
  expect(writer.alarm).toBeNull();
  expect(await times(spool)).not.toEqual([]);
});

test('a disk that is full raises the alarm, and recording goes on behind what was there', async () => {
  const [probe, spool] = [join(folder, 'probe'), join(folder, 'spool')];
  await record(probe, 1, 6);
  const [, first = '', ...later] = await filesIn(probe);
  const writer = writerIn(spool);
  writer.headers(HEADERS);
  feed(writer, 0, 3);
  await expect.poll(() => filesIn(spool)).toContain(first);
  // Whoever writes to /dev/full is told that there is no space left.
  // A segment that failed leaves its number to the next.
  const numbered = later.map((name) => name.replace(/segment-\d{8}/, 'segment-00000001'));
  const full = numbered.map((name) => join(spool, name + PARTIAL));
  for (const path of full) await symlink('/dev/full', path);
  feed(writer, 3, 3);
  await writer.close();
  expect(writer.alarm).toBe('disk_full');
  for (const path of full) await rm(path, { force: true });
  now += 60_000;
  feed(writer, 6, 3);
  await writer.close();
  expect(writer.alarm).toBeNull();
  const seen = await pictures(spool);
  expect(seen.slice(0, 20).map(({ data }) => data[5])).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(seen.at(-1)?.data[5]).toBe(89);
});

test('little space raises an alarm and recording goes on; none stops it until there is some again', async () => {
  const writer = writerIn(folder);
  writer.headers(HEADERS);
  const feedAndSettle = async (fromSecond: number) => {
    feed(writer, fromSecond, 4);
    await writer.close();
  };
  await feedAndSettle(0);
  expect(writer.alarm).toBeNull();
  free = GIB - 1;
  await feedAndSettle(4);
  expect(writer.alarm).toBe('disk_nearly_full');
  expect(writer.recordedSeconds).toBeCloseTo(7.8);
  free = GIB / 16 - 1;
  await feedAndSettle(8);
  expect(writer.alarm).toBe('disk_full');
  expect(writer.recordedSeconds).toBeCloseTo(7.8);
  free = 2 * GIB;
  now += 5_000;
  await feedAndSettle(12);
  expect(writer.alarm).toBeNull();
  expect(await times(folder)).toHaveLength(120);
});

test('a stream that fills a gigabyte within two minutes is warned of earlier', async () => {
  free = 2 * GIB;
  const writer = writerIn(folder);
  writer.headers(HEADERS);
  for (let n = 0; n < 5; n += 1)
    writer.item(videoItem(n * 500, new Uint8Array(12 * 1024 * 1024), n % 4 === 0));
  await writer.close();
  expect(writer.alarm).toBe('disk_nearly_full');
});

/** Pictures with their frame of sound (tags of 21 and 18 bytes) in the first bytes of a segment that ends with 20 pairs. */
const pairsBefore = (length: number, whole: number): number =>
  Math.max(0, Math.floor((length - (whole - 20 * (21 + 18))) / (21 + 18)));

test('a power cut at any byte of the newest segment loses nothing before that byte', async () => {
  await record(folder, 1, 4);
  const newest = (await filesIn(folder)).findLast((name) => name.endsWith('.flv')) ?? '';
  const path = join(folder, newest);
  const whole = await readFile(path);
  for (let length = 0; length <= whole.length; length += 3) {
    await writeFile(path, whole);
    await truncate(path, length);
    const begun = pairsBefore(length, whole.length);
    const seen = await times(folder);
    expect(seen.length).toBeGreaterThanOrEqual(20 + begun);
    expect(seen.length).toBeLessThanOrEqual(20 + begun + 1);
  }
});

test('what a killed process left half written becomes a segment, at any byte', async () => {
  await record(folder, 1, 4);
  const newest = (await filesIn(folder)).findLast((name) => name.endsWith('.flv')) ?? '';
  const path = join(folder, newest);
  const whole = await readFile(path);
  for (let length = 0; length <= whole.length; length += 37) {
    for (const name of await filesIn(folder)) {
      if (name.includes('segment-00000001')) await rm(join(folder, name));
    }
    await writeFile(path + PARTIAL, whole.subarray(0, length));
    expect(await times(folder)).toHaveLength(20);
    await salvageTake(folder);
    await salvageTake(folder);
    expect((await times(folder)).length).toBeGreaterThanOrEqual(20 + pairsBefore(length, whole.length));
    expect((await filesIn(folder)).filter((name) => name.endsWith(PARTIAL))).toEqual([]);
  }
});
