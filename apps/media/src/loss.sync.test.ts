import type { FlvTag } from '@streamus/media-formats';
import { median } from '@streamus/testkit/clock-pattern';
import { flashBeepSkew, flvFile } from '@streamus/testkit/judge-media';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type ClipPictures, clipPictures } from './testing/clip-pictures.ts';
import { complaints } from './testing/decode.ts';
import { readFlashes } from './testing/flashes.ts';
import { type MediaRig, type RigStream, startMediaRig } from './testing/rig.ts';

const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 450_000 };
const WAIT_MS = 60_000;
/** What makeClip's tone is, and how often it sounds. */
const BEEP = { hz: 1_000, everySeconds: 1 };
const FLASHES = 10;
const OFFSET_LIMIT_SECONDS = 0.08;
/** Every 50th packet: 2 %. */
const LOST_ONE_OF = 50;

let rig: MediaRig;
let clip: Clip;
let shown: ClipPictures;
let sink: RtmpSink;
let stream: RigStream;
let publisher: Publisher;
let keep = (_sequence: number, _again: boolean): boolean => true;

beforeAll(async () => {
  [rig, clip, sink] = await Promise.all([
    startMediaRig(),
    makeClip({ ...PROGRAMME, seconds: 4, kbps: 450 }),
    startRtmpSink(),
  ]);
  shown = clipPictures(clip);
  stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  publisher = await rig.publish(stream, clip, 1, (sequence, again) => keep(sequence, again));
}, 120_000);

afterAll(async () => {
  await publisher?.close();
  await rig?.close();
  await sink?.close();
}, WAIT_MS);

const tags = (): readonly FlvTag[] => sink.publications[0]?.tags ?? [];
const lastTime = () => tags().at(-1)?.time ?? 0;

async function damagedGops(): Promise<number> {
  const row = await rig.database.db
    .selectFrom('stream_health')
    .select('health')
    .where('stream_id', '=', stream.id)
    .executeTakeFirst();
  return row?.health.damagedGops ?? 0;
}

/** Decodes what the sink got so far, and fails when anything of it is damaged. */
async function expectCleanSink(): Promise<void> {
  const file = await flvFile(tags());
  onTestFinished(() => file.close());
  expect(await complaints(file.path)).toBe('');
  const report = checkTags(tags());
  expect(report.problems).toEqual([]);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
  expect(sink.publications).toHaveLength(1);
}

test('flash and beep arrive together', async () => {
  await sink.until(() => lastTime() >= (FLASHES + 1) * 1_000, 'flashes', WAIT_MS);
  const file = await flvFile(tags());
  onTestFinished(() => file.close());
  const flashes = await readFlashes(file.path);
  const frames = flashes.map(({ time, flash }) => ({
    time,
    boxes: [{ counter: null, flash, colour: { r: 0, g: 0, b: 0 } }],
  }));
  const offsets = await flashBeepSkew(file.path, frames, 0, BEEP.hz, BEEP.everySeconds);
  expect(offsets.length).toBeGreaterThanOrEqual(FLASHES - 2);
  expect(Math.abs(median(offsets))).toBeLessThanOrEqual(OFFSET_LIMIT_SECONDS);
}, 90_000);

test('packets lost on the way to LiveKit are sent again, and the pictures reach the server', async () => {
  const damagedBefore = await damagedGops();
  keep = (sequence, again) => again || sequence % LOST_ONE_OF !== 0;
  await sink.until(() => publisher.sent.lost >= 12, 'losses', WAIT_MS);
  keep = () => true;
  const { lost, repeated } = publisher.sent;
  const from = lastTime();
  await sink.until(() => lastTime() >= from + 2_000, 'the losses have passed', WAIT_MS);
  await expectCleanSink();
  const damaged = (await damagedGops()) - damagedBefore;
  expect(repeated).toBeGreaterThan(lost / 2);
  expect(damaged).toBeLessThanOrEqual(lost / 3);
  expect(shown.jumps(tags())).toBeLessThanOrEqual(await damagedGops());
}, 120_000);

test('packets lost for good take their GOP with them, and nothing damaged reaches the server', async () => {
  const damagedBefore = await damagedGops();
  keep = (sequence) => sequence % LOST_ONE_OF !== 0;
  await rig.until(async () => (await damagedGops()) >= damagedBefore + 4, 'damaged GOPs', WAIT_MS);
  keep = () => true;
  const from = lastTime();
  await sink.until(() => lastTime() >= from + 2_000, 'the losses have passed', WAIT_MS);
  await expectCleanSink();
  expect(shown.jumps(tags())).toBeLessThanOrEqual(await damagedGops());
}, 120_000);
