/** Tells by their looks whether a video element shows another frame than before. */
export interface Likeness {
  /** A time stamp in microseconds that stays the same while the element shows the same frame. */
  stamp(element: HTMLVideoElement, nowMs: number): number;
}

/** Of what is compared: large enough that a moving face, mouth or slide changes it. */
const SIZE = { width: 64, height: 36 };
/** Something smaller may have changed: after so long, a frame counts as another one whatever it looks like. */
const ALIKE_MS = 500;

/**
 * An element that has stopped getting frames still gives thirty a second, all alike, and nothing else tells so
 * (media.md 4.2). Cameras never give the same picture twice: their noise differs.
 */
export function createLikeness(): Likeness {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  let before: Uint32Array | null = null;
  let stampedMs = Number.NEGATIVE_INFINITY;
  return {
    stamp(element, nowMs) {
      if (context === null) return Math.round(nowMs * 1000);
      context.drawImage(element, 0, 0, SIZE.width, SIZE.height);
      const now = new Uint32Array(context.getImageData(0, 0, SIZE.width, SIZE.height).data.buffer);
      if (nowMs - stampedMs >= ALIKE_MS || before === null || !sameNumbers(before, now)) stampedMs = nowMs;
      before = now;
      return Math.round(stampedMs * 1000);
    },
  };
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
