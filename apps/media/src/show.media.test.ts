import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FlvTag, readFlvContent } from '@streamus/media-formats';
import { roomToken } from '@streamus/testkit/livekit-token';
import { isRunning, processesBelow } from '@streamus/testkit/product/processes';
import { type Clip, makeClip, type Publisher, publishClip } from '@streamus/testkit/publisher';
import { checkTags, type Publication, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ClipPictures, clipPictures, pictureOf, picturesOf } from './testing/clip-pictures.ts';
import { complaints } from './testing/decode.ts';
import { savedHealth } from './testing/on-air.ts';
import { recordedTags, tagsOfFile } from './testing/recorded-tags.ts';
import { type MediaRig, type RigStream, startMediaRig } from './testing/rig.ts';

const run = promisify(execFile);
/** Every wait has 60 s; a test waits a few times. */
vi.setConfig({ testTimeout: 150_000 });
const PROGRAMME = { width: 640, height: 360, fps: 15, videoBitrate: 4_000_000 };
const [KEY_A, KEY_B] = ['first-secret-key', 'second-secret?key=1&x=2'];

let rig: MediaRig;
let clip: Clip;
let shown: ClipPictures;
let steady: RtmpSink;
let shaky: RtmpSink;
let stream: RigStream;
let publisher: Publisher;
let recordedBefore = 0;

beforeAll(async () => {
  [rig, clip, steady, shaky] = await Promise.all([
    startMediaRig(),
    makeClip({ ...PROGRAMME, seconds: 4, kbps: 4_000 }),
    startRtmpSink(),
    startRtmpSink(),
  ]);
  shown = clipPictures(clip);
}, 120_000);

afterAll(async () => {
  await publisher?.close();
  await rig?.close();
  await steady?.close();
  await shaky?.close();
}, 30_000);

const latest = (sink: RtmpSink): Publication | undefined => sink.publications.at(-1);
const tagsOf = (sink: RtmpSink): readonly FlvTag[] => latest(sink)?.tags ?? [];
const more = (sink: RtmpSink, count: number) => {
  const goal = tagsOf(sink).length + count;
  return sink.until(() => tagsOf(sink).length >= goal, `${count} more tags`);
};

/** Waits until the sink shows a picture of the clip, or of the slate, that it has not shown yet. */
async function untilShows(sink: RtmpSink, wanted: 'clip' | 'slate'): Promise<void> {
  let seen = tagsOf(sink).length;
  await sink.until(() => {
    const tags = tagsOf(sink);
    for (; seen < tags.length; seen += 1) {
      const tag = tags[seen];
      const name = tag === undefined ? undefined : pictureOf(tag);
      if (name !== undefined && shown.has(name) === (wanted === 'clip')) return true;
    }
    return false;
  }, wanted);
}

/** Pictures on disk so far. */
async function recordedPictures(): Promise<number> {
  const recorded = await recordedTags(rig, stream);
  return recorded.filter((tag) => readFlvContent(tag).kind === 'video').length;
}

const damagedGops = async () => (await savedHealth(rig, stream))?.health.damagedGops ?? 0;

async function pidOf(name: 'ingest' | 'egress'): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'pid=,args=', '--ppid', String(rig.workerPid())]);
  const line = stdout.split('\n').find((text) => text.includes(`/${name}/main.ts`));
  return Number(line?.trim().split(/\s+/)[0]);
}

test('a show goes live to two servers and the watch page, in order and without gaps', async () => {
  stream = await rig.createLiveStream(PROGRAMME, [
    { url: steady.url, key: KEY_A },
    { url: shaky.url, key: KEY_B },
    { url: null, key: '' },
  ]);
  publisher = await rig.publish(stream, clip, 1);
  await rig.until(
    async () =>
      (await Promise.all(stream.outputs.map(rig.outputHealth))).every(
        ({ health }) => health.state === 'live',
      ),
    'all outputs live',
  );
  await more(steady, 250);
  expect(latest(steady)).toMatchObject({ app: 'live', key: KEY_A });
  expect(latest(shaky)).toMatchObject({ app: 'live', key: KEY_B });
  for (const sink of [steady, shaky]) {
    const report = checkTags(tagsOf(sink));
    expect(report.problems).toEqual([]);
    expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
    // Whatever is missing is missing because ingest gave a damaged GOP up.
    expect(shown.jumps(tagsOf(sink))).toBeLessThanOrEqual(await damagedGops());
    expect(picturesOf(tagsOf(sink)).filter((name) => shown.has(name)).length).toBeGreaterThan(30);
  }
  const playlist = join(rig.dataDir, 'hls', stream.id, 'index.m3u8');
  await rig.until(async () => (await stat(playlist).catch(() => null)) !== null, 'playlist');
});

test('keys are neither in the process list nor in any log', async () => {
  const { stdout } = await run('ps', ['-eo', 'args=']);
  expect(stdout).toContain('ffmpeg');
  for (const key of [KEY_A, KEY_B]) {
    expect(stdout).not.toContain(key);
    expect(rig.output()).not.toContain(key);
  }
});

test('a composer that stops is replaced by the slate and silence, and comes back without a new header', async () => {
  await untilShows(steady, 'clip');
  const { videoHeaders } = checkTags(tagsOf(steady));
  publisher.pause();
  await untilShows(steady, 'slate');
  await more(steady, 60);
  publisher.resume();
  await untilShows(steady, 'clip');
  await more(steady, 60);
  const report = checkTags(tagsOf(steady));
  expect(report.problems).toEqual([]);
  expect(report.videoHeaders).toBe(videoHeaders);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
  expect(steady.publications).toHaveLength(1);
});

test('a stranger with tracks named like the programme is ignored', async () => {
  const other = await makeClip({ width: 320, height: 180, fps: 10, seconds: 1, kbps: 200 });
  const token = roomToken(rig.livekit, stream.room, 'person:evil', { canPublish: true, canSubscribe: false });
  const stranger = publishClip({ url: rig.livekit.url, token, clip: other });
  await stranger.started;
  const { videoHeaders } = checkTags(tagsOf(steady));
  await more(steady, 120);
  await stranger.close();
  expect(checkTags(tagsOf(steady)).videoHeaders).toBe(videoHeaders);
  expect(rig.output().match(/takes a programme track/g)).toHaveLength(2);
});

test('a host who reloads is followed: the next composer’s tracks are taken, without a new connection', async () => {
  const takes = () => rig.output().match(/takes a programme track/g)?.length ?? 0;
  for (const epoch of [2, 3]) {
    const before = takes();
    await publisher.close();
    publisher = await rig.publish(stream, clip, epoch);
    await rig.until(async () => takes() >= before + 2, `tracks of epoch ${epoch}`);
    await more(steady, 30);
    await untilShows(steady, 'clip');
  }
  const report = checkTags(tagsOf(steady));
  expect(report.problems).toEqual([]);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
  expect(steady.publications).toHaveLength(1);
});

test('a killed ingest comes back by itself; the RTMP connections stay', async () => {
  const pid = await pidOf('ingest');
  const takes = () => rig.output().match(/takes a programme track/g)?.length ?? 0;
  const before = takes();
  process.kill(pid, 'SIGKILL');
  await rig.until(async () => takes() >= before + 2, 'tracks taken again');
  await untilShows(steady, 'clip');
  expect(await pidOf('ingest')).not.toBe(pid);
  await more(steady, 60);
  expect(checkTags(tagsOf(steady)).problems).toEqual([]);
  expect(steady.publications).toHaveLength(1);
  expect(shaky.publications).toHaveLength(1);
});

test('a server that goes away and comes back is found again; the other one loses nothing', async () => {
  const [, shakyOutput] = stream.outputs;
  if (shakyOutput === undefined) throw new Error('no second output');
  const { length } = shaky.publications;
  await shaky.refuse();
  await rig.until(
    async () => (await rig.outputHealth(shakyOutput)).health.state === 'backing-off',
    'backing off',
  );
  expect((await rig.outputHealth(shakyOutput)).health.lastError?.code).toMatch(/target_(closed|refused)/);
  await shaky.reopen();
  await shaky.until((sink) => sink.publications.length > length, 'published again');
  await more(shaky, 60);
  const report = checkTags(tagsOf(shaky));
  expect(report.problems).toEqual([]);
  expect(checkTags(tagsOf(steady)).problems).toEqual([]);
  expect(steady.publications).toHaveLength(1);
});

test('a server that stops reading is cut off; the other one loses nothing', async () => {
  const [steadyOutput, shakyOutput] = stream.outputs;
  if (steadyOutput === undefined || shakyOutput === undefined) throw new Error('no outputs');
  const { length } = shaky.publications;
  shaky.stall(true);
  await rig.until(
    async () => (await rig.outputHealth(shakyOutput)).health.lastError?.code === 'target_stalled',
    'stall noticed',
  );
  shaky.stall(false);
  await shaky.until((sink) => sink.publications.length > length, 'published again');
  await more(shaky, 30);
  expect((await rig.outputHealth(steadyOutput)).health).toMatchObject({ reconnects: 0, droppedSeconds: 0 });
});

test('an output can be dropped and added while live', async () => {
  const [, shakyOutput] = stream.outputs;
  if (shakyOutput === undefined) throw new Error('no second output');
  await rig.setOutputWanted(stream, shakyOutput, false);
  await shaky.until(() => latest(shaky)?.open === false, 'farewell');
  await rig.until(
    async () => (await rig.outputHealth(shakyOutput)).status === 'disconnected',
    'disconnected',
  );
  const { length } = shaky.publications;
  await rig.setOutputWanted(stream, shakyOutput, true);
  await shaky.until((sink) => sink.publications.length > length, 'published again');
});

test('a killed egress sends again on the same time line, and goes on recording', async () => {
  const { length } = steady.publications;
  recordedBefore = await recordedPictures();
  process.kill(await pidOf('egress'), 'SIGKILL');
  await steady.until(
    ({ publications }) => (publications[length]?.tags ?? []).some((tag) => pictureOf(tag) !== undefined),
    'a picture again',
  );
  await untilShows(steady, 'clip');
  await more(steady, 60);
  const report = checkTags(tagsOf(steady));
  expect(report.problems).toEqual([]);
  // It knows the programme's parameters from before, so their return is no change to the server.
  expect(report.videoHeaders).toBe(1);
  expect(rig.output()).toContain('show continues');
});

test('the ended show is one MP4 as long as the show; what was recorded is what every server got, in order and once', async () => {
  await rig.endStream(stream);
  await steady.until(() => latest(steady)?.open === false, 'farewell');
  const recording = () =>
    rig.database.db
      .selectFrom('recordings')
      .selectAll()
      .where('stream_id', '=', stream.id)
      .executeTakeFirstOrThrow();
  await rig.until(async () => (await recording()).status !== 'processing', 'recording');
  const row = await recording();
  expect(row).toMatchObject({ status: 'ready', resolution: '640x360', format: 'mp4' });
  const file = join(rig.dataDir, 'objects', row.file_url ?? '');
  const { stdout } = await run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'stream=codec_name,duration',
    '-of',
    'json',
    file,
  ]);
  const { streams } = JSON.parse(stdout) as { streams: { codec_name: string; duration: string }[] };
  expect(streams.map(({ codec_name }) => codec_name)).toEqual(['h264', 'aac']);
  const [first, second] = streams.map(({ duration }) => Number(duration));
  expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThanOrEqual(0.5);
  const lengths = steady.publications.map(({ tags }) => {
    const times = tags.map((tag) => tag.time);
    return (Math.max(...times) - Math.min(...times)) / 1000;
  });
  const total = lengths.reduce((sum, seconds) => sum + seconds, 0);
  // The killed process took at most its unfinished segment with it.
  expect(row.duration).toBeLessThanOrEqual(total + 0.5);
  expect(row.duration).toBeGreaterThanOrEqual(total - 3);
  expect((await stat(join(rig.dataDir, 'objects', row.thumbnail_url ?? ''))).size).toBeGreaterThan(500);
  expect(await readdir(join(rig.dataDir, 'spool'))).toEqual([]);
  const recorded = picturesOf(await tagsOfFile(file));
  expect(recorded.length).toBeGreaterThan(recordedBefore);
  for (const sink of [steady, shaky]) {
    const sent = picturesOf(tagsOf(sink));
    expect(sent).toEqual(recorded.slice(-sent.length));
  }
  expect(await complaints(file)).toBe('');
});

test('no process stays behind when egress is killed, nor when the worker is told to end in mid-show', async () => {
  const show = await rig.createLiveStream(PROGRAMME, [
    { url: steady.url, key: KEY_A },
    { url: null, key: '' },
  ]);
  const source = await rig.publish(show, clip, 1);
  const areLive = async () =>
    (await Promise.all(show.outputs.map(rig.outputHealth))).every(({ health }) => health.state === 'live');
  await rig.until(areLive, 'all outputs live');
  const egress = await pidOf('egress');
  // The sound's encoder and the watch page's writer at least.
  const helpers = processesBelow(egress);
  expect(helpers.length).toBeGreaterThanOrEqual(2);
  process.kill(egress, 'SIGKILL');
  await vi.waitFor(() => expect(helpers.filter(isRunning)).toEqual([]), { timeout: 20_000 });

  // Ingest, egress, and the two helpers of the new one.
  await rig.until(
    async () => isRunning(await pidOf('egress')) && processesBelow(rig.workerPid()).length >= 4,
    'egress and its helpers are back',
  );
  const all = processesBelow(rig.workerPid());
  expect(await rig.stopWorker()).toBe(0);
  await vi.waitFor(() => expect(all.filter(isRunning)).toEqual([]), { timeout: 20_000 });
  await source.close();
});
