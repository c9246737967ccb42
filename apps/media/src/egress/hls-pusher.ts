import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { appendFile, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failure } from '@streamus/outputs';
import type { CreatePusher, HlsTarget } from './pusher.ts';
import { flvBeginning } from './show-item.ts';

/** Viewers can go back this many segments: half an hour of keyframes two seconds apart. */
const WINDOW_SEGMENTS = 900;
/** A segment ends at the first keyframe after this long. More would join two GOPs of a browser's 1.4 to 2.4 s, and be seen later. */
const SEGMENT_SECONDS = 1;
/** Files of shows that have ended may be watched this much longer. */
const KEEP_MS = 6 * 60 * 60 * 1_000;
const PLAYLIST = 'index.m3u8';
const FINISH_MS = 3_000;
const STDERR_LIMIT = 4_000;

/**
 * Writes the show as HLS files with one `ffmpeg -c copy` process per attempt; a new one goes on where the last one stopped. Of each
 * show the newest `windowSegments` are kept.
 */
export function hlsPushers(
  log: (message: string, fields: object) => void,
  windowSegments = WINDOW_SEGMENTS,
): CreatePusher<HlsTarget> {
  return ({ folder }, { headers, time }, events) => {
    mkdirSync(folder, { recursive: true });
    removeUnlisted(folder);
    removeOldShows(folder, Date.now()).catch((error: unknown) => {
      log('old watch pages stay', { error: String(error) });
    });
    const child = spawn('ffmpeg', [...INPUT, ...output(folder, windowSegments)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
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
      // A folder on this machine.
      behindMs: 0,
      send(items, taken) {
        child.stdin.write(Buffer.concat(items.map(({ tag }) => tag)), (error) => {
          if (error == null) taken();
        });
      },
      async finish() {
        finishing = true;
        if (!ended) {
          child.stdin.end();
          timer = setTimeout(() => child.kill('SIGKILL'), FINISH_MS);
          await once(child, 'exit');
        }
        await closeList(folder);
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

function output(folder: string, windowSegments: number): string[] {
  return [
    ...['-f', 'hls', '-hls_segment_type', 'mpegts', '-hls_time', String(SEGMENT_SECONDS)],
    ...['-hls_list_size', String(windowSegments), '-hls_delete_threshold', '2'],
    // append_list goes on after a restart, with a discontinuity where it happened. omit_endlist: FFmpeg also comes to an end when
    // this process dies, and players never look at a list again that says it is whole.
    ...[
      '-hls_flags',
      'delete_segments+append_list+omit_endlist+discont_start+temp_file+program_date_time+independent_segments',
    ],
    ...['-hls_segment_filename', join(folder, 'segment-%d.ts'), join(folder, PLAYLIST)],
  ];
}

/** Tells players that nothing more comes. A show that never had a picture has no list. */
async function closeList(folder: string): Promise<void> {
  const path = join(folder, PLAYLIST);
  if (existsSync(path)) await appendFile(path, '#EXT-X-ENDLIST\n');
}

/** A writer that was killed leaves files behind that nobody would remove. */
function removeUnlisted(folder: string): void {
  const path = join(folder, PLAYLIST);
  const listed = new Set(
    existsSync(path)
      ? readFileSync(path, 'utf8')
          .split('\n')
          .map((line) => basename(line))
      : [],
  );
  for (const name of readdirSync(folder))
    if (name !== PLAYLIST && !listed.has(name)) rmSync(join(folder, name), { force: true });
}

/** Removes the folders beside this one that nobody has written to for long, so that past shows do not fill the disk. */
async function removeOldShows(folder: string, now: number): Promise<void> {
  const shows = dirname(folder);
  for (const entry of await readdir(shows, { withFileTypes: true })) {
    const path = join(shows, entry.name);
    if (!entry.isDirectory() || path === folder) continue;
    const facts = await stat(join(path, PLAYLIST)).catch(() => null);
    if (facts !== null && now - facts.mtimeMs > KEEP_MS) await rm(path, { recursive: true, force: true });
  }
}

function readProgress(text: string): { bytes: number; moving: boolean } {
  const last = (name: string): number => {
    const found = [...text.matchAll(new RegExp(`^${name}=(\\d+)$`, 'gm'))].at(-1)?.[1];
    return found === undefined ? 0 : Number(found);
  };
  const bytes = last('total_size');
  return { bytes, moving: bytes > 0 || last('out_time_us') > 0 };
}
