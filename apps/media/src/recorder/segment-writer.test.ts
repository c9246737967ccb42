import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { audioItem, videoItem } from '../egress/show-item.ts';
import { readTake } from './read-take.ts';
import { SegmentWriter } from './segment-writer.ts';
import { segmentFiles } from './take.ts';

const HEADERS = { avcC: Uint8Array.of(1, 2, 3), audio: Uint8Array.of(0x11, 0x90) };
const TAKE = { streamId: 'stream', recordingId: 'recording' };
let folder: string;
let now = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const writerIn = (path: string) =>
  new SegmentWriter(
    path,
    TAKE,
    () => now,
    () => undefined,
  );

/** One GOP a second, ten pictures each. */
function feed(writer: SegmentWriter, fromSecond: number, seconds: number): void {
  for (let n = fromSecond * 10; n < (fromSecond + seconds) * 10; n += 1) {
    writer.item(videoItem(n * 100, Uint8Array.of(n & 255), n % 10 === 0));
    writer.item(audioItem(n * 100, Uint8Array.of(7)));
  }
}

async function times(path: string): Promise<number[]> {
  const files = segmentFiles(await readdir(path)).map((name) => join(path, name));
  const seen: number[] = [];
  for await (const tag of readTake(files)) if (tag.type === 9 && tag.data[1] === 1) seen.push(tag.time);
  return seen;
}

test('segments begin with headers and a keyframe, and together hold everything once', async () => {
  const writer = writerIn(join(folder, 'spool'));
  writer.headers(HEADERS);
  feed(writer, 0, 7);
  await writer.close();
  expect(segmentFiles(await readdir(join(folder, 'spool')))).toHaveLength(4);
  expect(await times(join(folder, 'spool'))).toEqual(Array.from({ length: 70 }, (_, n) => n * 100));
  expect(writer.recordedSeconds).toBeGreaterThan(6);
});

test('a second process goes on after the first one’s segments, in time too', async () => {
  for (let life = 0; life < 2; life += 1) {
    const writer = writerIn(folder);
    writer.headers(HEADERS);
    feed(writer, 0, 4);
    await writer.close();
  }
  const seen = await times(folder);
  expect(seen).toHaveLength(80);
  expect(seen.toSorted((a, b) => a - b)).toEqual(seen);
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
