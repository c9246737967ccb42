import { type SourceId, sourceKind } from '@streamus/studio';

/** Slower than any camera in use, and longer than a line takes that recovers by itself, ms. */
export const FROZEN_MS = 3_000;

/** Cameras on the picture, each with the time (ms) since when nothing new of it has come. Screens may stand still for long. */
export type WatchedCameras = ReadonlyMap<SourceId, number>;

/** The cameras watched once these sources are on the picture; those that have just come are given time. */
export function watchShown(
  before: WatchedCameras,
  shown: readonly SourceId[],
  nowMs: number,
): WatchedCameras {
  const cameras = shown.filter((source) => sourceKind(source) === 'camera');
  return new Map(cameras.map((source) => [source, before.get(source) ?? nowMs]));
}

/** A picture of this source has come, or another track that will bring some. */
export function noteArrival(before: WatchedCameras, source: SourceId, nowMs: number): WatchedCameras {
  return before.has(source) ? new Map([...before, [source, nowMs]]) : before;
}

export function frozenCameras(watched: WatchedCameras, nowMs: number): SourceId[] {
  return [...watched].filter(([, since]) => nowMs - since > FROZEN_MS).map(([source]) => source);
}
