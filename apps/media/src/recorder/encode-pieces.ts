import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesEqual, type ParameterSets, readFlvContent } from '@streamus/media-formats';
import { type JoinJob, joinSegments } from './join.ts';
import { type Size, setsInHead } from './runs.ts';
import { PARTIAL } from './take.ts';
import { headOfFile, type StoredSegment } from './take-contents.ts';
import { tagsOf } from './take-tags.ts';
import type { PlacedSegment } from './timeline.ts';

/** Long enough that starting an encoder hardly counts, short enough to be encoded again. */
const PIECE_MS = 10_000;
/** FlvReader takes 64 MiB at once. */
const LARGEST_PIECE_BYTES = 48 * 1024 * 1024;
const HEAD_BYTES = 16 * 1024;
/** To be counted up when pieces are encoded in another way: those of before no longer fit. */
const WAY = 1;

export interface PiecesJob extends Pick<JoinJob, 'placed' | 'read' | 'progress' | 'signal'> {
  readonly size: Size;
  /** Pieces that are done stay here, and are not encoded again. */
  readonly folder: string;
}

export interface EncodedPieces extends Pick<JoinJob, 'placed' | 'read'> {
  /** Of all of them. */
  readonly sets: ParameterSets;
}

/**
 * Encodes a take into one size, piece by piece. A piece is named by what it is made of, so that whoever is interrupted goes on
 * where it was. undefined: the pieces cannot be joined without encoding them again.
 */
export async function encodePieces(job: PiecesJob): Promise<EncodedPieces | undefined> {
  await mkdir(job.folder, { recursive: true, mode: 0o700 });
  const { length } = job.placed;
  const files: string[] = [];
  for (let from = 0; from < length; ) {
    const piece = await pieceFrom(job, from);
    const file = fileOf(job, piece);
    const begun = from;
    const tell = (share: number) => job.progress((begun + share * piece.length) / length);
    if (await isThere(file)) tell(1);
    else await encode(job, piece, file, tell);
    files.push(file);
    from += piece.length;
  }
  return joinable(files);
}

/** Segments from here to the first one behind `PIECE_MS` that begins with a keyframe. */
async function pieceFrom(job: PiecesJob, from: number): Promise<PiecesJob['placed']> {
  let durationMs = 0;
  for (let end = from; ; end += 1) {
    const next = job.placed[end];
    const piece = job.placed.slice(from, end);
    if (next === undefined) return piece;
    if (durationMs >= PIECE_MS) {
      // One that is done was looked at before.
      if ((await isThere(fileOf(job, piece))) || beginsWithKeyframe(await job.read(next.segment)))
        return piece;
    }
    durationMs += next.segment.durationMs;
  }
}

function beginsWithKeyframe(segment: Uint8Array): boolean {
  for (const tag of tagsOf(segment)) {
    const content = readFlvContent(tag);
    if (content.kind === 'video') return content.key;
  }
  return false;
}

function fileOf({ folder, size }: PiecesJob, piece: PiecesJob['placed']): string {
  const contents = piece.map(({ segment, offsetMs }) => [segment.sha256, segment.time, offsetMs]);
  const name = createHash('sha256').update(JSON.stringify([WAY, size.width, size.height, contents]));
  return join(folder, `${name.digest('hex')}.flv`);
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

/** The file has its name only when it is whole and safe from a power cut. */
async function encode(
  { read, size, signal }: PiecesJob,
  placed: PiecesJob['placed'],
  target: string,
  progress: (share: number) => void,
): Promise<void> {
  const draft = target + PARTIAL;
  const video = { kind: 'encode', ...size } as const;
  await joinSegments({
    ...{ placed, read, video, signal, progress },
    ...{ metadata: undefined, container: 'piece', target: draft },
  });
  const file = await open(draft, 'r+');
  await file.sync().finally(() => file.close());
  await rename(draft, target);
}

async function joinable(files: readonly string[]): Promise<EncodedPieces | undefined> {
  let sets: ParameterSets | undefined;
  const placed: PlacedSegment<StoredSegment>[] = [];
  for (const [index, path] of files.entries()) {
    const own = setsInHead(await headOfFile(path, HEAD_BYTES));
    sets ??= own;
    if (own.sps.length === 0 || !sameSets(sets, own)) return undefined;
    if ((await stat(path)).size > LARGEST_PIECE_BYTES) return undefined;
    const facts = { index, time: 0, durationMs: 0, sets: '', sha256: '' };
    placed.push({ segment: { ...facts, path, key: undefined }, offsetMs: 0 });
  }
  if (sets === undefined) return undefined;
  return { placed, sets, read: ({ path = '' }) => readFile(path) };
}

const sameSets = (a: ParameterSets, b: ParameterSets): boolean =>
  sameAll(a.sps, b.sps) && sameAll(a.pps, b.pps);

const sameAll = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((nal, index) => bytesEqual(nal, b[index] ?? new Uint8Array()));
