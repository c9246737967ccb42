import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeFolder } from './recorder/take.ts';
import { latestTags, moreShow, savedHealth } from './testing/on-air.ts';
import { recordingOf } from './testing/recorded-tags.ts';
import { type MediaRig, type RigStream, startMediaRig } from './testing/rig.ts';

const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
const WAIT_MS = 60_000;
const OUTAGE_MS = 10_000;
const SLATE_AFTER_MS = 2_000;

let rig: MediaRig;
let clip: Clip;
let sink: RtmpSink;
let stream: RigStream;
let publisher: Publisher;

beforeAll(async () => {
  [rig, clip, sink] = await Promise.all([
    startMediaRig(),
    makeClip({ ...PROGRAMME, seconds: 2, kbps: 300 }),
    startRtmpSink(),
  ]);
  stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  publisher = await rig.publish(stream, clip, 1);
  await untilState('live');
}, 120_000);

afterAll(async () => {
  await publisher?.close();
  await rig?.close();
  await sink?.close();
}, WAIT_MS);

const countSaid = (words: string) => rig.output().split(words).length - 1;

const health = () => savedHealth(rig, stream);

const lease = () =>
  rig.database.db
    .selectFrom('media_leases')
    .select(['worker_id', 'fence'])
    .where('stream_id', '=', stream.id)
    .executeTakeFirstOrThrow();

const untilState = (state: string) =>
  rig.until(async () => (await health())?.health.state === state, `programme ${state}`, WAIT_MS);

/** One connection, nothing missing, nothing out of order. */
function expectUnbroken(): void {
  expect(sink.publications).toHaveLength(1);
  const report = checkTags(latestTags(sink));
  expect(report.problems).toEqual([]);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
}

test('LiveKit dies in mid-show: slate on the same connection, and the show returns soon after the composer', async () => {
  await rig.livekit.kill();
  await publisher.close();
  await untilState('slate');
  await moreShow(sink, OUTAGE_MS - SLATE_AFTER_MS);
  const returns = '"state":"live","msg":"programme changes"';
  const before = countSaid(returns);
  await rig.livekit.start();
  publisher = await rig.publish(stream, clip, 1);
  await rig.until(async () => countSaid(returns) > before, 'live again', WAIT_MS);
  await untilState('live');
  await moreShow(sink, 2_000);
  expectUnbroken();
}, 120_000);

test('the disk fails: an alarm, the show goes on, and the recording too when it works again', async () => {
  const folder = takeFolder(rig.dataDir, await recordingOf(rig, stream));
  await rig.until(async () => ((await health())?.health.recordedSeconds ?? 0) > 0, 'segments', WAIT_MS);
  const part = join(folder, (await readdir(folder))[0] ?? '');
  await rename(part, `${part}-away`);
  await writeFile(part, 'a file where the folder was');
  await rig.until(async () => (await health())?.health.recordingAlarm === 'disk_full', 'alarm', WAIT_MS);
  const recorded = (await health())?.health.recordedSeconds ?? 0;
  await moreShow(sink, 2_000);
  expectUnbroken();
  await rm(part);
  await rename(`${part}-away`, part);
  await rig.until(async () => (await health())?.health.recordingAlarm === null, 'alarm over', WAIT_MS);
  await rig.until(
    async () => ((await health())?.health.recordedSeconds ?? 0) > recorded,
    'recording on',
    WAIT_MS,
  );
}, 120_000);

test('the database is away in mid-show: the show goes on, the lease stays, health resumes', async () => {
  const before = await lease();
  const [taken, lost] = ['show taken on', 'database cannot be reached'].map(countSaid);
  await rig.stopDatabase();
  await moreShow(sink, OUTAGE_MS);
  const back = new Date();
  await rig.startDatabase();
  await rig.until(async () => ((await health())?.updated_at ?? 0) > back, 'health again', WAIT_MS);
  expect(await lease()).toEqual(before);
  expect(countSaid('show taken on')).toBe(taken);
  expect(countSaid('database cannot be reached')).toBe((lost ?? 0) + 1);
  expect(countSaid('show ends')).toBe(0);
  expect((await health())?.health.state).toBe('live');
  await moreShow(sink, 1_000);
  expectUnbroken();
}, 120_000);

test('a worker that starts before the database waits for it, says so once, and takes the show on', async () => {
  expect(await rig.stopWorker()).toBe(0);
  const said = countSaid('database cannot be reached');
  const { length } = sink.publications;
  await rig.stopDatabase();
  rig.startWorker();
  await rig.until(async () => countSaid('database cannot be reached') > said, 'complaint', WAIT_MS);
  await rig.startDatabase();
  await sink.until(({ publications }) => publications.length > length, 'published again', WAIT_MS);
  await moreShow(sink, 1_000);
  expect(rig.workerRuns()).toBe(true);
  expect(countSaid('database cannot be reached')).toBe(said + 1);
  expect(countSaid('database is back')).toBe(2);
  expect(checkTags(latestTags(sink)).problems).toEqual([]);
}, 120_000);
