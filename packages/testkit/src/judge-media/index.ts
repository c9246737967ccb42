import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLV_HEADER, type FlvTag, writeFlvTag } from '@streamus/media-formats';
import {
  beepOnsets,
  type ClockReading,
  flashBeepOffsets,
  flashOnsets,
  type PixelBox,
  readClock,
  unwrapCounter,
} from '../clock-pattern/index.ts';

const SAMPLE_RATE = 48_000;

/** One decoded frame: its time in the stream, seconds, and what each box shows. */
export interface JudgedFrame {
  readonly time: number;
  readonly boxes: readonly ClockReading[];
}

export interface MediaFile {
  readonly path: string;
  close(): Promise<void>;
}

/** Writes what an RTMP sink received as a file that FFmpeg reads. */
export async function flvFile(tags: readonly FlvTag[]): Promise<MediaFile> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-judge-'));
  const path = join(folder, 'sink.flv');
  await writeFile(path, Buffer.concat([FLV_HEADER, ...tags.map(writeFlvTag)]));
  return { path, close: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a program to its end and gives each chunk of stdout away as it comes. */
function pipeFrom(program: string, args: readonly string[], onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stdout.on('data', onChunk);
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-2000);
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${program}: ${errors}`))));
  });
}

async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const chunks: Buffer[] = [];
  await pipeFrom(program, args, (chunk) => chunks.push(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

export interface StreamFacts {
  readonly codec: string;
  readonly width?: number;
  readonly height?: number;
}

/** Codecs of a file's streams and its length in seconds. */
export async function probe(path: string): Promise<{ streams: StreamFacts[]; duration: number }> {
  const text = await outputOf('ffprobe', [
    '-v',
    'error',
    '-show_streams',
    '-show_format',
    '-of',
    'json',
    path,
  ]);
  const {
    streams,
    format,
  }: { streams: { codec_name: string; width?: number; height?: number }[]; format: { duration?: string } } =
    JSON.parse(text);
  return {
    streams: streams.map(({ codec_name, width, height }) => ({
      codec: codec_name,
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
    })),
    duration: Number(format.duration ?? Number.NaN),
  };
}

/** Gives away the raw pictures of a file as they are decoded, each once; `filter`: those that are left by it. */
export function decodeVideo(
  path: string,
  pixelFormat: 'rgb24' | 'yuv420p',
  onChunk: (chunk: Buffer) => void,
  filter = 'null',
): Promise<void> {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', pixelFormat, 'pipe:1'];
  return pipeFrom('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', '-vf', filter, ...output], onChunk);
}

/** Decodes every frame of a file and reads the clock pattern in each box. */
export async function readFrames(
  path: string,
  size: { readonly width: number; readonly height: number },
  boxes: readonly PixelBox[],
): Promise<JudgedFrame[]> {
  const times = (
    await outputOf('ffprobe', [
      '-v',
      'error',
      '-select_streams',
      'v',
      '-show_entries',
      'frame=best_effort_timestamp_time',
      '-of',
      'csv=p=0',
      path,
    ])
  )
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((time) => !Number.isNaN(time));
  const bytes = size.width * size.height * 3;
  const frames: JudgedFrame[] = [];
  let rest = Buffer.alloc(0);
  await decodeVideo(path, 'rgb24', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= bytes) {
      const picture = { data: rest.subarray(0, bytes), ...size, channels: 3 } as const;
      frames.push({
        time: times[frames.length] ?? Number.NaN,
        boxes: boxes.map((box) => readClock(picture, box)),
      });
      rest = rest.subarray(bytes);
    }
  });
  return frames;
}

/** Mono samples of a file's sound, -1..1, from time 0 of the file. */
async function readSound(path: string): Promise<Float32Array> {
  const chunks: Buffer[] = [];
  await pipeFrom(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-map',
      '0:a',
      '-af',
      'aresample=async=1:first_pts=0',
      '-ac',
      '1',
      '-ar',
      String(SAMPLE_RATE),
      '-f',
      'f32le',
      'pipe:1',
    ],
    (chunk) => chunks.push(chunk),
  );
  const bytes = Buffer.concat(chunks);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + Math.floor(bytes.length / 4) * 4),
  );
}

/** Beep time minus flash time, seconds, for every flash of a box that has its beep within half a period. */
export async function flashBeepSkew(
  path: string,
  frames: readonly JudgedFrame[],
  box: number,
  beepHz: number,
  periodSeconds: number,
): Promise<number[]> {
  const flashes = flashOnsets(frames.map(({ time, boxes }) => ({ time, flash: boxes[box]?.flash ?? false })));
  const beeps = beepOnsets(await readSound(path), SAMPLE_RATE, beepHz);
  return flashBeepOffsets(flashes, beeps, periodSeconds / 2);
}

/** Counters of a box, unwrapped, with the time of their frame; frames where none can be read are left out. */
export function countersOf(frames: readonly JudgedFrame[], box: number): { time: number; counter: number }[] {
  const read: { time: number; counter: number }[] = [];
  for (const { time, boxes } of frames) {
    const counter = boxes[box]?.counter ?? null;
    if (counter === null) continue;
    const before = read.at(-1)?.counter;
    read.push({ time, counter: before === undefined ? counter : unwrapCounter(before, counter) });
  }
  return read;
}

/**
 * Hashes of the video packets of a file, in stored order: to compare what two places got. Parameter sets within packets
 * count for nothing; they tell the same everywhere.
 */
export async function videoPackets(path: string): Promise<string[]> {
  const text = await outputOf('ffmpeg', [
    ...['-v', 'error', '-nostdin', '-i', path, '-map', '0:v', '-c', 'copy'],
    ...['-bsf:v', 'filter_units=remove_types=7-8', '-f', 'framehash', '-hash', 'md5', 'pipe:1'],
  ]);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}
