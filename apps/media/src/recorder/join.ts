import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import {
  buildAvcC,
  FLV_HEADER,
  type FlvTag,
  type ParameterSets,
  videoHeaderBody,
  writeFlvTag,
} from '@streamus/media-formats';
import type { Size } from './runs.ts';
import type { StoredSegment } from './take-contents.ts';
import { isAudioHeader, isVideoHeader, tagsOf } from './take-tags.ts';
import type { PlacedSegment } from './timeline.ts';

export interface JoinJob {
  readonly placed: readonly PlacedSegment<StoredSegment>[];
  readonly read: (segment: StoredSegment) => Promise<Uint8Array>;
  /** `copy`: one set of parameters serves all; `encode`: everything is fitted into one size. */
  readonly video:
    | { readonly kind: 'copy'; readonly sets: ParameterSets }
    | { readonly kind: 'encode'; readonly width: number; readonly height: number };
  /** `mp4`: to be played; `piece`: to be put behind others, on the take's own clock. */
  readonly container: 'mp4' | 'piece';
  /** FFmpeg metadata file with chapters. */
  readonly metadata: string | undefined;
  readonly target: string;
  /** 0 to 1, as the take is read. */
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Joins segments into one file; an MP4 can be played while it is loaded. */
export async function joinSegments(job: JoinJob): Promise<void> {
  const metadata =
    job.metadata === undefined
      ? []
      : ['-f', 'ffmetadata', '-i', job.metadata, '-map_metadata', '1', '-map_chapters', '1'];
  const child = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'flv', '-i', 'pipe:0', ...metadata],
      ...['-map', '0:v', '-map', '0:a?', ...videoArguments(job), '-c:a', 'copy'],
      ...(job.container === 'mp4'
        ? ['-movflags', '+faststart']
        : ['-copyts', '-flvflags', 'no_duration_filesize', '-f', 'flv']),
      job.target,
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const abort = () => child.kill('SIGKILL');
  job.signal.addEventListener('abort', abort);
  yieldToShows(child);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2_000);
  });
  const exited = once(child, 'close');
  // The exit code tells the story.
  child.stdin.on('error', () => undefined);
  try {
    for await (const bytes of flvOf(job)) {
      job.signal.throwIfAborted();
      if (child.stdin.destroyed) break;
      if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), exited]);
    }
    child.stdin.end();
    await exited;
  } catch (error) {
    abort();
    await exited;
    throw error;
  } finally {
    job.signal.removeEventListener('abort', abort);
  }
  const [code] = await exited;
  if (code !== 0) throw new Error(`FFmpeg could not join the segments (${String(code)}): ${said}`);
}

function videoArguments({ video, container }: JoinJob): string[] {
  if (video.kind === 'copy') return ['-c:v', 'copy'];
  const { width, height } = video;
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1,setsar=1`;
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', '-vf', fit],
    ...(container === 'piece' ? sameForAll(video) : []),
  ];
}

/**
 * Whatever FFmpeg would otherwise find out from each piece, and write into its parameter sets. Without B-frames the clock of a
 * piece begins where the one before ends. Programmes and slates are BT.709 in limited range.
 */
function sameForAll({ width, height }: Size): string[] {
  return [
    ...['-bf', '0', '-level', levelFor(Math.ceil(width / 16) * Math.ceil(height / 16))],
    ...['-enc_time_base', '1:1000', '-color_range', 'tv'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ];
}

/** Of H.264 (table A-1), for 60 pictures of so many macroblocks a second. */
function levelFor(macroblocks: number): string {
  if (macroblocks <= 4_096) return '4.0';
  if (macroblocks <= 8_704) return '4.2';
  return macroblocks <= 34_560 ? '5.2' : '6.2';
}

/** A recording can wait, a show cannot. */
function yieldToShows({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It ended already, or the system forbids it.
  }
}

/** The take as one FLV stream, one segment in memory at a time. */
async function* flvOf({ placed, read, video, progress }: JoinJob): AsyncGenerator<Uint8Array> {
  yield FLV_HEADER;
  let headers = 0;
  let audioConfigured = false;
  for (const [index, { segment, offsetMs }] of placed.entries()) {
    for (const tag of tagsOf(await read(segment))) {
      const moved: FlvTag = { ...tag, time: Math.max(0, tag.time + offsetMs) };
      if (isVideoHeader(tag)) {
        headers += 1;
        if (video.kind === 'encode') yield writeFlvTag(moved);
        else if (headers === 1) yield writeFlvTag({ ...moved, data: videoHeaderBody(buildAvcC(video.sets)) });
      } else if (!isAudioHeader(tag)) {
        yield writeFlvTag(moved);
      } else if (!audioConfigured) {
        audioConfigured = true;
        yield writeFlvTag(moved);
      }
    }
    progress((index + 1) / placed.length);
  }
}
