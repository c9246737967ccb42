import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bytesEqual,
  describeVideo,
  FLV_VIDEO,
  FlvReader,
  type FlvTag,
  mergeParameterSets,
  NO_PARAMETER_SETS,
  type ParameterSets,
  parseAvcC,
  parsePpsIds,
  parseSps,
  readFlvContent,
} from '@streamus/media-formats';
import { segmentFiles } from './take.ts';

/** What all segments of a take have in common, found by reading them once. */
export interface TakeSummary {
  readonly files: readonly string[];
  /** Every parameter set of the take. */
  readonly sets: ParameterSets;
  /** One avcC can serve the whole take: no id stands for two different sets, and the size never changes. */
  readonly uniform: boolean;
  readonly firstMs: number;
  readonly endMs: number;
  readonly width: number;
  readonly height: number;
}

/** Sound may trail the picture across a segment's end by less than this, ms. */
const RESTARTED_BELOW_MS = 2_000;
const RESTART_GAP_MS = 33;

/**
 * Tags of a take in order, one segment in memory at a time. A cut-off last tag is left out. A process that was restarted
 * counts time from zero again; its segments are put behind those before.
 */
export async function* readTake(files: readonly string[]): AsyncGenerator<FlvTag> {
  let offset = 0;
  let last = 0;
  for (const file of files) {
    const tags = new FlvReader().push(await readFile(file));
    const first = tags[0]?.time ?? 0;
    if (first + offset < last - RESTARTED_BELOW_MS) offset = last + RESTART_GAP_MS - first;
    for (const tag of tags) {
      const time = tag.time + offset;
      last = Math.max(last, time);
      yield { ...tag, time };
    }
  }
}

/** undefined when there is nothing to see in the folder. */
export async function summariseTake(folder: string): Promise<TakeSummary | undefined> {
  const names = await readdir(folder).catch(() => []);
  const files = segmentFiles(names).map((name) => join(folder, name));
  let sets = NO_PARAMETER_SETS;
  let uniform = true;
  let firstMs: number | undefined;
  let endMs = 0;
  let previous: number | undefined;
  let frameMs = 0;
  for await (const tag of readTake(files)) {
    const content = readFlvContent(tag);
    if (content.kind === 'video-header') {
      const own = parseAvcC(content.avcC) ?? NO_PARAMETER_SETS;
      uniform &&= compatible(sets, own);
      sets = mergeParameterSets(sets, own);
    } else if (content.kind === 'video') {
      firstMs ??= tag.time;
      if (previous !== undefined) frameMs = tag.time - previous;
      previous = tag.time;
      endMs = Math.max(endMs, tag.time + Math.min(frameMs, 100));
    } else if (content.kind === 'audio') {
      endMs = Math.max(endMs, tag.time);
    }
  }
  const sizes = new Set(sets.sps.map((sps) => `${parseSps(sps)?.width}x${parseSps(sps)?.height}`));
  const shown = describeVideo(sets);
  if (firstMs === undefined || shown === undefined) return undefined;
  return {
    files,
    sets,
    uniform: uniform && sizes.size === 1,
    firstMs,
    endMs,
    width: shown.width,
    height: shown.height,
  };
}

function compatible(known: ParameterSets, added: ParameterSets): boolean {
  const clash = (
    a: readonly Uint8Array[],
    b: readonly Uint8Array[],
    idOf: (nal: Uint8Array) => number | undefined,
  ) => a.some((nal) => b.some((other) => idOf(nal) === idOf(other) && !bytesEqual(nal, other)));
  return (
    !clash(known.sps, added.sps, (nal) => parseSps(nal)?.id) &&
    !clash(known.pps, added.pps, (nal) => parsePpsIds(nal)?.id)
  );
}

export function isVideoHeader(tag: FlvTag): boolean {
  return tag.type === FLV_VIDEO && readFlvContent(tag).kind === 'video-header';
}
