import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  buildAvcC,
  FLV_AUDIO,
  FLV_HEADER,
  readFlvContent,
  videoHeaderBody,
  writeFlvTag,
} from '@streamus/media-formats';
import type { ObjectStore } from '@streamus/platform/objects';
import { isVideoHeader, readTake, summariseTake, type TakeSummary } from './read-take.ts';

const run = promisify(execFile);
const THUMBNAIL_AT_SECONDS = 5;
const THUMBNAIL_WIDTH = 640;

export interface FinishedRecording {
  readonly fileKey: string;
  readonly thumbnailKey: string;
  /** Bytes. */
  readonly size: number;
  readonly seconds: number;
  /** `1920x1080` */
  readonly resolution: string;
}

/**
 * Makes one MP4 of a take's segments and stores it with a thumbnail. Stream copy, unless the take's parameter sets clash:
 * then it is encoded once more, so that one file plays everywhere. Returns undefined when nothing was recorded.
 */
export async function finaliseTake(
  folder: string,
  recordingId: string,
  store: ObjectStore,
  work: string,
): Promise<FinishedRecording | undefined> {
  const summary = await summariseTake(folder);
  if (summary === undefined) return undefined;
  await mkdir(work, { recursive: true, mode: 0o700 });
  const [file, thumbnail] = [join(work, `${recordingId}.mp4`), join(work, `${recordingId}.jpg`)];
  try {
    await mux(summary, file);
    const seconds = (summary.endMs - summary.firstMs) / 1000;
    await makeThumbnail(file, thumbnail, seconds);
    const { size } = await stat(file);
    const fileKey = `recordings/${recordingId}.mp4`;
    const thumbnailKey = `recordings/${recordingId}.jpg`;
    await store.putFile(thumbnailKey, thumbnail);
    await store.putFile(fileKey, file);
    return { fileKey, thumbnailKey, size, seconds, resolution: `${summary.width}x${summary.height}` };
  } finally {
    await rm(file, { force: true });
    await rm(thumbnail, { force: true });
  }
}

async function mux(summary: TakeSummary, file: string): Promise<void> {
  const { width, height } = summary;
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:-1:-1`;
  const video = summary.uniform
    ? ['-c:v', 'copy']
    : ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', '-vf', fit];
  const child = spawn(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'flv', '-i', 'pipe:0'],
      ...['-map', '0:v', '-map', '0:a?', ...video, '-c:a', 'copy', '-movflags', '+faststart', file],
    ],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-2_000);
  });
  const exited = once(child, 'exit');
  // The exit code tells the story.
  child.stdin.on('error', () => undefined);
  for await (const bytes of flvOf(summary)) {
    if (child.stdin.destroyed) break;
    if (!child.stdin.write(bytes)) await Promise.race([once(child.stdin, 'drain'), exited]);
  }
  child.stdin.end();
  const [code] = await exited;
  if (code !== 0) throw new Error(`FFmpeg could not join the segments (${String(code)}): ${stderr}`);
}

/** The take as one FLV stream. A uniform take gets one header with every parameter set, the others keep theirs. */
async function* flvOf(summary: TakeSummary): AsyncGenerator<Uint8Array> {
  yield FLV_HEADER;
  let headers = 0;
  let audioConfigured = false;
  for await (const tag of readTake(summary.files)) {
    if (isVideoHeader(tag)) {
      headers += 1;
      if (!summary.uniform) yield writeFlvTag(tag);
      else if (headers === 1) yield writeFlvTag({ ...tag, data: videoHeaderBody(buildAvcC(summary.sets)) });
    } else if (tag.type === FLV_AUDIO && readFlvContent(tag).kind === 'audio-header') {
      if (!audioConfigured) yield writeFlvTag(tag);
      audioConfigured = true;
    } else {
      yield writeFlvTag(tag);
    }
  }
}

async function makeThumbnail(file: string, thumbnail: string, seconds: number): Promise<void> {
  const at = Math.min(THUMBNAIL_AT_SECONDS, seconds / 2);
  await run('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-ss', at.toFixed(2), '-i', file],
    ...['-frames:v', '1', '-vf', `scale=${THUMBNAIL_WIDTH}:-2`, '-q:v', '4', thumbnail],
  ]);
}
