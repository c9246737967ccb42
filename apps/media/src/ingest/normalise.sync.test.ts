import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { FLV_VIDEO, type FlvTag, parseAvcC, parseSps, readFlvContent } from '@streamus/media-formats';
import { median } from '@streamus/testkit/clock-pattern';
import { flashBeepSkew, flvFile } from '@streamus/testkit/judge-media';
import { type ClipOptions, makeClip } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readFlashes } from '../testing/flashes.ts';
import { type MediaRig, type RigStream, startMediaRig } from '../testing/rig.ts';

const run = promisify(execFile);
const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 450_000 };
const CLIP: ClipOptions = { ...PROGRAMME, seconds: 4, kbps: 450 };
const WAIT_MS = 60_000;
const SHOW_MS = 10_000;
/** What makeClip's tone is, and how often it sounds. */
const BEEP = { hz: 1_000, everySeconds: 1 };
const OFFSET_LIMIT_SECONDS = 0.08;
const SWITCH_LIMIT_MS = 2_000;

let rig: MediaRig;

beforeAll(async () => {
  rig = await startMediaRig();
}, 120_000);

afterAll(() => rig?.close(), WAIT_MS);

async function begin(clip: ClipOptions): Promise<{
  stream: RigStream;
  sink: RtmpSink;
  publisher: Awaited<ReturnType<MediaRig['publish']>>;
}> {
  const sink = await startRtmpSink();
  onTestFinished(() => sink.close());
  const made = await makeClip(clip);
  const stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  onTestFinished(() => rig.endStream(stream));
  const publisher = await rig.publish(stream, made, 1);
  onTestFinished(() => publisher.close());
  return { stream, sink, publisher };
}

const tagsOf = (sink: RtmpSink): readonly FlvTag[] => sink.publications[0]?.tags ?? [];
const pictures = (sink: RtmpSink) =>
  tagsOf(sink).flatMap((tag) => {
    const content = readFlvContent(tag);
    return content.kind === 'video' ? [{ time: tag.time, key: content.key }] : [];
  });
/** Every sequence parameter set that was announced, by its id. */
function setsById(sink: RtmpSink): Map<number, Set<string>> {
  const sets = new Map<number, Set<string>>();
  for (const tag of tagsOf(sink)) {
    const content = readFlvContent(tag);
    if (content.kind !== 'video-header') continue;
    for (const sps of parseAvcC(content.avcC)?.sps ?? []) {
      const { id = -1 } = parseSps(sps) ?? {};
      sets.set(id, (sets.get(id) ?? new Set()).add(Buffer.from(sps).toString('hex')));
    }
  }
  return sets;
}
const lastTime = (sink: RtmpSink): number =>
  tagsOf(sink).findLast(({ type }) => type === FLV_VIDEO)?.time ?? 0;

async function normalised(stream: RigStream): Promise<string | null> {
  const row = await rig.database.db
    .selectFrom('stream_health')
    .select('health')
    .where('stream_id', '=', stream.id)
    .executeTakeFirst();
  return row?.health.normalised ?? null;
}

async function sizes(path: string): Promise<Set<string>> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=width,height', '-of', 'csv=p=0', path],
  ]);
  return new Set(stdout.match(/^\d+,\d+/gm));
}

/** Process ids of the encoders that ingest runs. */
async function encoders(): Promise<number[]> {
  const { stdout } = await run('ps', ['-eo', 'pid=,ppid=,args=']);
  const rows = stdout.split('\n').map((line) => /^ *(\d+) +(\d+) (.*)$/.exec(line));
  const parentOf = new Map(rows.map((row) => [Number(row?.[1]), Number(row?.[2])]));
  return rows
    .filter((row) => row?.[3]?.includes('-f ivf -i pipe:0') === true)
    .map((row) => Number(row?.[1]))
    .filter((pid) => parentOf.get(parentOf.get(pid) ?? 0) === rig.workerPid());
}

const gaps = (times: readonly { time: number }[]): number[] =>
  times.slice(1).map(({ time }, index) => time - (times[index]?.time ?? time));

test('a VP8 programme arrives as H.264 of the stream’s size, rate and keyframes, sound in step', async () => {
  const { stream, sink } = await begin({ ...CLIP, codec: 'vp8' });
  await sink.until(() => lastTime(sink) >= SHOW_MS, 'a show', WAIT_MS);
  expect(await normalised(stream)).toBe('programme_not_h264');
  expect(checkTags(tagsOf(sink)).problems).toEqual([]);

  const shown = pictures(sink);
  expect(Math.max(...gaps(shown))).toBeLessThanOrEqual(2 * (1_000 / PROGRAMME.fps));
  expect(Math.max(...gaps(shown.filter(({ key }) => key)))).toBeLessThanOrEqual(2_100);

  const file = await flvFile(tagsOf(sink));
  onTestFinished(() => file.close());
  expect(await sizes(file.path)).toEqual(new Set([`${PROGRAMME.width},${PROGRAMME.height}`]));
  const frames = (await readFlashes(file.path)).map(({ time, flash }) => ({
    time,
    boxes: [{ counter: null, flash, colour: { r: 0, g: 0, b: 0 } }],
  }));
  const offsets = await flashBeepSkew(file.path, frames, 0, BEEP.hz, BEEP.everySeconds);
  expect(offsets.length).toBeGreaterThanOrEqual(SHOW_MS / 1_000 - 3);
  expect(Math.abs(median(offsets))).toBeLessThanOrEqual(OFFSET_LIMIT_SECONDS);
}, 120_000);

test('the encoder is killed: another one goes on, on the same connection', async () => {
  const { sink } = await begin({ ...CLIP, codec: 'vp8' });
  await sink.until(() => lastTime(sink) >= 3_000, 'a show', WAIT_MS);
  const killed = await encoders();
  expect(killed).toHaveLength(1);
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  const before = lastTime(sink);
  await sink.until(() => lastTime(sink) >= before + 5_000, 'more show', WAIT_MS);
  expect(sink.publications).toHaveLength(1);
  expect(checkTags(tagsOf(sink)).problems).toEqual([]);
  expect(Math.max(...gaps(pictures(sink)))).toBeLessThanOrEqual(SWITCH_LIMIT_MS + 500);
  expect(await encoders()).toHaveLength(1);
}, 120_000);

test('a picture that changes its size in mid-show goes on at the stream’s size', async () => {
  const { stream, sink, publisher } = await begin(CLIP);
  const smaller = await makeClip({ ...CLIP, width: 240, height: 136 });
  await sink.until(() => lastTime(sink) >= 4_000, 'the first size', WAIT_MS);
  expect(await normalised(stream)).toBeNull();
  const before = lastTime(sink);
  publisher.show(smaller);
  await rig.until(async () => (await normalised(stream)) === 'programme_size_changed', 'normalised', WAIT_MS);
  await sink.until(() => lastTime(sink) >= before + 6_000, 'the second size', WAIT_MS);

  expect(sink.publications).toHaveLength(1);
  expect(checkTags(tagsOf(sink)).problems).toEqual([]);
  expect(Math.max(...gaps(pictures(sink)))).toBeLessThanOrEqual(SWITCH_LIMIT_MS);
  // Else a recording of it could not be joined without encoding it.
  const sets = [...setsById(sink).values()];
  expect(sets.length).toBeGreaterThan(2);
  expect(
    sets.filter(({ size }) => size > 1),
    'ids that stand for two sets',
  ).toEqual([]);
  const file = await flvFile(tagsOf(sink));
  onTestFinished(() => file.close());
  expect(await sizes(file.path)).toEqual(new Set([`${PROGRAMME.width},${PROGRAMME.height}`]));
}, 120_000);
