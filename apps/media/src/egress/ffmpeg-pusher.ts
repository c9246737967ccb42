import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { classifyPusherEnd } from '@streamus/outputs';
import { redact, Secret } from '@streamus/platform';
import type { CreatePusher, OutputTarget } from './pusher.ts';

/** A 2 s segment list of five minutes. */
const HLS_SEGMENTS = 150;
const FINISH_MS = 3_000;
const STDERR_LIMIT = 4_000;
/** What FFmpeg may keep in the socket: a stall is noticed about this much later. */
const SEND_BUFFER_BYTES = 256 * 1024;

export interface FfmpegPusherOptions {
  /** Folder for short-lived files that hold keys; mode 0700. */
  readonly secretFolder: string;
  /** PEM file with the certificates to trust. */
  readonly caFile: string;
  readonly log: (message: string, fields: object) => void;
}

/** Sends the show with one `ffmpeg -c copy` process per attempt. */
export function ffmpegPushers(options: FfmpegPusherOptions): CreatePusher {
  let serial = 0;
  return (target, events) => {
    serial += 1;
    const secretFile = join(options.secretFolder, `output-${process.pid}-${serial}`);
    const child = spawn(
      'ffmpeg',
      [
        ...INPUT,
        ...(target.kind === 'rtmp' ? rtmpOutput(target, secretFile, options.caFile) : hlsOutput(target)),
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let stderr = '';
    let sentBytes = 0;
    let live = false;
    let finishing = false;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const end = (failureText: string | undefined) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      rmSync(secretFile, { force: true });
      const clean = redact(stderr, secretsOf(target)).trim();
      if (failureText !== undefined && !finishing)
        options.log('pusher ended', { reason: failureText, stderr: clean });
      events.ended(finishing ? null : classifyPusherEnd(clean, live));
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
      // FFmpeg has read it by now.
      rmSync(secretFile, { force: true });
      events.live();
    });
    return {
      get sentBytes() {
        return sentBytes;
      },
      write(bytes, taken) {
        child.stdin.write(bytes, (error) => {
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
  ...[
    '-f',
    'flv',
    '-i',
    'pipe:0',
    '-map',
    '0:v',
    '-map',
    '0:a',
    '-c',
    'copy',
    '-max_interleave_delta',
    '1000000',
  ],
];

/** Keys and application names stay out of the process list: FFmpeg reads them from a preset file. */
function rtmpOutput(
  target: Extract<OutputTarget, { kind: 'rtmp' }>,
  secretFile: string,
  caFile: string,
): string[] {
  const url = new URL(target.url);
  const application = `${url.pathname.replace(/^\/+/, '')}${url.search}`;
  const lines = [`rtmp_app=${application}`, `rtmp_playpath=${target.key}`, 'rtmp_live=live'];
  writeFileSync(secretFile, `${lines.join('\n')}\n`, { mode: 0o600 });
  return [
    ...['-flvflags', 'no_duration_filesize', '-flush_packets', '1', '-tcp_nodelay', '1'],
    ...['-send_buffer_size', String(SEND_BUFFER_BYTES)],
    ...(url.protocol === 'rtmps:' ? ['-tls_verify', '1', '-ca_file', caFile] : []),
    ...['-fpre', secretFile, '-f', 'flv', `${url.protocol}//${url.host}`],
  ];
}

function hlsOutput(target: Extract<OutputTarget, { kind: 'hls' }>): string[] {
  mkdirSync(target.folder, { recursive: true });
  return [
    ...['-f', 'hls', '-hls_time', '2', '-hls_list_size', String(HLS_SEGMENTS), '-hls_segment_type', 'mpegts'],
    // append_list goes on after a restart, with a discontinuity where it happened.
    ...[
      '-hls_flags',
      'delete_segments+append_list+discont_start+temp_file+program_date_time+independent_segments',
    ],
    ...['-hls_segment_filename', join(target.folder, 'segment-%d.ts'), join(target.folder, 'index.m3u8')],
  ];
}

function secretsOf(target: OutputTarget): Secret[] {
  if (target.kind === 'hls') return [];
  const url = new URL(target.url);
  return [target.key, url.search, url.password].filter((text) => text !== '').map((text) => new Secret(text));
}

function readProgress(text: string): { bytes: number; moving: boolean } {
  const last = (name: string): number => {
    const found = [...text.matchAll(new RegExp(`^${name}=(\\d+)$`, 'gm'))].at(-1)?.[1];
    return found === undefined ? 0 : Number(found);
  };
  const bytes = last('total_size');
  return { bytes, moving: bytes > 0 || last('out_time_us') > 0 };
}
