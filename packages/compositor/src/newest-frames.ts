import type { SourceId } from '@streamus/studio';

/** The part of a VideoFrame that its keeper needs. */
export interface ClosableFrame {
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly timestamp: number;
  close(): void;
}

/**
 * One newest frame per source. Owns what it holds: a frame is closed when a newer one comes, when its source goes
 * and when everything ends, because unclosed frames starve their camera or decoder (media.md 4.3).
 */
export interface NewestFrames<F extends ClosableFrame> {
  put(source: SourceId, frame: F): void;
  get(source: SourceId): F | undefined;
  drop(source: SourceId): void;
  /** True once for everything that changed since the last call; the same frame again is no change. */
  takeChanged(): boolean;
  /** Somebody reads the frames: those that have had their day stay open until everybody who does has called `release`. */
  hold(): void;
  release(): void;
  /** Not while they are held. */
  close(): void;
}

export function createNewestFrames<F extends ClosableFrame>(): NewestFrames<F> {
  const frames = new Map<SourceId, F>();
  let changed = false;
  let readers = 0;
  const done: F[] = [];
  const letGo = (frame: F): void => {
    if (readers > 0) done.push(frame);
    else frame.close();
  };
  const drop = (source: SourceId): void => {
    const frame = frames.get(source);
    if (frame === undefined) return;
    frames.delete(source);
    letGo(frame);
    changed = true;
  };
  return {
    put(source, frame) {
      const before = frames.get(source);
      if (before?.timestamp !== frame.timestamp) changed = true;
      if (before !== undefined) letGo(before);
      frames.set(source, frame);
    },
    get: (source) => frames.get(source),
    drop,
    takeChanged() {
      const was = changed;
      changed = false;
      return was;
    },
    hold() {
      readers += 1;
    },
    release() {
      readers -= 1;
      if (readers > 0) return;
      for (const frame of done.splice(0)) frame.close();
    },
    close() {
      for (const source of [...frames.keys()]) drop(source);
    },
  };
}
