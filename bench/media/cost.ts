import { setTimeout as pause } from 'node:timers/promises';
import { newDataFolder, startProduct } from '@streamus/testkit/product';
import { ProgrammeAtSink } from '@streamus/testkit/programme-at-sink';
import { type Clip, makeClip, publishClip } from '@streamus/testkit/publisher';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { ApiHost } from '../api-host.ts';
import { coresUsed } from '../cpu.ts';
import { percentile, type Row } from '../row.ts';
import { BESIDE_THE_GOAL, MEDIA_PARTS } from './parts.ts';
import { measureNginx, measureTee, measureTranscode } from './references.ts';

const PROGRAMME = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };
const SECONDS = 25;
const DESTINATIONS = 4;

interface OurCost {
  readonly parts: Readonly<Record<string, number>>;
  readonly latencies: readonly number[];
}

/**
 * What a 1080p30 6 Mbps stream from a file costs through LiveKit to four servers and a recording, beside three ways to do
 * a part of that without us.
 */
export async function benchCost(): Promise<Row[]> {
  const clip = await makeClip({ ...PROGRAMME, seconds: 6, kbps: 6_000 });
  const { parts, latencies } = await measureOurs(clip);
  const nginx = await measureNginx(clip, DESTINATIONS, SECONDS);
  const tee = await measureTee(clip, DESTINATIONS, SECONDS);
  const transcode = await measureTranscode(clip, SECONDS);
  const inGoal = Object.entries(parts).filter(([name]) => !BESIDE_THE_GOAL.includes(name));
  const cores = inGoal.reduce((sum, [, part]) => sum + part, 0);
  const cpu = { unit: 'core', goal: '–', reference: '', referenceValue: null } as const;
  const what = `CPU of a 1080p30 6 Mbps stream to ${DESTINATIONS} servers, recorded`;
  return [
    {
      ...cpu,
      what,
      value: cores,
      goal: '≤ 0.20 core',
      reference: `nginx-rtmp pushing it to ${DESTINATIONS}`,
      referenceValue: nginx.cores,
    },
    {
      ...cpu,
      what: `${what} (again)`,
      value: cores,
      reference: `FFmpeg tee to ${DESTINATIONS}`,
      referenceValue: tee,
    },
    {
      ...cpu,
      what: `${what} (again)`,
      value: cores,
      reference: 'one x264 veryfast transcode of it',
      referenceValue: transcode,
    },
    ...Object.entries(parts).map(
      ([name, value]): Row => ({
        ...cpu,
        what: BESIDE_THE_GOAL.includes(name) ? `besides: ${name}` : `… of which ${name}`,
        value,
      }),
    ),
    ...([0.5, 0.95] as const).map(
      (share): Row => ({
        what: `latency from RTP sent to the last byte at the RTMP server, p${share * 100} (LiveKit, ingest, egress)`,
        value: percentile(latencies, share),
        unit: 'ms',
        goal: share === 0.95 ? '≤ 300 ms' : '–',
        reference: 'what nginx-rtmp adds between two RTMP servers',
        referenceValue: percentile(nginx.added, share),
      }),
    ),
  ];
}

async function measureOurs(clip: Clip): Promise<OurCost> {
  const product = await startProduct(await newDataFolder());
  const sinks = await Promise.all(Array.from({ length: DESTINATIONS }, () => startRtmpSink()));
  try {
    const host = new ApiHost(product);
    await host.register();
    await host.setProgramme(PROGRAMME);
    const publisher = publishClip({ url: product.livekitUrl, token: host.composerToken(1), clip });
    await publisher.started;
    const startedAt = performance.now();
    const streamId = await host.goLive(sinks.map(({ url }, index) => ({ url, key: `key-${index}` })));
    const [first] = sinks;
    if (first === undefined) throw new Error('no sink');
    const programme = new ProgrammeAtSink(first, clip);
    await first.until(() => programme.arrivals.length > 2 * clip.fps, 'two seconds of pictures');
    const since = performance.now();
    const parts = await coresUsed(product.pid, MEDIA_PARTS, () => pause(SECONDS * 1000));
    const latencies = programme.latencies(startedAt, since);
    await host.end(streamId);
    await publisher.close();
    return { parts, latencies };
  } finally {
    for (const sink of sinks) await sink.close();
    await product.stop();
    await product.forget();
  }
}
