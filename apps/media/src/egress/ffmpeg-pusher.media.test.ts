import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildAvcC,
  concatBytes,
  NO_PARAMETER_SETS,
  toAvcc,
  updateParameterSets,
} from '@streamus/media-formats';
import type { Failure } from '@streamus/outputs';
import { makeCertificate } from '@streamus/testkit/certificate';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { AAC_CONFIG } from './aac-encoder.ts';
import { ffmpegPushers } from './ffmpeg-pusher.ts';
import { flvBeginning, videoItem } from './show-item.ts';

let folder: string;
let flv: Uint8Array;
let certificate: { key: string; cert: string };
const closers: (() => Promise<unknown>)[] = [];
const logged: string[] = [];
const KEY = 'very-secret-key';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-test-'));
  certificate = await makeCertificate();
  await writeFile(join(folder, 'ca.pem'), certificate.cert);
  await writeFile(join(folder, 'other.pem'), (await makeCertificate()).cert);
  flv = asFlv(await makeClip({ width: 320, height: 180, fps: 10, seconds: 4, kbps: 200 }));
}, 30_000);

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A silent show: the audio track is announced and stays empty. */
function asFlv(clip: Clip): Uint8Array {
  const sets = updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []);
  const items = clip.pictures.map(({ nals, key }, index) => videoItem(index * 100, toAvcc(nals), key).tag);
  return concatBytes([flvBeginning({ avcC: buildAvcC(sets), audio: AAC_CONFIG }, 0), ...items]);
}

/** Pushes the clip; resolves with 'live' or with what went wrong. */
async function push(url: string, caFile = 'ca.pem'): Promise<Failure | 'live' | null> {
  const create = ffmpegPushers({
    secretFolder: folder,
    caFile: join(folder, caFile),
    log: (message, fields) => logged.push(`${message} ${JSON.stringify(fields)}`),
  });
  const { promise, resolve } = Promise.withResolvers<Failure | 'live' | null>();
  const pusher = create({ kind: 'rtmp', url, key: KEY }, { live: () => resolve('live'), ended: resolve });
  pusher.write(flv, () => undefined);
  const result = await promise;
  await pusher.finish();
  return result;
}

test('RTMP to a real nginx', async () => {
  const nginx = await startNginxRtmp();
  closers.push(() => nginx.close());
  expect(await push(nginx.url)).toBe('live');
  expect(await readdir(nginx.recordings)).toEqual([`${KEY}.flv`]);
});

test('RTMPS with a certificate that is trusted', async () => {
  const sink = await startRtmpSink({ tls: certificate });
  closers.push(() => sink.close());
  expect(await push(sink.url)).toBe('live');
  expect(sink.publications[0]).toMatchObject({ app: 'live', key: KEY });
});

test('RTMPS with a certificate that is not trusted sends nothing', async () => {
  const sink = await startRtmpSink({ tls: certificate });
  closers.push(() => sink.close());
  expect(await push(sink.url, 'other.pem')).toMatchObject({ code: 'target_tls' });
  expect(sink.publications).toEqual([]);
});

test('a rejected key is told apart from everything else', async () => {
  const sink = await startRtmpSink();
  closers.push(() => sink.close());
  sink.reject({ at: "publish", code: "NetStream.Publish.BadName", description: "" });
  expect(await push(sink.url)).toMatchObject({ code: 'target_rejected', rejected: true });
});

test('refused and unknown servers', async () => {
  const sink = await startRtmpSink();
  await sink.close();
  expect(await push(sink.url)).toMatchObject({ code: 'target_refused' });
  expect(await push('rtmp://no-such-host.invalid/live')).toMatchObject({ code: 'target_dns' });
});

test('no key is left on disk or in what was logged', async () => {
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.join('\n')).not.toContain(KEY);
  expect((await readdir(folder)).filter((name) => name.startsWith('output-'))).toEqual([]);
});
