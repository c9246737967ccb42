import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutputHealth } from '@streamus/contracts';
import { readFlvContent } from '@streamus/media-formats';
import { makeCertificate } from '@streamus/testkit/certificate';
import { type Fault, type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { checkTags, type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type BusLink, openBusLink } from '../ingest/bus-link.ts';
import { countersOf, type Feed, feedClip } from '../testing/feed.ts';
import { Egress } from './egress.ts';
import { PLAIN_LOOK } from './slate.ts';

const FORMAT = { width: 640, height: 360, fps: 15 };
const KBPS = 6_000;
/** Media research 6.1: a stall is found within this. */
const STALL_MS = 5_000;
const BACK_MS = 15_000;
vi.setConfig({ testTimeout: 90_000 });

let folder: string;
let clip: Clip;
let egress: Egress;
let link: BusLink;
let feed: Feed;
let proxy: FaultProxy;
let faulty: RtmpSink;
let neighbours: readonly RtmpSink[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-faults-'));
  const certificate = await makeCertificate();
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
  [clip, faulty, neighbours] = await Promise.all([
    makeClip({ ...FORMAT, seconds: 2, kbps: KBPS }),
    startRtmpSink(),
    Promise.all([startRtmpSink(), startRtmpSink({ tls: certificate })]),
  ]);
  proxy = await startFaultProxy({ target: faulty.port });
  egress = await Egress.open({
    streamId: 'stream',
    busPath: join(folder, 'bus.sock'),
    dataDir: folder,
    caFile: join(folder, 'ca.pem'),
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
  feed = feedClip(link, clip);
  neighbours.forEach(({ url }, index) => {
    egress.startOutput(`neighbour-${index}`, { kind: 'rtmp', url, key: 'key' });
  });
  egress.startOutput('faulty', { kind: 'rtmp', url: `rtmp://127.0.0.1:${proxy.port}/live`, key: 'key' });
  await until(() => Object.values(egress.health().outputs).every(({ state }) => state === 'live'), 20_000);
}, 60_000);

afterAll(async () => {
  feed?.stop();
  link?.close();
  await egress?.close();
  await proxy?.close();
  for (const sink of [faulty, ...(neighbours ?? [])]) await sink?.close();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

const health = (id = 'faulty'): OutputHealth => {
  const found = egress.health().outputs[id];
  if (found === undefined) throw new Error(`no output ${id}`);
  return found;
};

/** Resolves when it holds; ms that it took. */
async function until(holds: () => boolean, timeout: number): Promise<number> {
  const since = performance.now();
  await vi.waitFor(() => expect(holds()).toBe(true), { timeout, interval: 20 });
  return performance.now() - since;
}

/** The next error with this code that is newer than now. */
function failsWith(code: string, timeout: number): Promise<number> {
  const since = new Date().toISOString();
  return until(() => {
    const { lastError } = health();
    return lastError !== null && lastError.at >= since && lastError.code === code;
  }, timeout);
}

/** The fault is over; someone presses "retry now". The new publication begins with a keyframe. */
async function comesBack(): Promise<void> {
  const { length } = faulty.publications;
  await proxy.set({ kind: 'none' });
  const retry = setInterval(() => egress.retryOutput('faulty'), 100);
  await until(() => health().state === 'live', BACK_MS).finally(() => clearInterval(retry));
  const pictures = () => countersOf(faulty.publications.at(-1)?.tags ?? []);
  await until(() => faulty.publications.length > length && pictures().length > 15, BACK_MS);
  expect(checkTags(faulty.publications.at(-1)?.tags ?? []).problems).toEqual([]);
}

/** Every picture once and in order, sound without gaps, on one connection. */
function neighboursLostNothing(): void {
  neighbours.forEach((sink, index) => {
    expect(sink.publications).toHaveLength(1);
    const tags = sink.publications[0]?.tags ?? [];
    const counters = countersOf(tags);
    const [first = 0] = counters;
    expect(counters).toEqual(Array.from(counters, (_, place) => first + place));
    const report = checkTags(tags);
    expect(report.problems).toEqual([]);
    expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
    expect(health(`neighbour-${index}`)).toMatchObject({ reconnects: 0, droppedSeconds: 0 });
  });
}

test.each([
  [{ kind: 'reset' }, 'target_closed', 1_000],
  [{ kind: 'black-hole' }, 'target_stalled', STALL_MS],
  [{ kind: 'half-open' }, 'target_stalled', STALL_MS],
] as const satisfies readonly (readonly [Fault, string, number])[])(
  '%j in mid-stream is %s within %i ms; the neighbours lose nothing',
  async (fault, code, limit) => {
    const failed = failsWith(code, limit);
    await proxy.set(fault);
    expect(await failed).toBeLessThanOrEqual(limit);
    await comesBack();
    neighboursLostNothing();
  },
);

test.each([
  [{ kind: 'refuse' }, 'target_refused'],
  [{ kind: 'garbage' }, 'target_handshake'],
  [{ kind: 'black-hole' }, 'target_timeout'],
] as const satisfies readonly (readonly [Fault, string])[])(
  '%j at the next connection is %s; the neighbours lose nothing',
  async (fault, code) => {
    await proxy.set({ kind: 'refuse' });
    const failed = failsWith(code, BACK_MS);
    await proxy.set(fault);
    const retry = setInterval(() => egress.retryOutput('faulty'), 100);
    await failed.finally(() => clearInterval(retry));
    await comesBack();
    neighboursLostNothing();
  },
);

test('a rejected key is told, and forgiven when the server takes it after all', async () => {
  faulty.reject({ at: 'publish', code: 'NetStream.Publish.BadName', description: 'no such key' }, 2);
  const failed = failsWith('target_rejected', BACK_MS);
  await proxy.set({ kind: 'reset' });
  await proxy.set({ kind: 'none' });
  await failed;
  await comesBack();
  neighboursLostNothing();
});

test('at a tenth of the speed it is degraded, skips to keyframes with its sound, and recovers on the same connection', async () => {
  const { length } = faulty.publications;
  const before = health().droppedSeconds;
  await proxy.set({ kind: 'slow', bytesPerSecond: (KBPS * 1_000) / 8 / 10 });
  await until(() => health().state === 'degraded' && health().droppedSeconds > before, 30_000);
  await proxy.set({ kind: 'none' });
  await until(() => health().state === 'live', BACK_MS);
  expect(faulty.publications).toHaveLength(length);
  const { tags = [] } = faulty.publications.at(-1) ?? {};
  const seen = tags.length;
  await until(() => countersOf(tags.slice(seen)).length > 30, BACK_MS);
  const report = checkTags(tags);
  expect(report.problems).toEqual([]);
  expect(report.longestAudioGapMs).toBeLessThanOrEqual(25);
  expect(picturesAfterGapsThatAreNoKeyframes(tags)).toBe(0);
  neighboursLostNothing();
});

test('the end of the TLS handshake is told apart', async () => {
  const aborting = await startFaultProxy({ target: 1 });
  await aborting.set({ kind: 'tls-abort' });
  egress.startOutput('secure', { kind: 'rtmp', url: `rtmps://127.0.0.1:${aborting.port}/live`, key: 'key' });
  await until(() => health('secure').lastError?.code === 'target_tls', 5_000);
  egress.stopOutput('secure');
  await aborting.close();
  neighboursLostNothing();
});

test('thirty destinations at once, half of them silent: all are tried, memory stays bounded, the neighbours lose nothing', async () => {
  const silent = await startFaultProxy({ target: 1 });
  await silent.set({ kind: 'black-hole' });
  const before = process.memoryUsage().arrayBuffers;
  const ids = Array.from({ length: 28 }, (_, index) => `many-${index}`);
  ids.forEach((id, index) => {
    const port = index % 2 === 0 ? silent.port : proxy.port;
    egress.startOutput(id, { kind: 'rtmp', url: `rtmp://127.0.0.1:${port}/live`, key: id });
  });
  await until(() => ids.filter((id) => health(id).state === 'live').length === 14, 20_000);
  await until(
    () => ids.filter((id) => health(id).lastError?.code === 'target_timeout').length === 14,
    STALL_MS * 2,
  );
  for (const id of ids) egress.stopOutput(id);
  // What the sinks of this very process keep is the larger part.
  const kept = [faulty, ...neighbours].reduce(
    (sum, { publications }) =>
      sum +
      publications.reduce(
        (bytes, { tags }) => bytes + tags.reduce((all, { data }) => all + data.length, 0),
        0,
      ),
    0,
  );
  expect(process.memoryUsage().arrayBuffers - before - kept).toBeLessThan(64 * 1024 * 1024);
  await silent.close();
  neighboursLostNothing();
});

/** Where pictures are missing a receiver must be able to begin anew. */
function picturesAfterGapsThatAreNoKeyframes(tags: Parameters<typeof countersOf>[0]): number {
  let last: number | undefined;
  return tags.filter((tag) => {
    const [counter] = countersOf([tag]);
    if (counter === undefined) return false;
    const gap = last !== undefined && counter !== last + 1;
    last = counter;
    const content = readFlvContent(tag);
    return gap && content.kind === 'video' && !content.key;
  }).length;
}
