import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { recordingIdSchema } from '@streamus/contracts';
import type { StoredPart } from '@streamus/db';
import { FLV_HEADER, type FlvTag, readFlvContent, writeFlvTag } from '@streamus/media-formats';
import { folderObjectStore } from '@streamus/platform/objects';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BusLink, openBusLink } from '../ingest/bus-link.ts';
import { finaliseTake } from '../recorder/finalise.ts';
import { takeFolder } from '../recorder/take.ts';
import { complaints } from '../testing/decode.ts';
import { feedClip } from '../testing/feed.ts';
import { Egress } from './egress.ts';
import { PLAIN_LOOK } from './slate.ts';

const run = promisify(execFile);
const RECORDING = recordingIdSchema.parse('00000000-0000-4000-8000-000000000001');
const FORMAT = { width: 320, height: 180, fps: 15 };
const WAIT_MS = 60_000;

let folder: string;
let hls: string;
let sink: RtmpSink;
let egress: Egress;
let link: BusLink;
let small: Clip;
let large: Clip;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-egress-'));
  hls = join(folder, 'hls');
  [small, large, sink] = await Promise.all([
    makeClip({ ...FORMAT, seconds: 2, kbps: 300 }),
    makeClip({ ...FORMAT, width: 480, height: 270, seconds: 2, kbps: 300 }),
    startRtmpSink(),
  ]);
  egress = await Egress.open({
    streamId: 'stream',
    busPath: join(folder, 'bus.sock'),
    dataDir: folder,
    caFile: '',
    allowPrivate: true,
    format: FORMAT,
    look: PLAIN_LOOK,
    recording: { recordingId: RECORDING, fence: 1, reserveBytes: 0 },
    firstWaitMs: 0,
    log: () => undefined,
  });
  await egress.listen();
  const linked = Promise.withResolvers<void>();
  link = openBusLink(join(folder, 'bus.sock'), linked.resolve);
  await linked.promise;
  egress.startOutput('sink', { kind: 'rtmp', url: sink.url, key: 'key' });
  egress.startOutput('watch', { kind: 'hls', folder: hls });
}, WAIT_MS);

afterAll(async () => {
  link?.close();
  await egress?.close();
  await sink?.close();
  await rm(folder, { recursive: true, force: true });
});

const tags = (): readonly FlvTag[] => sink.publications[0]?.tags ?? [];
const videoCount = () => tags().filter((tag) => readFlvContent(tag).kind === 'video').length;

/** Waits for a number of pictures more than there are now. */
function morePictures(count: number): Promise<void> {
  const goal = videoCount() + count;
  return sink.until(() => videoCount() >= goal, `${count} more pictures`, WAIT_MS);
}

/** Sizes of all pictures of a file, each once, in order of appearance. */
async function sizes(file: string): Promise<string[]> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v', '-show_entries', 'frame=width,height', '-of', 'csv=p=0'],
    file,
  ]);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return [...new Set(lines.map((line) => line.split(',').slice(0, 2).join('x')))];
}

test('a show that begins with the slate, gets its programme later and changes size goes out on one connection', async () => {
  await morePictures(40);
  expect(egress.health().programme.state).toBe('slate');
  let feed = feedClip(link, small);
  await morePictures(60);
  expect(egress.health().programme.state).toBe('live');
  feed.stop();
  await sink.until(() => egress.health().programme.state === 'slate', 'slate', WAIT_MS);
  await morePictures(20);
  feed = feedClip(link, large);
  await morePictures(75);
  feed.stop();
  link.close();
  await egress.close();
  await sink.until(() => sink.publications[0]?.open === false, 'farewell', WAIT_MS);
  expect(sink.publications).toHaveLength(1);
  const report = checkTags(tags());
  expect(report.problems).toEqual([]);
  expect(report.videoHeaders).toBeGreaterThan(2);
}, 120_000);

test('what an RTMP server got decodes without a complaint', async () => {
  const file = join(folder, 'sink.flv');
  await writeFile(file, Buffer.concat([FLV_HEADER, ...tags().map(writeFlvTag)]));
  expect(await complaints(file)).toBe('');
  expect(await sizes(file)).toEqual(['320x180', '480x270']);
});

test('every HLS segment decodes without a complaint, by itself and in the list', async () => {
  const segments = (await readdir(hls)).filter((name) => name.endsWith('.ts'));
  expect(segments.length).toBeGreaterThanOrEqual(4);
  expect(await readFile(join(hls, 'index.m3u8'), 'utf8')).toContain('#EXT-X-ENDLIST');
  for (const name of [...segments, 'index.m3u8']) {
    expect([name, await complaints(join(hls, name))]).toEqual([name, '']);
  }
});

test('the recording is one MP4 of one size, as long as the show', async () => {
  const store = folderObjectStore(join(folder, 'objects'));
  const parts: StoredPart[] = [];
  const progress: number[] = [];
  const finished = await finaliseTake({
    ...{ recordingId: RECORDING, folder: takeFolder(folder, RECORDING), store, work: join(folder, 'work') },
    events: [],
    partsReady: async (ready) => void parts.push(...ready),
    beforeEncoding: async () => undefined,
    progress: (share) => void progress.push(share),
    log: () => undefined,
    signal: new AbortController().signal,
  });
  const file = join(folder, 'objects', finished?.fileKey ?? '');
  expect(await complaints(file)).toBe('');
  expect(await sizes(file)).toEqual([finished?.resolution]);
  const times = tags().map((tag) => tag.time);
  const shown = (Math.max(...times) - Math.min(...times)) / 1000;
  expect(Math.abs((finished?.seconds ?? 0) - shown)).toBeLessThanOrEqual(0.5);
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=duration', '-of', 'csv=p=0', file],
  ]);
  for (const duration of stdout.trim().split('\n')) {
    expect(Math.abs(Number(duration) - shown)).toBeLessThanOrEqual(0.5);
  }
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  // What was of one size is there at once, as it was sent.
  const together = parts.reduce((sum, part) => sum + part.duration, 0);
  expect(Math.abs(together - shown)).toBeLessThanOrEqual(0.5);
  for (const { key, resolution } of parts) {
    expect(await complaints(join(folder, 'objects', key))).toBe('');
    expect(await sizes(join(folder, 'objects', key))).toEqual([resolution]);
  }
});
