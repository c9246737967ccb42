import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildAvcC, FLV_VIDEO, NO_PARAMETER_SETS, updateParameterSets } from '@streamus/media-formats';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BusLink, openBusLink } from '../ingest/bus-link.ts';
import { monotonicMs } from '../monotonic.ts';
import { countersOf, feedClip } from '../testing/feed.ts';
import { Egress } from './egress.ts';
import { PLAIN_LOOK } from './slate.ts';

const run = promisify(execFile);
const FORMAT = { width: 320, height: 180, fps: 15 };

let folder: string;
let sink: RtmpSink;
let egress: Egress;
let link: BusLink;
let small: Clip;
let large: Clip;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-wild-'));
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
    recording: null,
    log: () => undefined,
  });
  await egress.listen();
  const linked = Promise.withResolvers<void>();
  link = openBusLink(join(folder, 'bus.sock'), linked.resolve);
  await linked.promise;
  egress.startOutput('sink', { kind: 'rtmp', url: sink.url, key: 'key' });
}, 60_000);

afterAll(async () => {
  link?.close();
  await egress?.close();
  await sink?.close();
  await rm(folder, { recursive: true, force: true });
});

const parameters = (clip: Clip) =>
  buildAvcC(updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []));
const tags = () => sink.publications[0]?.tags ?? [];
const fed = () => countersOf(tags());

/** Slates that are being encoded now. */
async function encoders(): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'args=', '--ppid', String(process.pid)]);
  return stdout.split('\n').filter((line) => line.startsWith('ffmpeg') && line.includes('libx264')).length;
}

test('empty pictures, damaged parameters, wrong clocks and endless changes of size go by, and the show goes on', async () => {
  const feed = feedClip(link, small);
  await sink.until(() => fed().length > 15, 'a show');
  const sizes = [parameters(small), parameters(large)];
  let most = 0;
  for (let round = 0; fed().length < 60; round += 1) {
    const now = monotonicMs();
    link.send({ kind: 'config', avcC: sizes[round % 2] ?? new Uint8Array(0) });
    link.send({ kind: 'config', avcC: Uint8Array.of(1, 66, 0, 30, 255, 255, 0xff, 0xff) });
    for (const time of [now, now + 1e15, -1e15]) {
      link.send({ kind: 'video', time, key: true, unit: new Uint8Array(0) });
      link.send({ kind: 'video', time: time === now ? 1e300 : time, key: true, unit: new Uint8Array(10) });
      link.send({ kind: 'opus', time, packet: new Uint8Array(0) });
    }
    most = Math.max(most, await encoders());
    await sink.until(() => fed().length > 16 + round, 'the next picture');
  }
  expect(most).toBe(1);
  expect(egress.health().counters.droppedUnits).toBeGreaterThan(100);
  link.send({ kind: 'config', avcC: parameters(small) });
  feed.stop();
  await sink.until(() => egress.health().programme.state === 'slate', 'slate');
  const later = feedClip(link, small, 1_000);
  await sink.until(() => (fed().at(-1) ?? 0) > 1_030, 'live again');
  later.stop();
  expect(sink.publications).toHaveLength(1);
  const report = checkTags(tags());
  expect(report.problems).toEqual([]);
  const counters = fed();
  expect(counters).toEqual(counters.toSorted((a, b) => a - b));
  expect(tags().at(-1)?.time ?? 0).toBeLessThan(60_000);
}, 60_000);

/** Milliseconds between the pictures from the first one numbered `from` on. */
function stepsFrom(from: number): number[] {
  const times = tags().flatMap((tag) =>
    tag.type === FLV_VIDEO ? [{ time: tag.time, count: countersOf([tag])[0] ?? 0 }] : [],
  );
  const shown = times.slice(times.findIndex(({ count }) => count >= from));
  return shown.slice(1).map(({ time }, index) => time - (shown[index]?.time ?? 0));
}

test('pictures that had queued somewhere do not follow the slate all at once; those that are on time do', async () => {
  await sink.until(() => egress.health().programme.state === 'slate', 'slate');
  const before = egress.health().counters.droppedUnits;
  const queued = feedClip(link, small, 2_000, 3_000);
  await sink.until(() => egress.health().counters.droppedUnits > before + 20, 'the queue');
  queued.stop();
  const feed = feedClip(link, small, 3_000);
  await sink.until(() => (fed().at(-1) ?? 0) > 3_045, 'live again');
  feed.stop();
  expect(fed().filter((count) => count >= 2_000 && count < 3_000)).toEqual([]);
  expect(Math.min(...stepsFrom(3_000))).toBeGreaterThan(30);
});

test('a programme that stays late is shown all the same', async () => {
  await sink.until(() => egress.health().programme.state === 'slate', 'slate');
  const feed = feedClip(link, small, 4_000, 1_500);
  await sink.until(() => (fed().at(-1) ?? 0) > 4_000, 'the late programme');
  feed.stop();
  expect(egress.health().programme.state).toBe('live');
});
