import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLV_AUDIO, FLV_VIDEO } from '@streamus/media-formats';
import type { Failure } from '@streamus/outputs';
import { makeCertificate } from '@streamus/testkit/certificate';
import { type Fault, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AAC_CONFIG } from './aac-encoder.ts';
import type { Pusher } from './pusher.ts';
import { rtmpPushers } from './rtmp-pusher.ts';
import { audioItem, type OutgoingItem, tagBody, videoItem } from './show-item.ts';

const KEY = `k&?=%20 $(reboot)'"\\;|<>ß`;
const HEADERS = { avcC: Uint8Array.of(1, 2, 3), audio: AAC_CONFIG };

let folder: string;
let certificate: { key: string; cert: string };
const closers: (() => Promise<unknown>)[] = [];
const logged: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-test-'));
  certificate = await makeCertificate();
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
});

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function sinkWith(options: Parameters<typeof startRtmpSink>[0] = {}): Promise<RtmpSink> {
  const sink = await startRtmpSink(options);
  closers.push(() => sink.close());
  return sink;
}

interface Attempt {
  readonly pusher: Pusher;
  readonly live: Promise<'live'>;
  readonly ended: Promise<Failure | null>;
}

function begin(
  url: string,
  {
    time = 0,
    caFile = 'ca.pem',
    allowPrivate = true,
  }: { time?: number; caFile?: string; allowPrivate?: boolean } = {},
): Attempt {
  const create = rtmpPushers({
    caFile: caFile === '' ? '' : join(folder, caFile),
    allowPrivate,
    log: (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
  });
  const live = Promise.withResolvers<'live'>();
  const ended = Promise.withResolvers<Failure | null>();
  const pusher = create(
    { kind: 'rtmp', url, key: KEY },
    { headers: HEADERS, time },
    { live: () => live.resolve('live'), ended: ended.resolve },
  );
  closers.push(async () => pusher.kill());
  return { pusher, live: live.promise, ended: ended.promise };
}

const picture = (time: number, bytes = 10) =>
  videoItem(
    time,
    Uint8Array.from({ length: bytes }, (_, index) => (index * 7 + time) & 0xff),
    true,
  );

const send = (pusher: Pusher, items: readonly OutgoingItem[]) =>
  new Promise<void>((resolve) => pusher.send(items, resolve));

/** How an attempt that sends one picture turns out. */
async function outcome(url: string, options?: Parameters<typeof begin>[1]): Promise<string> {
  const { pusher, live, ended } = begin(url, options);
  pusher.send([picture(0)], () => undefined);
  return Promise.race([live, ended.then((failure) => failure?.code ?? 'ended')]);
}

test('what was handed over arrives byte for byte, times counted from the beginning, across 2^24 ms', async () => {
  const sink = await sinkWith();
  const begun = 1_000;
  const items = [
    audioItem(begun - 20, Uint8Array.of(0)),
    picture(begun, 200_000),
    audioItem(begun + 1, Uint8Array.of(1, 2, 3)),
    picture(begun + 0xfffffe),
    picture(begun + 0xffffff, 150_000),
    audioItem(begun + 0x1000000, Uint8Array.of(4)),
    picture(begun + 0x7fffffff, 70_000),
  ];
  const { pusher } = begin(sink.url, { time: begun });
  await send(pusher, items);
  await pusher.finish();
  await sink.until(({ publications }) => publications[0]?.open === false, 'farewell');
  const [publication] = sink.publications;
  expect(publication).toMatchObject({ app: 'live', key: KEY });
  const [videoHeader, audioHeader, ...media] = publication?.tags ?? [];
  expect([videoHeader?.type, audioHeader?.type]).toEqual([FLV_VIDEO, FLV_AUDIO]);
  expect(media.map(({ time }) => time)).toEqual(items.slice(1).map(({ time }) => time - begun));
  media.forEach(({ data }, index) => {
    const sent = items[index + 1]?.tag ?? new Uint8Array(0);
    expect(Buffer.compare(data, tagBody(sent))).toBe(0);
  });
});

test('RTMPS with a certificate that is trusted is live, with another one sends nothing', async () => {
  const sink = await sinkWith({ tls: certificate });
  expect(await outcome(sink.url)).toBe('live');
  expect(sink.publications).toHaveLength(1);
  expect(await outcome(sink.url, { caFile: '' })).toBe('target_tls');
  expect(sink.publications).toHaveLength(1);
});

test.each([
  ['publish', 'NetStream.Publish.BadName', 'no such key', 'target_rejected'],
  ['publish', 'NetStream.Publish.BadName', 'Already publishing', 'target_busy'],
  ['connect', 'NetConnection.Connect.Rejected', 'not you', 'target_rejected'],
  ['connect', 'NetConnection.Connect.AppShutdown', '', 'target_closed'],
] as const)('a server that says %s %s (%s) gives %s', async (at, code, description, expected) => {
  const sink = await sinkWith();
  sink.reject({ at, code, description: `${description} ${KEY}` });
  expect(await outcome(sink.url)).toBe(expected);
  expect(logged.at(-1)).toContain(code);
});

test('a server that redirects is not followed', async () => {
  const [sink, other] = [await sinkWith(), await sinkWith()];
  sink.reject({
    at: 'connect',
    code: 'NetConnection.Connect.Rejected',
    description: 'moved',
    redirect: other.url,
  });
  expect(await outcome(sink.url)).toBe('target_redirected');
  expect(other.publications).toEqual([]);
});

test('refused, unknown and forbidden addresses', async () => {
  const sink = await startRtmpSink();
  await sink.close();
  expect(await outcome(sink.url)).toBe('target_refused');
  expect(await outcome('rtmp://no-such-host.invalid/live')).toBe('target_dns');
  expect(await outcome(sink.url, { allowPrivate: false })).toBe('target_private');
});

test.each([
  ['rtmp', { kind: 'reset' }, /^target_(closed|refused)$/],
  ['rtmp', { kind: 'garbage' }, /^target_handshake$/],
  ['rtmps', { kind: 'tls-abort' }, /^target_tls$/],
  ['rtmps', { kind: 'garbage' }, /^target_tls$/],
] as const satisfies readonly (readonly [string, Fault, RegExp])[])(
  '%s through %j is %s',
  async (scheme, fault, expected) => {
    const sink = await sinkWith();
    const proxy = await startFaultProxy({ target: sink.port });
    closers.push(() => proxy.close());
    await proxy.set(fault);
    expect(await outcome(`${scheme}://127.0.0.1:${proxy.port}/live`)).toMatch(expected);
  },
);

test('no key is in what was logged', () => {
  expect(logged.length).toBeGreaterThan(5);
  expect(logged.join('\n')).not.toContain(KEY);
  expect(logged.join('\n')).not.toContain(JSON.stringify(KEY).slice(1, -1));
});
