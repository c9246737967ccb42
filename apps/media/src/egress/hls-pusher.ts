import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '@streamus/outputs';
import type { CreatePusher, HlsTarget } from './pusher.ts';
import { flvBeginning } from './show-item.ts';

/** A 2 s segment list of five minutes. */
const HLS_SEGMENTS = 150;
const FINISH_MS = 3_000;
const STDERR_LIMIT = 4_000;

/** Writes the show as HLS files with one `ffmpeg -c copy` process per attempt. */
export function hlsPushers(log: (message: string, fields: object) => void): CreatePusher<HlsTarget> {
  return (target, { headers, time }, events) => {
    mkdirSync(target.folder, { recursive: true });
    const child = spawn('ffmpeg', [...INPUT, ...output(target.folder)], { stdio: ['pipe', 'pipe', 'pipe'] });
    let stderr = '';
    let sentBytes = 0;
    let live = false;
    let finishing = false;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const end = (reason: string) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      if (!finishing) log('watch page writer ended', { reason, stderr: stderr.trim() });
      events.ended(finishing ? null : failure('media_failed'));
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(String(code ?? signal)));
    // 'exit' tells the story.
    child.stdin.on('error', () => undefined);
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_LIMIT);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      const progress = readProgress(chunk.toString('utf8'));
      sentBytes = Math.max(sentBytes, progress.bytes);
      if (live || !progress.moving) return;
      live = true;
      events.live();
    });
    child.stdin.write(flvBeginning(headers, time));
    return {
      get sentBytes() {
        return sentBytes;
      },
      send(items, taken) {
        child.stdin.write(Buffer.concat(items.map(({ tag }) => tag)), (error) => {
          if (error == null) taken();
        });
      },
      finish() {
        finishing = true;
        if (ended) return Promise.resolve();
        child.stdin.end();
        timer = setTimeout(() => child.kill('SIGKILL'), FINISH_MS);
        return new Promise((resolve) => child.once('exit', () => resolve()));
      },
      kill() {
        child.kill('SIGKILL');
      },
    };
  };
}

/** Without `nobuffer`: it throws away what was read while probing, which is the first GOP. */
const INPUT = [
  ...['-hide_banner', '-loglevel', 'warning', '-nostdin'],
  ...['-progress', 'pipe:1', '-stats_period', '0.5', '-nostats'],
  ...['-probesize', '65536', '-analyzeduration', '0', '-fpsprobesize', '0'],
  ...['-f', 'flv', '-i', 'pipe:0', '-map', '0:v', '-map', '0:a', '-c', 'copy'],
  ...['-max_interleave_delta', '1000000'],
];

function output(folder: string): string[] {
  return [
    ...['-f', 'hls', '-hls_time', '2', '-hls_list_size', String(HLS_SEGMENTS), '-hls_segment_type', 'mpegts'],
    // append_list goes on after a restart, with a discontinuity where it happened.
    ...[
      '-hls_flags',
      'delete_segments+append_list+discont_start+temp_file+program_date_time+independent_segments',
    ],
    ...['-hls_segment_filename', join(folder, 'segment-%d.ts'), join(folder, 'index.m3u8')],
  ];
}

function readProgress(text: string): { bytes: number; moving: boolean } {
  const last = (name: string): number => {
    const found = [...text.matchAll(new RegExp(`^${name}=(\\d+)$`, 'gm'))].at(-1)?.[1];
    return found === undefined ? 0 : Number(found);
  };
  const bytes = last('total_size');
  return { bytes, moving: bytes > 0 || last('out_time_us') > 0 };
}
