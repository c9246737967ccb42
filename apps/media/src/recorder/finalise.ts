import { execFile } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Chapter, type RecordingId, recordingPrefix } from '@streamus/contracts';
import type { StoredPart } from '@streamus/db';
import type { ObjectStore } from '@streamus/platform/objects';
import { chapterMetadata, type RecordedEvent } from './chapter-metadata.ts';
import { chaptersOf } from './chapters.ts';
import { encodePieces } from './encode-pieces.ts';
import { type JoinJob, joinSegments } from './join.ts';
import { largestOf, type Run, runsOf, type Size, setsInHead } from './runs.ts';
import { readContents, readHead, readSegment, type StoredSegment } from './take-contents.ts';
import { timelineOf } from './timeline.ts';

const run = promisify(execFile);
const THUMBNAIL_AT_SECONDS = 5;
const THUMBNAIL_WIDTH = 640;
/** Headers of a segment with sixteen parameter sets of each kind fit. */
const HEAD_BYTES = 16 * 1024;
/** A take that changes its format all the time is one file only. */
const MOST_PARTS = 20;

export interface FinishedRecording {
  readonly fileKey: string;
  readonly thumbnailKey: string;
  /** Bytes. */
  readonly size: number;
  readonly seconds: number;
  /** `1920x1080` */
  readonly resolution: string;
  readonly chapters: readonly Chapter[];
}

export interface FinaliseJob {
  readonly recordingId: RecordingId;
  /** Of the take on this machine, when there is one. */
  readonly folder: string;
  readonly store: ObjectStore;
  /** Folder for files on their way. */
  readonly work: string;
  readonly events: readonly RecordedEvent[];
  /** Parts that can be had at once, while the whole is still encoded. */
  readonly partsReady: (parts: readonly StoredPart[]) => Promise<void>;
  /** What follows encodes the whole show and takes long; done when it may begin. */
  readonly beforeEncoding: () => Promise<void>;
  /** 0 to 1. */
  readonly progress: (done: number) => void;
  readonly log: (message: string, fields: object) => void;
  /** Ends the work in the middle; the promise rejects. */
  readonly signal: AbortSignal;
}

/**
 * Makes one MP4 of a take and stores it with a thumbnail. Stream copy when one set of parameters runs through;
 * otherwise each uniform run becomes a file at once, and the whole is encoded once more, so that one file plays
 * everywhere. Returns undefined when nothing was recorded.
 */
export async function finaliseTake(job: FinaliseJob): Promise<FinishedRecording | undefined> {
  const { recordingId, store, folder, work } = job;
  const parts = await readContents(folder, recordingId, store);
  const timeline = timelineOf(parts);
  const runs = await splitIntoRuns(job, timeline.placed);
  const [first] = runs;
  if (first === undefined) return undefined;
  const scratch = join(work, recordingId);
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    if (runs.length > 1 && runs.length <= MOST_PARTS)
      await job.partsReady(await storeParts(job, runs, scratch));
    const chapters = chaptersOf(job.events, timeline.stretches, timeline.durationMs);
    const metadata = join(scratch, 'chapters.txt');
    await writeFile(metadata, chapterMetadata(chapters, timeline.durationMs));
    const whole = runs.flatMap(({ placed }) => placed);
    const shown = largestOf(runs.map(({ size }) => size));
    const uniform = runs.length === 1 && first.oneSize;
    const [file, thumbnail] = [join(scratch, 'recording.mp4'), join(scratch, 'thumbnail.jpg')];
    const joined = { ...jobOf(job, whole, file), metadata };
    if (uniform) await joinSegments({ ...joined, video: { kind: 'copy', sets: first.sets } });
    else {
      await job.beforeEncoding();
      await encodeWhole(job, joined, shown, join(scratch, 'pieces'));
    }
    const seconds = timeline.durationMs / 1000;
    await makeThumbnail(file, thumbnail, seconds);
    const { size } = await stat(file);
    const prefix = recordingPrefix(recordingId);
    const [fileKey, thumbnailKey] = [`${prefix}recording.mp4`, `${prefix}thumbnail.jpg`];
    await store.putFile(thumbnailKey, thumbnail);
    await store.putFile(fileKey, file);
    return { fileKey, thumbnailKey, size, seconds, resolution: `${shown.width}x${shown.height}`, chapters };
  } finally {
    // Whoever is interrupted goes on with what is encoded.
    if (!job.signal.aborted) await rm(scratch, { recursive: true, force: true });
  }
}

/** Piece by piece, or all at once where pieces do not fit together. */
async function encodeWhole(
  { progress }: FinaliseJob,
  whole: Omit<JoinJob, 'video'>,
  size: Size,
  folder: string,
): Promise<void> {
  const pieces = await encodePieces({ ...whole, size, folder, progress });
  await joinSegments(
    pieces === undefined
      ? { ...whole, video: { kind: 'encode', ...size } }
      : { ...whole, ...pieces, video: { kind: 'copy', sets: pieces.sets } },
  );
}

/** Segments with the same avcC are looked into once. */
async function splitIntoRuns(
  { store }: FinaliseJob,
  placed: Parameters<typeof runsOf<StoredSegment>>[0],
): Promise<Run<StoredSegment>[]> {
  const known = new Map<string, ReturnType<typeof setsInHead>>();
  for (const { segment } of placed) {
    if (known.get(segment.sets)?.sps.length) continue;
    known.set(segment.sets, setsInHead(await readHead(segment, HEAD_BYTES, store)));
  }
  const none = setsInHead(new Uint8Array());
  return runsOf(placed, ({ sets }) => known.get(sets) ?? none);
}

function jobOf(
  { store, log, signal }: FinaliseJob,
  placed: JoinJob['placed'],
  target: string,
): Omit<JoinJob, 'video' | 'metadata'> {
  return {
    placed,
    target,
    signal,
    container: 'mp4',
    progress: () => undefined,
    read: (segment) =>
      readSegment(segment, store, () => log('a segment is damaged', { index: segment.index })),
  };
}

async function storeParts(
  job: FinaliseJob,
  runs: readonly Run<StoredSegment>[],
  scratch: string,
): Promise<StoredPart[]> {
  const parts: StoredPart[] = [];
  for (const { placed, sets, size: shown } of runs) {
    const from = startOf(placed.at(0));
    const last = placed.at(-1);
    const to = startOf(last) + (last?.segment.durationMs ?? 0);
    const file = join(scratch, `part-${parts.length + 1}.mp4`);
    await joinSegments({
      ...jobOf(
        job,
        placed.map(({ segment, offsetMs }) => ({ segment, offsetMs: offsetMs - from })),
        file,
      ),
      video: { kind: 'copy', sets },
      metadata: undefined,
    });
    const { size } = await stat(file);
    const key = `${recordingPrefix(job.recordingId)}part-${parts.length + 1}.mp4`;
    await job.store.putFile(key, file);
    parts.push({
      key,
      fileSize: size,
      duration: (to - from) / 1000,
      resolution: `${shown.width}x${shown.height}`,
    });
  }
  return parts;
}

const startOf = (item: JoinJob['placed'][number] | undefined): number =>
  item === undefined ? 0 : item.segment.time + item.offsetMs;

async function makeThumbnail(file: string, thumbnail: string, seconds: number): Promise<void> {
  const at = Math.min(THUMBNAIL_AT_SECONDS, seconds / 2);
  await run('ffmpeg', [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-ss', at.toFixed(2), '-i', file],
    ...['-frames:v', '1', '-vf', `scale=${THUMBNAIL_WIDTH}:-2`, '-q:v', '4', thumbnail],
  ]);
}
