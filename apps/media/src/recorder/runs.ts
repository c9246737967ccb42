import {
  bytesEqual,
  FlvReader,
  mergeParameterSets,
  NO_PARAMETER_SETS,
  type ParameterSets,
  parseAvcC,
  parsePpsIds,
  parseSps,
  readFlvContent,
} from '@streamus/media-formats';
import type { SegmentFacts } from './take.ts';
import type { PlacedSegment } from './timeline.ts';

/** Segments in a row that one avcC can serve: no id stands for two different sets, and the sizes stay the same. */
export interface Run<S extends SegmentFacts> {
  readonly placed: readonly PlacedSegment<S>[];
  /** Every parameter set of the run. */
  readonly sets: ParameterSets;
  /** Of all pictures, or of the largest when sizes change within a segment. */
  readonly size: Size;
  /** Every picture has that size. */
  readonly oneSize: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What an avcC can list (ISO 14496-15). */
const MOST_SPS = 31;
const MOST_PPS = 255;

/** Splits a take where its pictures cannot be joined without encoding them. `setsOf` tells a segment's parameter sets. */
export function runsOf<S extends SegmentFacts>(
  placed: readonly PlacedSegment<S>[],
  setsOf: (segment: S) => ParameterSets,
): Run<S>[] {
  const runs: { placed: PlacedSegment<S>[]; sets: ParameterSets; sizes: readonly Size[] }[] = [];
  for (const item of placed) {
    const own = setsOf(item.segment);
    const sizes = sizesOf(own);
    if (sizes.length === 0) continue;
    const run = runs.at(-1);
    const merged = run === undefined ? own : mergeParameterSets(run.sets, own);
    if (run !== undefined && sameSizes(run.sizes, sizes) && compatible(run.sets, own) && fits(merged)) {
      run.placed.push(item);
      run.sets = merged;
    } else {
      runs.push({ placed: [item], sets: own, sizes });
    }
  }
  return runs.map(({ sizes, ...run }) => ({ ...run, size: largestOf(sizes), oneSize: sizes.length === 1 }));
}

export function largestOf(sizes: readonly Size[]): Size {
  const [largest] = sizes.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return largest ?? { width: 0, height: 0 };
}

/** Each size once. */
function sizesOf(sets: ParameterSets): Size[] {
  const sizes = new Map<string, Size>();
  for (const sps of sets.sps) {
    const known = parseSps(sps);
    if (known !== undefined) sizes.set(`${known.width}x${known.height}`, known);
  }
  return [...sizes.values()].map(({ width, height }) => ({ width, height }));
}

const sameSizes = (a: readonly Size[], b: readonly Size[]): boolean =>
  a.length === b.length && a.every((one) => b.some((o) => o.width === one.width && o.height === one.height));

const fits = ({ sps, pps }: ParameterSets): boolean => sps.length <= MOST_SPS && pps.length <= MOST_PPS;

/** The parameter sets at the beginning of a segment; none when its head cannot be read. */
export function setsInHead(head: Uint8Array): ParameterSets {
  try {
    for (const tag of new FlvReader().push(head)) {
      const content = readFlvContent(tag);
      if (content.kind === 'video-header') return parseAvcC(content.avcC) ?? NO_PARAMETER_SETS;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return NO_PARAMETER_SETS;
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
