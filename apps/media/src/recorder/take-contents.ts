import { createHash } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { takePrefix } from '@streamus/contracts';
import type { ObjectStore } from '@streamus/platform/objects';
import {
  KEPT,
  PART_FILE,
  type PartFacts,
  partFactsSchema,
  readPartName,
  readSegmentName,
  type SegmentFacts,
} from './take.ts';
import type { TakePart } from './timeline.ts';

/** A segment and where its bytes are: on this machine, in the store, or both. */
export interface StoredSegment extends SegmentFacts {
  readonly path: string | undefined;
  readonly key: string | undefined;
}

interface Place {
  path?: string;
  key?: string;
}

/** Everything there is of a take, on this machine and in the store, in order. */
export async function readContents(
  folder: string,
  recordingId: string,
  store: ObjectStore,
): Promise<TakePart<StoredSegment>[]> {
  const parts = new Map<string, Map<string, Place>>();
  const placeOf = (part: string, name: string): Place => {
    const files = parts.get(part) ?? new Map<string, Place>();
    parts.set(part, files);
    const place = files.get(name) ?? {};
    files.set(name, place);
    return place;
  };
  for (const part of await namesIn(folder)) {
    if (readPartName(part) === undefined) continue;
    for (const place of [join(folder, part), join(folder, part, KEPT)]) {
      for (const name of await namesIn(place)) placeOf(part, name).path = join(place, name);
    }
  }
  const prefix = takePrefix(recordingId);
  for await (const { key } of store.list(prefix)) {
    const [part = '', name = ''] = key.slice(prefix.length).split('/');
    if (readPartName(part) !== undefined) placeOf(part, name).key = key;
  }
  const names = [...parts.keys()].sort();
  return Promise.all(names.map((name) => describePart(parts.get(name) ?? new Map(), store)));
}

async function describePart(
  files: ReadonlyMap<string, Place>,
  store: ObjectStore,
): Promise<TakePart<StoredSegment>> {
  const segments: StoredSegment[] = [];
  for (const [name, { path, key }] of files) {
    const facts = readSegmentName(name);
    if (facts !== undefined) segments.push({ ...facts, path, key });
  }
  segments.sort((a, b) => a.index - b.index || a.time - b.time);
  const place = files.get(PART_FILE);
  return { facts: place === undefined ? undefined : await readFacts(place, store), segments };
}

/** Without them the part is played all the same, only its hour is not known. */
async function readFacts({ path, key }: Place, store: ObjectStore): Promise<PartFacts | undefined> {
  const text =
    path === undefined ? (key === undefined ? '' : await buffer(store.read(key))) : await readFile(path);
  try {
    return partFactsSchema.parse(JSON.parse(String(text)));
  } catch {
    return undefined;
  }
}

/**
 * The bytes of a segment, from this machine when they are whole there, else from the store. Damaged ones are returned
 * when there are no better ones: what can be read of them still belongs to the take.
 */
export async function readSegment(
  segment: StoredSegment,
  store: ObjectStore,
  damaged: () => void,
): Promise<Uint8Array> {
  let best: Uint8Array | undefined;
  if (segment.path !== undefined) {
    // It may have been handed over to the store since the folder was read.
    best = await readFile(segment.path).catch(() => undefined);
    if (best !== undefined && isWhole(best, segment)) return best;
  }
  if (segment.key !== undefined) {
    const stored = await buffer(store.read(segment.key));
    if (isWhole(stored, segment)) return stored;
    best ??= stored;
  }
  damaged();
  return best ?? new Uint8Array();
}

/** The first bytes of a segment: its headers. */
export async function readHead(
  segment: StoredSegment,
  length: number,
  store: ObjectStore,
): Promise<Uint8Array> {
  if (segment.path !== undefined) return headOfFile(segment.path, length);
  return segment.key === undefined
    ? new Uint8Array()
    : buffer(store.read(segment.key, { start: 0, end: length - 1 }));
}

export async function headOfFile(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer: bytes, bytesRead } = await file.read(new Uint8Array(length), 0, length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const isWhole = (bytes: Uint8Array, { sha256 }: SegmentFacts): boolean =>
  createHash('sha256').update(bytes).digest('hex') === sha256;

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  });
}
