import type { Rect } from '@streamus/studio';
import type { Size } from '../../draw-item.ts';
import { type Factors, factorsOf, type TaggedColours } from './colours.ts';
import { createRoom, type Heap, type Room } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { addressIn, type Plane, type Planes, planesAt, planesBytes, strideOf } from './planes.ts';

/** What staging reads of a VideoFrame; `rotation` and `flip` are younger than the compiler's list. */
export interface StagedFrame
  extends Pick<VideoFrame, 'format' | 'copyTo' | 'displayWidth' | 'displayHeight'> {
  readonly visibleRect: Readonly<Rect> | null;
  readonly colorSpace: TaggedColours;
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** A frame's pixels in the kernels' memory, upright. */
export interface Staged {
  readonly planes: Planes;
  /** The part of the planes that is seen begins here: frames are cut out at even places only. */
  readonly left: number;
  readonly top: number;
  readonly size: Size;
  /** To the programme's colours; null: they are. */
  readonly factors: Factors | null;
}

/** Draws what cannot be copied (opaque, unusual or huge frames) into RGB of this size at most. */
export type DrawFrame = (frame: StagedFrame, most: Size) => StagedFrame & { close(): void };

/** Above this (4096 × 2304), frames are scaled by the browser before their pixels are read: 50 MB for one 8K frame. */
const MOST_PIXELS = 4096 * 2304;

export interface Stager {
  stage(frame: StagedFrame, into: Room): Promise<Staged>;
  /**
   * Copies the part `from` of a frame straight to its place in a picture, whose colours are left to the caller. Undefined, and
   * nothing done, where anything but copying is needed.
   * @param to even edges
   */
  place(frame: StagedFrame, from: Rect, picture: Planes, to: Rect): Promise<Factors | null> | undefined;
  close(): void;
}

export function createStager(options: {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly heap: Heap;
  readonly drawFrame: DrawFrame;
  readonly programme: Size;
}): Stager {
  const { kernels, memory, heap, drawFrame, programme } = options;
  /** For pixels that are not planes yet, and for turning. */
  const raw = createRoom(heap);

  /** Planes may lie anywhere in the memory; it does not grow while a frame is copied. */
  async function copy(frame: StagedFrame, rect: DOMRectInit, layout: PlaneLayout[]): Promise<void> {
    await frame.copyTo(new Uint8Array(memory.buffer), { rect, layout });
  }

  async function planar(frame: StagedFrame, { y, u, v }: Planes, { rect }: Seen): Promise<void> {
    await copy(
      frame,
      rect,
      [y, u, v].map(({ at, stride }) => ({ offset: at, stride })),
    );
  }

  async function interleaved(frame: StagedFrame, { y, u, v }: Planes, { rect }: Seen): Promise<void> {
    const stride = strideOf(2 * u.width);
    const pairs = raw.of(stride * u.height);
    await copy(frame, rect, [
      { offset: y.at, stride: y.stride },
      { offset: pairs, stride },
    ]);
    kernels.splitPlane(u.at, v.at, u.stride, pairs, stride, u.width, u.height);
  }

  async function coloured(
    frame: StagedFrame,
    { y, u, v }: Planes,
    { rect }: Seen,
    bgr: boolean,
  ): Promise<void> {
    const stride = 4 * y.width;
    const pixels = raw.of(stride * y.height);
    await copy(frame, rect, [{ offset: pixels, stride }]);
    const target = [y.at, y.stride, u.at, v.at, u.stride];
    kernels.rgbToPlanes(...target, pixels, stride, y.width, y.height, bgr ? 1 : 0);
  }

  async function drawn(frame: StagedFrame, into: Room): Promise<Staged> {
    const picture = drawFrame(frame, programme);
    try {
      return await stage(picture, into);
    } finally {
      picture.close();
    }
  }

  async function stage(frame: StagedFrame, into: Room): Promise<Staged> {
    const seen = seenOf(frame);
    const format = seen === null ? 'unknown' : kindOf(frame.format);
    if (seen === null || format === 'unknown') return drawn(frame, into);
    const planes = planesAt(into.of(planesBytes(seen.copied)), seen.copied);
    switch (format) {
      case 'planar':
        await planar(frame, planes, seen);
        break;
      case 'interleaved':
        await interleaved(frame, planes, seen);
        break;
      case 'rgb':
      case 'bgr':
        await coloured(frame, planes, seen, format === 'bgr');
        return upright(frame, into, seen, planes, null);
    }
    return upright(frame, into, seen, planes, factorsOf(frame.colorSpace));
  }

  /** Rotation and mirroring are notes on a frame that `copyTo` does not follow (media.md 4.5). */
  function upright(
    frame: StagedFrame,
    into: Room,
    seen: Seen,
    planes: Planes,
    factors: Factors | null,
  ): Staged {
    const { left, top } = seen;
    const quarters = ((((frame.rotation ?? 0) / 90) % 4) + 4) % 4;
    const flip = frame.flip === true;
    if (quarters === 0 && !flip) return { planes, left, top, size: seen.size, factors };
    const turned = quarters % 2 === 1;
    const { copied } = seen;
    const from = planesAt(raw.of(planesBytes(copied)), copied);
    for (const [to, plane] of pairsOf(from, planes)) {
      kernels.copyPlane(to.at, to.stride, plane.at, plane.stride, plane.width, plane.height);
    }
    const upright = turnedSize(copied, turned);
    const to = planesAt(into.of(planesBytes(upright)), upright);
    for (const [out, plane] of pairsOf(to, from)) {
      const source = [plane.at, plane.stride, plane.width, plane.height];
      kernels.turnPlane(out.at, out.stride, ...source, quarters, flip ? 1 : 0);
    }
    return { planes: to, ...turnedPlace(seen, quarters, flip), size: turnedSize(seen.size, turned), factors };
  }

  return {
    stage,
    place(frame, from, { y, u, v }, to) {
      const rect = plainPart(frame, from, to);
      if (rect === null) return;
      const layout = [
        { offset: addressIn(y, to.x, to.y), stride: y.stride },
        ...[u, v].map((plane) => ({
          offset: addressIn(plane, to.x / 2, to.y / 2),
          stride: plane.stride,
        })),
      ];
      return copy(frame, rect, layout).then(() => factorsOf(frame.colorSpace));
    },
    close: () => raw.close(),
  };
}

const pairsOf = (a: Planes, b: Planes): readonly (readonly [Plane, Plane])[] => [
  [a.y, b.y],
  [a.u, b.u],
  [a.v, b.v],
];

/** What of a frame is copied: the visible part, and up to a column and a row before it where it begins at an odd place. */
interface Seen {
  readonly rect: DOMRectInit;
  readonly copied: Size;
  readonly left: number;
  readonly top: number;
  readonly size: Size;
}

/** Null: too large to be copied, or not known. */
function seenOf({ visibleRect }: StagedFrame): Seen | null {
  if (visibleRect === null) return null;
  const { x, y, width, height } = visibleRect;
  if (width * height > MOST_PIXELS) return null;
  const [left, top] = [x % 2, y % 2];
  const copied = { width: width + left, height: height + top };
  return { rect: { x: x - left, y: y - top, ...copied }, copied, left, top, size: { width, height } };
}

/** What is copied where a part is as large as its place, upright and of whole samples; else null. */
function plainPart(frame: StagedFrame, from: Rect, to: Rect): Rect | null {
  const { visibleRect: visible, displayWidth, displayHeight } = frame;
  if (kindOf(frame.format) !== 'planar' || visible === null) return null;
  if ((frame.rotation ?? 0) % 360 !== 0 || frame.flip === true) return null;
  if (visible.width !== displayWidth || visible.height !== displayHeight) return null;
  if (from.width !== to.width || from.height !== to.height) return null;
  const [x, y] = [visible.x + from.x, visible.y + from.y];
  return x % 2 === 0 && y % 2 === 0 ? { x, y, width: to.width, height: to.height } : null;
}

function kindOf(format: VideoPixelFormat | null): 'planar' | 'interleaved' | 'rgb' | 'bgr' | 'unknown' {
  switch (format) {
    case 'I420':
      return 'planar';
    case 'NV12':
      return 'interleaved';
    case 'RGBA':
    case 'RGBX':
      return 'rgb';
    case 'BGRA':
    case 'BGRX':
      return 'bgr';
    default:
      return 'unknown';
  }
}

const turnedSize = ({ width, height }: Size, turned: boolean): Size =>
  turned ? { width: height, height: width } : { width, height };

/** Where the seen part begins after turning and mirroring: the margins that come to lie left and above. */
function turnedPlace(
  { left, top }: Seen,
  quarters: number,
  flip: boolean,
): { readonly left: number; readonly top: number } {
  const margins = [left, top, 0, 0];
  const marginAt = (side: number): number => margins[(side - quarters + 4) % 4] ?? 0;
  return { left: marginAt(flip ? 2 : 0), top: marginAt(1) };
}
