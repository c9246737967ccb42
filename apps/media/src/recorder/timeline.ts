import type { PartFacts, SegmentFacts } from './take.ts';

export interface TakePart<S extends SegmentFacts = SegmentFacts> {
  readonly facts: Pick<PartFacts, 'startedAt' | 'startedTime'> | undefined;
  /** In order. */
  readonly segments: readonly S[];
}

/** A segment and what is added to its clock to put it in its place of the take. */
export interface PlacedSegment<S extends SegmentFacts> {
  readonly segment: S;
  readonly offsetMs: number;
}

/** A stretch of the take without a hole, and when it was on air. */
export interface Stretch {
  /** In the take. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Wall clock at `fromMs`, ms; undefined where it is not known. */
  readonly airedAt: number | undefined;
}

export interface Timeline<S extends SegmentFacts> {
  readonly placed: readonly PlacedSegment<S>[];
  readonly stretches: readonly Stretch[];
  readonly durationMs: number;
}

/** A hole longer than this, left by a full disk or a process that was killed, is cut out. */
const HOLE_MS = 1_000;

/**
 * Puts the parts of a take one behind the other, from 0 on. Each life of egress counts time from zero, and holes are
 * closed: nobody wants to watch a picture that stands still for a minute.
 */
export function timelineOf<S extends SegmentFacts>(parts: readonly TakePart<S>[]): Timeline<S> {
  const placed: PlacedSegment<S>[] = [];
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { facts, segments } of parts) {
    let expected = Number.NEGATIVE_INFINITY;
    let offsetMs = 0;
    for (const segment of segments) {
      const hole = Math.abs(segment.time - expected) > HOLE_MS;
      if (hole) {
        offsetMs = end - segment.time;
        const airedAt =
          facts === undefined
            ? undefined
            : new Date(facts.startedAt).getTime() + segment.time - facts.startedTime;
        stretches.push({ fromMs: end, toMs: end, airedAt });
      }
      placed.push({ segment, offsetMs });
      expected = segment.time + segment.durationMs;
      end = Math.max(end, expected + offsetMs);
      const stretch = stretches.at(-1);
      if (stretch !== undefined) stretches[stretches.length - 1] = { ...stretch, toMs: end };
    }
  }
  return { placed, stretches, durationMs: end };
}

/** Where in the take a moment is, ms; a moment in a hole is where the take goes on. undefined: after the end. */
export function placeOf(stretches: readonly Stretch[], wallMs: number): number | undefined {
  for (const { fromMs, toMs, airedAt } of stretches) {
    if (airedAt === undefined) continue;
    const into = wallMs - airedAt;
    if (into < toMs - fromMs) return fromMs + Math.max(0, into);
  }
  return undefined;
}
