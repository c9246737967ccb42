import { spawnSync } from 'node:child_process';
import { type FileHandle, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clipPictures, picturesOf } from '../testing/clip-pictures.ts';
import { complaints } from '../testing/decode.ts';
import { happeningsIn, latestTags, moreShow, savedHealth } from '../testing/on-air.ts';
import { finishedRecording, recordingOf, tagsOfFile } from '../testing/recorded-tags.ts';
import { type MediaRig, type RigStream, startMediaRig } from '../testing/rig.ts';
import { onDisk } from '../testing/worker.ts';

const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
/** Two minutes of the stream are 6.5 MB: with more than that free there is no alarm. */
const DISK_MEBIBYTES = 24;
const CHUNKS = [1024 * 1024, 4096];
/** Longer than the show, so that no stretch of it looks like another. */
const CLIP_S = 90;
/** A segment ends at the first keyframe after 2 s; this clip has one a second. */
const SEGMENT_S = 3;

/** A disk of one's own needs no rights, but some systems permit nobody to make name spaces. */
const [program = '', ...args] = onDisk({ folder: tmpdir(), mebibytes: 1 });
const canMount = spawnSync(program, [...args, 'true']).status === 0;
const NAME =
  'a disk without a byte left in mid-show: alarm, the server gets everything, and with space the recording goes on';

let rig: MediaRig;
let clip: Clip;
let sink: RtmpSink;
let stream: RigStream;
let publisher: Publisher;

beforeAll(async () => {
  if (!canMount) return;
  [rig, clip, sink] = await Promise.all([
    // Without a reserve it is the disk that says no, and not the look at what is free.
    startMediaRig({ DISK_RESERVE_MIB: '0' }, DISK_MEBIBYTES),
    makeClip({ ...PROGRAMME, seconds: CLIP_S, kbps: 300 }),
    startRtmpSink(),
  ]);
  stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  publisher = await rig.publish(stream, clip, 1);
}, 120_000);

afterAll(async () => {
  await publisher?.close();
  await rig?.close();
  await sink?.close();
}, 60_000);

const health = async () => (await savedHealth(rig, stream))?.health;
const recorded = async () => (await health())?.recordedSeconds ?? 0;
const untilAlarm = (alarm: string | null) =>
  rig.until(async () => (await health())?.recordingAlarm === alarm, `alarm ${alarm}`);

/** Takes all that is free. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const size of CHUNKS) while (await hasRoomFor(file, size));
  } finally {
    await file.close();
  }
}

async function hasRoomFor(file: FileHandle, size: number): Promise<boolean> {
  try {
    await file.appendFile(Buffer.alloc(size));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}

test.skipIf(!canMount)(
  canMount ? NAME : `${NAME} (not tried: this system permits no name spaces)`,
  async () => {
    const filler = rig.seenByWorker(join(rig.dataDir, 'filler'));
    await rig.until(async () => (await recorded()) > SEGMENT_S, 'segments');
    expect((await health())?.recordingAlarm).toBeNull();

    await fill(filler);
    expect((await statfs(rig.seenByWorker(rig.dataDir))).bavail).toBe(0);
    await untilAlarm('disk_full');
    const before = await recorded();
    await moreShow(sink, 2_000 * SEGMENT_S);
    expect(await recorded()).toBe(before);
    expect((await health())?.recordingAlarm).toBe('disk_full');

    await rm(filler);
    await untilAlarm(null);
    await rig.until(async () => (await recorded()) > before + SEGMENT_S, 'the recording goes on');
    await rig.endStream(stream);
    await sink.until(({ publications }) => publications.every(({ open }) => !open), 'farewell');

    expectAllAtServer((await health())?.damagedGops ?? 0);
    // A segment that just fits is told of as well.
    expect((await toldOfRecording()).slice(-2)).toEqual(['disk_full', 'recovered']);
    const { file_url: key } = await finishedRecording(rig, await recordingOf(rig, stream));
    await expectRecordedAround(rig.seenByWorker(join(rig.dataDir, 'objects', key ?? '')));
  },
  120_000,
);

/** One connection, every picture and every frame of sound; what ingest gave up on its way from LiveKit is counted. */
function expectAllAtServer(damagedGops: number): void {
  expect(sink.publications).toHaveLength(1);
  const report = checkTags(latestTags(sink));
  expect(report.problems).toEqual([]);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
  expect(clipPictures(clip).jumps(latestTags(sink))).toBeLessThanOrEqual(damagedGops);
}

/** Alarms of the recording in the event log, and their end. */
async function toldOfRecording(): Promise<string[]> {
  return (await happeningsIn(rig, stream)).flatMap((event) => {
    if (event.type === 'recording-alarm') return [event.code];
    return event.type === 'recording-recovered' ? ['recovered'] : [];
  });
}

/** What the server got, but for one hole: what was sent while the disk was full. */
async function expectRecordedAround(file: string): Promise<void> {
  expect(await complaints(file)).toBe('');
  const sent = picturesOf(latestTags(sink));
  const all = picturesOf(await tagsOfFile(file));
  // The recording may have begun before the server was there. The first picture of each second is white, and like others.
  const begin = sent.slice(0, PROGRAMME.fps).join();
  const kept = all.slice(all.findIndex((_, at) => all.slice(at, at + PROGRAMME.fps).join() === begin));
  const head = kept.findIndex((name, index) => name !== sent[index]);
  expect(head, 'pictures before the hole').toBeGreaterThan(SEGMENT_S * PROGRAMME.fps);
  const tail = kept.slice(head);
  expect(tail.length, 'pictures behind the hole').toBeGreaterThan(SEGMENT_S * PROGRAMME.fps);
  expect(tail).toEqual(sent.slice(-tail.length));
}
