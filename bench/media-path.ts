import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { FLV_VIDEO, readFlvContent, toAvcc } from '@streamus/media-formats';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { newDataFolder, startProduct } from '@streamus/testkit/product';
import { type Clip, makeClip, publishClip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { ApiHost } from './api-host.ts';
import { coresUsed } from './cpu.ts';
import { percentile, type Row } from './row.ts';

const PROGRAMME = { width: 1920, height: 1080, fps: 30, videoBitrate: 6_000_000 };
const SECONDS = 25;
const DESTINATIONS = 4;

/** CPU and latency of ingest and egress: 1080p30 6 Mbps from a file through LiveKit to four servers and a recording. */
export async function benchMediaPath(): Promise<Row[]> {
  const clip = await makeClip({ ...PROGRAMME, seconds: 6, kbps: 6_000 });
  const ours = await measureOurs(clip);
  const nginx = await measureNginx();
  return [
    {
      what: `CPU of ingest, egress, AAC and ${DESTINATIONS} pushers, 1080p30 6 Mbps, recorded`,
      value: ours.cores,
      unit: 'core',
      goal: '≤ 0.20 core',
      reference: `nginx-rtmp relaying the same picture to ${DESTINATIONS} servers, no transcoding, no recording`,
      referenceValue: nginx.cores,
    },
    ...Object.entries(ours.parts).map(
      ([name, value]): Row => ({
        what: `… of which ${name}`,
        value,
        unit: 'core',
        goal: '–',
        reference: '',
        referenceValue: null,
      }),
    ),
    {
      what: 'latency from RTP sent to the last byte at the RTMP server, p95 (LiveKit, ingest, egress)',
      value: ours.latencyMs,
      unit: 'ms',
      goal: '≤ 300 ms',
      reference: 'what nginx-rtmp’s relay adds between two RTMP servers, p95',
      referenceValue: nginx.latencyMs,
    },
  ];
}

async function measureOurs(
  clip: Clip,
): Promise<{ cores: number; parts: Record<string, number>; latencyMs: number }> {
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
    for (const sink of sinks)
      await sink.until(() => pictureCount(sink) > 60, 'two seconds of pictures', 60_000);
    const is = (part: string) => (command: string) => command.includes(part);
    const parts = await coresUsed(
      product.pid,
      {
        ingest: is('/ingest/main.ts'),
        egress: is('/egress/main.ts'),
        'AAC encoder': is('-c:a aac'),
        'the pushers (RTMP and HLS)': is('ffmpeg -hide_banner'),
      },
      () => pause(SECONDS * 1000),
    );
    await host.end(streamId);
    await publisher.close();
    const [first] = sinks;
    if (first === undefined) throw new Error('no sink');
    const latencyMs = percentile(latencies(first, clip, startedAt), 0.95);
    return { cores: Object.values(parts).reduce((sum, part) => sum + part, 0), parts, latencyMs };
  } finally {
    for (const sink of sinks) await sink.close();
    await product.stop();
    await product.forget();
  }
}

const pictureCount = (sink: RtmpSink): number =>
  sink.publications.at(-1)?.tags.filter(({ type }) => type === FLV_VIDEO).length ?? 0;

function pictures(sink: RtmpSink): { hash: string; at: number }[] {
  const publication = sink.publications.at(-1);
  return (publication?.tags ?? []).flatMap((tag, index) => {
    const content = readFlvContent(tag);
    const at = publication?.arrivals[index];
    return content.kind === 'video' && at !== undefined ? [{ hash: hashOf(content.unit), at }] : [];
  });
}

const hashOf = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('base64');

/**
 * For every picture at the sink, the time since the newest sending of the same picture before it: the publisher sends
 * picture n at `startedAt` + n frames. White flashes look alike and are left out.
 */
function latencies(sink: RtmpSink, clip: Clip, startedAt: number): number[] {
  const places = new Map<string, number[]>();
  clip.pictures.forEach(({ nals }, index) => {
    const hash = hashOf(toAvcc(nals));
    places.set(hash, [...(places.get(hash) ?? []), index]);
  });
  const clipMs = (clip.pictures.length * 1000) / clip.fps;
  return pictures(sink).flatMap(({ hash, at }) => {
    const [place, ...others] = places.get(hash) ?? [];
    if (place === undefined || others.length > 0) return [];
    return [(at - startedAt - (place * 1000) / clip.fps) % clipMs];
  });
}

async function measureNginx(): Promise<{ cores: number; latencyMs: number }> {
  const direct = await startRtmpSink();
  const relayed = await Promise.all(Array.from({ length: DESTINATIONS }, () => startRtmpSink()));
  const nginx = await startNginxRtmp({ push: relayed.map(({ url }) => url) });
  const source = spawn('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-re'],
    ...['-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=30:duration=${SECONDS + 15}`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-b:v',
      '6000k',
      '-g',
      '60',
      '-c:a',
      'aac',
      '-b:a',
      '128k',
      '-shortest',
    ],
    ...['-map', '0:v', '-map', '1:a', '-f', 'tee', `[f=flv]${direct.url}/k|[f=flv]${nginx.url}/k`],
  ]);
  try {
    for (const sink of relayed) await sink.until(() => pictureCount(sink) > 30, 'relayed pictures', 60_000);
    const used = await coresUsed(nginx.pid, { nginx: () => true }, () => pause(SECONDS * 1000));
    const [first] = relayed;
    const directAt = new Map(pictures(direct).map(({ hash, at }) => [hash, at]));
    const added = (first === undefined ? [] : pictures(first)).flatMap(({ hash, at }) => {
      const before = directAt.get(hash);
      return before === undefined ? [] : [at - before];
    });
    return { cores: used.nginx ?? Number.NaN, latencyMs: percentile(added, 0.95) };
  } finally {
    source.kill('SIGKILL');
    await nginx.close();
    await direct.close();
    for (const sink of relayed) await sink.close();
  }
}
