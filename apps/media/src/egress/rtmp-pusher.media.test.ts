import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  buildAvcC,
  FlvReader,
  NO_PARAMETER_SETS,
  readFlvContent,
  toAvcc,
  updateParameterSets,
} from '@streamus/media-formats';
import type { Failure } from '@streamus/outputs';
import { type FaultProxy, startFaultProxy } from '@streamus/testkit/fault-proxy';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { makeClip } from '@streamus/testkit/publisher';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { expect, type TestContext, test, vi } from 'vitest';
import { AAC_CONFIG } from './aac-encoder.ts';
import { rtmpPushers } from './rtmp-pusher.ts';
import { videoItem } from './show-item.ts';

test('a real nginx records what it is sent, byte for byte', async () => {
  const nginx = await startNginxRtmp();
  try {
    const clip = await makeClip({ width: 640, height: 360, fps: 10, seconds: 4, kbps: 4_000 });
    const avcC = buildAvcC(updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []));
    const units = clip.pictures.map(({ nals }) => toAvcc(nals));
    const { promise: taken, resolve } = Promise.withResolvers<void>();
    const pusher = rtmpPushers({ caFile: '', allowPrivate: true, log: () => undefined })(
      { kind: 'rtmp', url: nginx.url, key: 'a-key' },
      { headers: { avcC, audio: AAC_CONFIG }, time: 5_000 },
      { live: () => undefined, ended: () => undefined },
    );
    pusher.send(
      units.map((unit, index) => videoItem(5_000 + index * 100, unit, clip.pictures[index]?.key === true)),
      resolve,
    );
    await taken;
    await pusher.finish();
    expect(await readdir(nginx.recordings)).toEqual(['a-key.flv']);
    const tags = new FlvReader().push(await readFile(join(nginx.recordings, 'a-key.flv')));
    const recorded = tags.flatMap((tag) => {
      const content = readFlvContent(tag);
      return content.kind === 'video' ? [Buffer.from(content.unit).toString('base64')] : [];
    });
    expect(recorded).toEqual(units.map((unit) => Buffer.from(unit).toString('base64')));
  } finally {
    await nginx.close();
  }
});

/** Media research 6.1. */
const STALL_MS = 5_000;
/** What a server is given to fail in that goes on reading. */
const WATCHED_MS = 6_000;

/** Sends 300 kbps to a server through a proxy; how that ended. */
async function pushSlowly(
  target: number,
  onTestFinished: TestContext['onTestFinished'],
): Promise<{ proxy: FaultProxy; ended: Promise<Failure | null> }> {
  const proxy = await startFaultProxy({ target });
  onTestFinished(() => proxy.close());
  const { promise: ended, resolve } = Promise.withResolvers<Failure | null>();
  const pusher = rtmpPushers({ caFile: '', allowPrivate: true, log: () => undefined })(
    { kind: 'rtmp', url: `rtmp://127.0.0.1:${proxy.port}/live`, key: 'a-key' },
    { headers: { avcC: Uint8Array.of(1), audio: AAC_CONFIG }, time: 0 },
    { live: () => undefined, ended: resolve },
  );
  onTestFinished(() => pusher.kill());
  let time = 0;
  const feeder = setInterval(() => {
    time += 40;
    pusher.send([videoItem(time, new Uint8Array(1_500), true)], () => undefined);
  }, 40);
  onTestFinished(() => clearInterval(feeder));
  return { proxy, ended };
}

/** Whatever the kernel's buffers take: at this rate they last for half a minute. */
async function expectStallFound(proxy: FaultProxy, ended: Promise<Failure | null>): Promise<void> {
  await proxy.set({ kind: 'black-hole' });
  const since = performance.now();
  expect(await ended).toMatchObject({ code: 'target_stalled', rejected: false });
  expect(performance.now() - since).toBeLessThanOrEqual(STALL_MS);
}

test.concurrent.for([
  { answers: 'pings and acknowledgements', after: 1 },
  { answers: 'pings', after: 1 },
  { answers: 'pings and acknowledgements', after: 100 },
  { answers: 'acknowledgements', after: 25 },
] as const)(
  'a server that stops reading a slow stream is found: $answers, after $after tags',
  async ({ answers, after }, { onTestFinished }) => {
    const sink = await startRtmpSink({ answers });
    onTestFinished(() => sink.close());
    const { proxy, ended } = await pushSlowly(sink.port, onTestFinished);
    await sink.until(({ publications }) => (publications[0]?.tags.length ?? 0) >= after, 'media');
    await expectStallFound(proxy, ended);
  },
);

test.concurrent('a real nginx that stops reading at once is found', async ({ onTestFinished }) => {
  const nginx = await startNginxRtmp();
  onTestFinished(() => nginx.close());
  const { proxy, ended } = await pushSlowly(Number(new URL(nginx.url).port), onTestFinished);
  await vi.waitFor(async () => expect(await readdir(nginx.recordings)).toHaveLength(1), 5_000);
  await expectStallFound(proxy, ended);
});

test.concurrent.for(['pings', 'acknowledgements', 'nothing'] as const)(
  'a server that goes on reading is not: %s',
  async (answers, { onTestFinished }) => {
    const sink = await startRtmpSink({ answers });
    onTestFinished(() => sink.close());
    const { ended } = await pushSlowly(sink.port, onTestFinished);
    const isOver = await Promise.race([ended, pause(WATCHED_MS, 'goes on')]);
    expect(isOver).toBe('goes on');
    expect(sink.publications).toMatchObject([{ open: true }]);
  },
);
