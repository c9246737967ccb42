import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startNginxRtmp } from '@streamus/testkit/nginx-rtmp';
import { ProgrammeAtSink } from '@streamus/testkit/programme-at-sink';
import type { Clip } from '@streamus/testkit/publisher';
import { type RtmpSink, startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { coresUsed } from '../cpu.ts';

const ANNEX_B_START = Uint8Array.of(0, 0, 0, 1);
const WARM_UP_PICTURES = 60;

/** CPU of nginx-rtmp that relays the clip, and what it adds to each picture's way, ms. */
export function measureNginx(
  clip: Clip,
  destinations: number,
  seconds: number,
): Promise<{ cores: number; added: number[] }> {
  return withSinks(destinations + 1, async ([direct, ...relayed]) => {
    const nginx = await startNginxRtmp({ push: relayed.map(({ url }) => url) });
    try {
      const outputs = `[f=flv]${direct?.url}/k|[f=flv]${nginx.url}/k`;
      return await withFfmpeg(
        clip,
        ['-c', 'copy', '-map', '0', '-map', '1', '-f', 'tee', outputs],
        async () => {
          await untilWarm(relayed);
          const since = performance.now();
          const used = await coresUsed(nginx.pid, { nginx: () => true }, () => pause(seconds * 1000));
          return { cores: used.nginx ?? Number.NaN, added: addedBetween(direct, relayed[0], clip, since) };
        },
      );
    } finally {
      await nginx.close();
    }
  });
}

/** CPU of one FFmpeg that copies the clip to several servers. */
export function measureTee(clip: Clip, destinations: number, seconds: number): Promise<number> {
  return withSinks(destinations, (sinks) => {
    const outputs = sinks.map(({ url }) => `[f=flv]${url}/k`).join('|');
    return withFfmpeg(
      clip,
      ['-c', 'copy', '-map', '0', '-map', '1', '-f', 'tee', outputs],
      async (ffmpeg) => {
        await untilWarm(sinks);
        return coresOf(ffmpeg, seconds);
      },
    );
  });
}

/** CPU of one FFmpeg that decodes the clip and encodes it anew, as servers do that cannot pass it through. */
export function measureTranscode(clip: Clip, seconds: number): Promise<number> {
  return withSinks(1, (sinks) => {
    const encoder = ['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', '6000k', '-maxrate', '6000k'];
    const rest = ['-bufsize', '6000k', '-g', '60', '-c:a', 'copy', '-f', 'flv', `${sinks[0]?.url}/k`];
    return withFfmpeg(clip, [...encoder, ...rest], async (ffmpeg) => {
      await untilWarm(sinks);
      return coresOf(ffmpeg, seconds);
    });
  });
}

async function coresOf(ffmpeg: ChildProcess, seconds: number): Promise<number> {
  const used = await coresUsed(ffmpeg.pid ?? 0, { ffmpeg: () => true }, () => pause(seconds * 1000));
  return used.ffmpeg ?? Number.NaN;
}

const pictureCount = ({ publications }: RtmpSink): number => publications.at(-1)?.tags.length ?? 0;

async function untilWarm(sinks: readonly RtmpSink[]): Promise<void> {
  for (const sink of sinks) await sink.until((own) => pictureCount(own) > WARM_UP_PICTURES, 'pictures');
}

/** Between the arrivals of the same picture at two servers, ms; the clip repeats, so the nearest arrivals belong together. */
function addedBetween(
  direct: RtmpSink | undefined,
  relayed: RtmpSink | undefined,
  clip: Clip,
  since: number,
): number[] {
  if (direct === undefined || relayed === undefined) return [];
  const [before, after] = [direct, relayed].map((sink) => new ProgrammeAtSink(sink, clip).arrivals);
  return (after ?? []).flatMap(({ at, place }) => {
    if (at < since || place === null || place < 0) return [];
    const sent = (before ?? []).findLast((arrival) => arrival.place === place && arrival.at <= at);
    return sent === undefined ? [] : [at - sent.at];
  });
}

async function withSinks<T>(count: number, work: (sinks: readonly RtmpSink[]) => Promise<T>): Promise<T> {
  const sinks = await Promise.all(Array.from({ length: count }, () => startRtmpSink()));
  try {
    return await work(sinks);
  } finally {
    for (const sink of sinks) await sink.close();
  }
}

/** One FFmpeg that reads the clip again and again at its own pace, with sound that was AAC before. */
async function withFfmpeg<T>(
  clip: Clip,
  output: readonly string[],
  work: (ffmpeg: ChildProcess) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-bench-'));
  const [video, audio] = [join(folder, 'clip.flv'), join(folder, 'sound.flv')];
  const raw = join(folder, 'clip.h264');
  await writeFile(
    raw,
    Buffer.concat(clip.pictures.flatMap(({ nals }) => nals.flatMap((nal) => [ANNEX_B_START, nal]))),
  );
  await ended(
    spawn('ffmpeg', [...QUIET, '-r', String(clip.fps), '-i', raw, '-c', 'copy', '-f', 'flv', video]),
  );
  const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=6', '-ac', '2'];
  await ended(spawn('ffmpeg', [...QUIET, ...tone, '-c:a', 'aac', '-b:a', '128k', '-f', 'flv', audio]));
  const looped = (file: string) => ['-re', '-stream_loop', '-1', '-i', file];
  const ffmpeg = spawn('ffmpeg', [...QUIET, ...looped(video), ...looped(audio), ...output], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    return await work(ffmpeg);
  } finally {
    ffmpeg.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

const QUIET = ['-hide_banner', '-loglevel', 'error', '-nostdin'];

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`FFmpeg ended with ${code}`))));
  });
}
