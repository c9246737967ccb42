import type { CompositorStats } from './protocol.ts';

/** Counts what a loop that paints does. */
export interface Meter {
  /** `fresh`: the picture is not the one before again. */
  painted(ms: number, fresh: boolean): void;
  /** The last picture was not taken by the output. */
  dropped(): void;
  /** The figures, once a second; null in between. */
  read(nowMs: number, lateFrames: number): Omit<CompositorStats, 'frozen'> | null;
}

const PERIOD_MS = 1_000;

export function createMeter(startMs: number): Meter {
  let since = startMs;
  let paints = 0;
  let paintedMs = 0;
  let repeatedFrames = 0;
  let droppedFrames = 0;
  let droppedBefore = 0;
  return {
    painted(ms, fresh) {
      paints += 1;
      paintedMs += ms;
      if (!fresh) repeatedFrames += 1;
    },
    dropped() {
      droppedFrames += 1;
    },
    read(nowMs, lateFrames) {
      if (nowMs - since < PERIOD_MS) return null;
      const given = paints - (droppedFrames - droppedBefore);
      const fps = (given * 1000) / (nowMs - since);
      const paintMs = paints === 0 ? 0 : paintedMs / paints;
      since = nowMs;
      paints = 0;
      paintedMs = 0;
      droppedBefore = droppedFrames;
      return { fps, lateFrames, repeatedFrames, droppedFrames, paintMs };
    },
  };
}
