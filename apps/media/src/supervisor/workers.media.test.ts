import { freePort } from '@streamus/testkit/free-port';
import { type Clip, makeClip, type Publisher } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { happeningsIn } from '../testing/on-air.ts';
import { type MediaRig, type RigStream, type RigWorker, startMediaRig } from '../testing/rig.ts';

const PROGRAMME = { width: 320, height: 180, fps: 15, videoBitrate: 300_000 };
const WAIT_MS = 60_000;
/** Issue: another worker has a dead one's streams within this time. */
const TAKEOVER_MS = 10_000;

let rig: MediaRig;
let clip: Clip;
let sink: RtmpSink;
let stream: RigStream;
let publisher: Publisher;
let carrier: RigWorker;
let metricsPort: number;

beforeAll(async () => {
  [rig, clip, sink] = await Promise.all([
    startMediaRig({ MEDIA_CAPACITY_CORES: '0.01' }),
    makeClip({ ...PROGRAMME, seconds: 2, kbps: 300 }),
    startRtmpSink(),
  ]);
}, 120_000);

afterAll(async () => {
  // A test that failed may have left it stopped; it could not end then.
  if (rig !== undefined) process.kill(rig.workerPid(), 'SIGCONT');
  await publisher?.close();
  await rig?.close();
  await sink?.close();
}, WAIT_MS);

async function workerOf(id: RigStream['id']): Promise<string | undefined> {
  const lease = await rig.database.db
    .selectFrom('media_leases')
    .select('worker_id')
    .where('stream_id', '=', id)
    .executeTakeFirst();
  return lease?.worker_id;
}

const told = async () => (await happeningsIn(rig, stream)).map(({ type }) => type);

/** Id a worker gave itself. */
const idOf = (worker: RigWorker): string | undefined => /"worker":"([^"]+)"/.exec(worker.output())?.[1];
const mediaArrives = () =>
  sink.until(({ publications }) => (publications.at(-1)?.tags.length ?? 0) > 60, 'media', WAIT_MS);

test('a worker without room leaves a new stream alone and says so; one with room takes it', async () => {
  stream = await rig.createLiveStream(PROGRAMME, [{ url: sink.url, key: 'key' }]);
  await rig.until(async () => (await told()).includes('no-capacity'), 'no capacity told', WAIT_MS);
  expect(await workerOf(stream.id)).toBeUndefined();
  metricsPort = await freePort();
  carrier = rig.addWorker({ MEDIA_CAPACITY_CORES: '2', METRICS_PORT: String(metricsPort) });
  publisher = await rig.publish(stream, clip, 1);
  await mediaArrives();
  expect(await workerOf(stream.id)).toBe(idOf(carrier));
  expect(await told()).toContain('show-began');
}, 120_000);

test('what a worker carries is in its metrics, its processes too', async () => {
  const measured = async () => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return ['streamus_output_live', 'streamus_programme_live', 'streamus_media_process_resident_bytes'].every(
      (name) => new RegExp(`^${name}\\{[^}]*stream="${stream.id}"[^}]*\\} [1-9]`, 'm').test(text),
    );
  };
  await rig.until(measured, 'a stream in the metrics', WAIT_MS);
}, 120_000);

test('a worker killed in mid-show loses its stream to another one within 10 s, whatever that one has to carry', async () => {
  const before = await workerOf(stream.id);
  process.kill(carrier.pid, 'SIGKILL');
  await rig.until(
    async () => (await workerOf(stream.id)) !== before,
    'another worker takes the stream',
    TAKEOVER_MS,
  );
  await sink.until(({ publications }) => publications.length === 2, 'a new connection', WAIT_MS);
  await mediaArrives();
  expect(checkTags(sink.publications[1]?.tags ?? []).problems).toEqual([]);
  await rig.until(async () => (await told()).includes('worker-changed'), 'the change told', WAIT_MS);
}, 120_000);

test('a worker that hangs stops pushing before the next one starts, and does not push when it wakes up', async () => {
  const hung = rig.addWorker({ MEDIA_CAPACITY_CORES: '2' });
  await rig.until(async () => idOf(hung) !== undefined, 'the new worker is there', WAIT_MS);
  const first = await workerOf(stream.id);
  process.kill(rig.workerPid(), 'SIGSTOP');
  await sink.until(({ publications }) => publications.length === 3, 'the other worker pushes', WAIT_MS);
  await mediaArrives();
  expect(await workerOf(stream.id)).not.toBe(first);
  const [, old, next] = sink.publications;
  expect(old?.open).toBe(false);
  expect(old?.arrivals.at(-1)).toBeLessThan(next?.arrivals[0] ?? 0);
  process.kill(rig.workerPid(), 'SIGCONT');
  await rig.until(async () => rig.output().includes('another worker has it'), 'the old one lets go', WAIT_MS);
  expect(await workerOf(stream.id)).toBe(idOf(hung));
  expect(sink.publications).toHaveLength(3);
}, 120_000);
