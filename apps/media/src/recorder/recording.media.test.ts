import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { recordingPrefix, type StreamEvent, takePrefix } from '@streamus/contracts';
import type { FlvTag } from '@streamus/media-formats';
import { Secret } from '@streamus/platform';
import { type ObjectStore, s3ObjectStore } from '@streamus/platform/objects';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { type S3Server, startS3Server } from '@streamus/testkit/s3-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ClipPictures, clipPictures, picturesOf } from '../testing/clip-pictures.ts';
import { complaints } from '../testing/decode.ts';
import { happeningsIn, moreShow, savedHealth } from '../testing/on-air.ts';
import { finishedRecording, recordingOf, tagsOfFile } from '../testing/recorded-tags.ts';
import { type MediaRig, type RigStream, startMediaRig } from '../testing/rig.ts';
import { PART_FILE, partFactsSchema, readSegmentName, spoolFolder, takeFolder } from './take.ts';
import { readContents, type StoredSegment } from './take-contents.ts';

const run = promisify(execFile);
vi.setConfig({ testTimeout: 120_000 });
const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
/** Two GOPs of 2 s: a segment ends at the first keyframe after 2 s. */
const LONGEST_SEGMENT_S = 4;
/** Where the recording has a break; what is shorter than the second is no chapter. */
const BREAK_AT_S = 12;
const SHORTEST_CHAPTER_S = 10;

let s3: S3Server;
let store: ObjectStore;
let rig: MediaRig;
let clip: Clip;
let shown: ClipPictures;
let sink: RtmpSink;
let stream: RigStream;
let publisher: Publisher;

beforeAll(async () => {
  s3 = await startS3Server();
  store = s3ObjectStore({
    ...{ endpoint: s3.endpoint, region: s3.region, bucket: s3.bucket, accessKeyId: s3.accessKeyId },
    ...{ secretAccessKey: new Secret(s3.secretAccessKey), pathStyle: true },
  });
  [rig, clip, sink] = await Promise.all([
    startMediaRig({ ...s3.environment }),
    makeClip({ ...PROGRAMME, seconds: 6, kbps: 300 }),
    startRtmpSink(),
  ]);
  shown = clipPictures(clip);
  stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  publisher = await rig.publish(stream, clip, 1);
}, 120_000);

afterAll(async () => {
  await publisher?.close();
  await rig?.close();
  await sink?.close();
  await s3?.close();
}, 60_000);

const health = async () => (await savedHealth(rig, stream))?.health;

async function storedSegments(): Promise<number> {
  const id = await recordingOf(rig, stream);
  let count = 0;
  for await (const { key } of store.list(takePrefix(id))) {
    if (readSegmentName(key.split('/').at(-1) ?? '') !== undefined) count += 1;
  }
  return count;
}

/** Of the take's first part and of the one since a kill what is in the bucket; what waits is on the disk only. */
async function secondsOfTake() {
  const id = await recordingOf(rig, stream);
  const [first = [], next = []] = (await readContents(takeFolder(rig.dataDir, id), id, store)).map(
    ({ segments }) => segments,
  );
  const secondsOf = (segments: readonly StoredSegment[], stored: boolean) =>
    segments
      .filter(({ key }) => (key !== undefined) === stored)
      .reduce((sum, { durationMs }) => sum + durationMs / 1000, 0);
  return {
    before: secondsOf(first, true),
    sinceKill: secondsOf(next, true),
    waiting: secondsOf([...first, ...next], false),
  };
}

/** kill -9 of the worker and of everything below it, at once. */
async function killEverything(): Promise<void> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(rig.workerPid())]);
  const pids = [rig.workerPid(), ...stdout.trim().split(/\s+/).map(Number)];
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await rig.until(async () => !rig.workerRuns(), 'the worker is dead');
}

/** Starts the worker; resolves when the show is on air again. */
async function startAgain(): Promise<void> {
  const { length } = sink.publications;
  rig.startWorker();
  await sink.until(({ publications }) => publications.length > length, 'published again');
  await moreShow(sink, 3_000);
}

test('segments reach the bucket while the show is on air', async () => {
  await rig.until(async () => (await health())?.state === 'live', 'live');
  await moreShow(sink, 6_000);
  await rig.until(async () => (await storedSegments()) >= 2, 'two segments in the bucket');
  await rig.until(
    async () => ((await health())?.waitingSeconds ?? 99) <= LONGEST_SEGMENT_S,
    'hardly any waits',
  );
  expect((await health())?.recordingAlarm).toBeNull();
});

test('the S3 server dies in mid-show: an alarm, the show goes on, and everything follows when it is back', async () => {
  await s3.kill();
  await rig.until(async () => (await health())?.recordingAlarm === 'store_unreachable', 'alarm');
  await moreShow(sink, 4_000);
  expect((await health())?.waitingSeconds).toBeGreaterThan(3);
  await s3.start();
  await rig.until(async () => {
    const now = await health();
    return now?.recordingAlarm === null && now.waitingSeconds <= LONGEST_SEGMENT_S;
  }, 'everything is in the bucket');
});

test('kill -9 of everything while the S3 server is down, then again and the disk is gone: the take goes on', async () => {
  await s3.kill();
  await moreShow(sink, 4_000);
  await killEverything();
  await startAgain();
  await s3.start();
  // Health does not tell: so little may wait while the uploader, in its pause, has not tried the store again.
  await rig.until(async () => {
    const { before, sinceKill, waiting } = await secondsOfTake();
    const lasts = before + sinceKill >= BREAK_AT_S + SHORTEST_CHAPTER_S;
    return sinceKill > 0 && lasts && waiting <= LONGEST_SEGMENT_S;
  }, 'the bucket has caught up and holds a break that lasts');
  await killEverything();
  await rm(spoolFolder(rig.dataDir), { recursive: true });
  await forgetEvents();
  await startAgain();
});

test('the recording is made of what is in the bucket, and lacks at most a segment for each kill', async () => {
  const id = await recordingOf(rig, stream);
  // Told later, it would stand beside the break.
  await rig.until(
    async () => (await happeningsIn(rig, stream)).some(({ type }) => type === 'programme-live'),
    'the last worker tells how it began',
  );
  await addBreak(id);
  await rig.endStream(stream);
  const { file_url: key, duration, chapters, thumbnail_url: thumbnail } = await finishedRecording(rig, id);
  const recordedTags = await tagsOfObject(key ?? '');
  const recorded = picturesOf(recordedTags);
  const lives = sink.publications.map((publication) => picturesOf(publication.tags));
  expect(lives).toHaveLength(3);
  const sent = lives.reduce((sum, pictures) => sum + pictures.length, 0);
  // The last kill took the disk as well: besides the open segment, those that were not uploaded yet.
  const mayLack = PROGRAMME.fps * LONGEST_SEGMENT_S * 3;
  expect(recorded.length).toBeGreaterThanOrEqual(sent - mayLack);
  expect(recorded.length).toBeLessThanOrEqual(sent + 2 * PROGRAMME.fps);
  expect(shown.jumps(recordedTags)).toBeLessThanOrEqual(2);
  expect(Math.abs((duration ?? 0) - recorded.length / PROGRAMME.fps)).toBeLessThanOrEqual(1.5);
  expect(chapters).toEqual([
    { kind: 'start', seconds: 0, title: null },
    { kind: 'break', seconds: BREAK_AT_S, title: null },
  ]);
  expect(await store.size(thumbnail ?? '')).toBeGreaterThan(500);
  const left: string[] = [];
  for await (const object of store.list('')) left.push(object.key);
  expect(left).toEqual(['recording.mp4', 'thumbnail.jpg'].map((name) => recordingPrefix(id) + name));
});

async function forgetEvents(): Promise<void> {
  await rig.database.db.deleteFrom('stream_events').where('stream_id', '=', stream.id).execute();
}

/** A break in the recording that stays; the show itself has none that is long enough for a chapter. */
async function addBreak(recordingId: string): Promise<void> {
  const { db } = rig.database;
  const keys: string[] = [];
  for await (const { key } of store.list(takePrefix(recordingId))) keys.push(key);
  const facts = await text(store.read(keys.find((key) => key.endsWith(PART_FILE)) ?? ''));
  const { startedAt } = partFactsSchema.parse(JSON.parse(facts));
  const event: StreamEvent['event'] = { type: 'slate-shown' };
  await forgetEvents();
  const at = new Date(new Date(startedAt).getTime() + BREAK_AT_S * 1000);
  await db
    .insertInto('stream_events')
    .values({ stream_id: stream.id, at, event: JSON.stringify(event) })
    .execute();
}

/** Pictures of an MP4 in the bucket, which is also decoded and must have its chapters. */
async function tagsOfObject(key: string): Promise<FlvTag[]> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-recording-'));
  try {
    const file = join(folder, 'recording.mp4');
    await pipeline(store.read(key), createWriteStream(file));
    expect(await complaints(file)).toBe('');
    const probe = ['-v', 'error', '-show_chapters', '-of', 'csv=p=0', file];
    const listed = (await run('ffprobe', probe)).stdout.trim().split('\n');
    expect(listed.map((line) => line.split(',').at(-1))).toEqual(['Start', 'Break']);
    return await tagsOfFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
