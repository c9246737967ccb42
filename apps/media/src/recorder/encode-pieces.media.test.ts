import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordingIdSchema } from '@streamus/contracts';
import { FlvReader, readFlvContent } from '@streamus/media-formats';
import { folderObjectStore } from '@streamus/platform/objects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audioItem, videoItem } from '../egress/show-item.ts';
import { complaints } from '../testing/decode.ts';
import { tagsOfTake } from '../testing/recorded-tags.ts';
import { type FinaliseJob, finaliseTake } from './finalise.ts';
import { SegmentWriter } from './segment-writer.ts';
import { PARTIAL, takeFolder, workFolder } from './take.ts';

const run = promisify(execFile);
const ID = recordingIdSchema.parse('00000000-0000-4000-8000-000000000001');
const FPS = 15;
/** Of each of the two sizes: together three pieces of ten seconds or more, and a rest. */
const SECONDS = 17;

let dataDir: string;
/** Of all pictures that were recorded, ms. */
const times: number[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'streamus-pieces-'));
  const writer = new SegmentWriter({
    folder: takeFolder(dataDir, ID),
    take: { streamId: 'stream', recordingId: ID, fence: 1 },
    reserveBytes: 0,
    freeBytes: async () => Number.POSITIVE_INFINITY,
    now: () => 0,
    wallClock: () => new Date(),
    log: () => undefined,
  });
  await record(writer, '320x180', 0);
  await record(writer, '480x270', SECONDS * 1_000);
  await writer.close();
}, 60_000);

afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** Feeds the writer with a show of this size that begins at `fromMs`; its pictures come a little unevenly, as real ones do. */
async function record(writer: SegmentWriter, size: string, fromMs: number): Promise<void> {
  const { stdout } = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${FPS}:duration=${SECONDS}`],
      ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${SECONDS}`],
      ...['-c:v', 'libx264', '-profile:v', 'baseline', '-preset', 'ultrafast', '-g', String(FPS)],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-ac', '2', '-f', 'flv', 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: 1024 ** 3 },
  );
  let avcC = new Uint8Array();
  for (const tag of new FlvReader().push(stdout)) {
    const content = readFlvContent(tag);
    const time = fromMs + tag.time;
    if (content.kind === 'video-header') avcC = Uint8Array.from(content.avcC);
    else if (content.kind === 'audio-header') writer.headers({ avcC, audio: content.config });
    else if (content.kind === 'audio') writer.item(audioItem(time, content.frame));
    else if (content.kind === 'video') {
      const uneven = time + (times.length % 3);
      writer.item(videoItem(uneven, content.unit, content.key));
      times.push(uneven);
    }
  }
}

const job = (progress: (share: number) => void, signal = new AbortController().signal): FinaliseJob => ({
  ...{ recordingId: ID, folder: takeFolder(dataDir, ID), work: workFolder(dataDir) },
  store: folderObjectStore(join(dataDir, 'objects')),
  events: [],
  partsReady: async () => undefined,
  beforeEncoding: async () => undefined,
  log: () => undefined,
  progress,
  signal,
});

/** Pieces that are done, and when they were. */
async function donePieces(): Promise<Map<string, number>> {
  const folder = join(workFolder(dataDir), ID, 'pieces');
  const names = (await readdir(folder)).filter((name) => !name.endsWith(PARTIAL));
  return new Map(names.map((name) => [join(folder, name), statSync(join(folder, name)).mtimeMs]));
}

/** When each picture or frame of sound is shown or heard, ms. */
async function packetsOf(file: string, stream: 'v' | 'a'): Promise<number[]> {
  const show = ['-select_streams', stream, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...show, file], { maxBuffer: 1024 ** 3 });
  return stdout
    .trim()
    .split('\n')
    .map((seconds) => Math.round(Number.parseFloat(seconds) * 1_000));
}

const fromFirst = (all: readonly number[]): number[] => all.map((time) => time - (all[0] ?? 0));

test('encoding goes on where it was interrupted, and every picture is in its place', async () => {
  const store = folderObjectStore(join(dataDir, 'objects'));
  const recorded = await tagsOfTake(takeFolder(dataDir, ID), ID, store);
  const sounds = recorded.filter((tag) => readFlvContent(tag).kind === 'audio').length;
  const ending = new AbortController();
  const interrupted = finaliseTake(
    job((share) => {
      // In the third piece.
      if (share > 0.65) ending.abort();
    }, ending.signal),
  );
  await expect(interrupted).rejects.toThrow();
  const kept = await donePieces();
  expect(kept.size).toBe(2);

  const after: number[] = [];
  let again = new Map<string, number>();
  const finished = await finaliseTake(
    job((share) => {
      after.push(share);
      if (share === 1) again = new Map([...kept.keys()].map((path) => [path, statSync(path).mtimeMs]));
    }),
  );
  expect(again).toEqual(kept);
  expect(after[0]).toBeGreaterThan(0.25);
  expect(after).toEqual(after.toSorted((a, b) => a - b));

  const file = join(dataDir, 'objects', finished?.fileKey ?? '');
  expect(await complaints(file)).toBe('');
  expect(fromFirst(await packetsOf(file, 'v'))).toEqual(fromFirst(times));
  expect(await packetsOf(file, 'a')).toHaveLength(sounds);
  expect(await readdir(workFolder(dataDir))).toEqual([]);
});
