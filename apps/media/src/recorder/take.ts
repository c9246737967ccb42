import { join } from 'node:path';
import { z } from 'zod';

/*
 * A take is everything that was recorded of one airing. It consists of parts; a part is what one life of one egress
 * process wrote. Segments carry their facts in their names, so that a listing of files, or of keys in the object store,
 * tells all about a take, is right at every moment and needs no second place to agree with.
 */

export interface Take {
  readonly streamId: string;
  readonly recordingId: string;
  /** Of the lease under which this is written. */
  readonly fence: number;
}

/** Facts about one part, kept beside its segments as `part.json`. */
export const partFactsSchema = z.object({
  streamId: z.string(),
  recordingId: z.string(),
  /** Wall clock when the show's clock stood at `startedTime` ms. */
  startedAt: z.iso.datetime(),
  startedTime: z.number(),
});
export type PartFacts = z.infer<typeof partFactsSchema>;

export const PART_FILE = 'part.json';
/** What is not complete has this behind its name. */
export const PARTIAL = '.partial';
/** Folder in a part's folder: copies of what is in the object store. Looking for what is not there yet leaves it alone. */
export const KEPT = 'kept';

export interface SegmentFacts {
  readonly index: number;
  /** On the clock of its part, ms. */
  readonly time: number;
  readonly durationMs: number;
  /** First eight digits of the SHA-256 of its avcC: what equals can be joined. */
  readonly sets: string;
  readonly sha256: string;
}

const SEGMENT = /^segment-(\d{8})-(\d{10})-(\d{6})-([0-9a-f]{8})-([0-9a-f]{64})\.flv$/;
const PART = /^part-(\d{8})-(\d{13})$/;
const digits = (value: number, length: number): string => String(Math.round(value)).padStart(length, '0');

export function segmentName({ index, time, durationMs, sets, sha256 }: SegmentFacts): string {
  return `segment-${digits(index, 8)}-${digits(time, 10)}-${digits(durationMs, 6)}-${sets}-${sha256}.flv`;
}

/** undefined: not a segment, or not a complete one. */
export function readSegmentName(name: string): SegmentFacts | undefined {
  const found = SEGMENT.exec(name);
  if (found === null) return undefined;
  const [, index, time, durationMs, sets = '', sha256 = ''] = found;
  return { index: Number(index), time: Number(time), durationMs: Number(durationMs), sets, sha256 };
}

/** Parts are ordered by name: by the lease's fence, then by when they were begun (wall clock, ms). */
export function partName(fence: number, begunAt: number): string {
  return `part-${digits(fence, 8)}-${digits(begunAt, 13)}`;
}

/** undefined: not the name of a part. */
export function readPartName(name: string): { readonly fence: number; readonly begunAt: number } | undefined {
  const found = PART.exec(name);
  return found === null ? undefined : { fence: Number(found[1]), begunAt: Number(found[2]) };
}

/** Takes that are on this machine, each a folder with the id of its recording. */
export function spoolFolder(dataDir: string): string {
  return join(dataDir, 'spool');
}

/** Folder of a take's parts on this machine. */
export function takeFolder(dataDir: string, recordingId: string): string {
  return join(spoolFolder(dataDir), recordingId);
}

/** Files on their way to be recordings, in a folder for each. */
export function workFolder(dataDir: string): string {
  return join(dataDir, 'work');
}
