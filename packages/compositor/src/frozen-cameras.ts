import { type SourceId, sourceKind } from '@streamus/studio';

/** Slower than any camera in use, and longer than a line takes that recovers by itself, ms. */
export const FROZEN_MS = 3_000;

/** Knows which cameras on the picture stand still. Screens may, for as long as they like. */
export interface FrozenCameras {
  /** These sources are on the picture now; those that have just come are given time. */
  show(sources: readonly SourceId[], nowMs: number): void;
  /** A picture of this source has come, or another track that will bring some; once for each frame. */
  noteArrival(source: SourceId, nowMs: number): void;
  /** Those of which nothing new has come for three seconds. */
  list(nowMs: number): SourceId[];
}

export function createFrozenCameras(): FrozenCameras {
  /** Since when nothing new of each has come. */
  const since = new Map<SourceId, number>();
  return {
    show(sources, nowMs) {
      const cameras = new Set(sources.filter((source) => sourceKind(source) === 'camera'));
      for (const source of since.keys()) if (!cameras.has(source)) since.delete(source);
      for (const source of cameras) if (!since.has(source)) since.set(source, nowMs);
    },
    noteArrival(source, nowMs) {
      if (since.has(source)) since.set(source, nowMs);
    },
    list: (nowMs) => [...since].filter(([, last]) => nowMs - last > FROZEN_MS).map(([source]) => source),
  };
}
