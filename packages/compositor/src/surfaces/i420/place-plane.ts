import type { Rect } from '@streamus/studio';
import type { Room } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { addressIn, type Plane, strideOf } from './planes.ts';

/** Memory that scaling needs besides. */
export interface ScaleRooms {
  readonly halves: readonly [Room, Room];
  readonly scratch: Room;
}

/** `bilinear` reads two neighbours: a step above this would leave pixels out. */
const LARGEST_STEP = 2;
const ONE = 65_536;

/**
 * Draws the part `from` of a plane (in its samples, with fractions) over all of `to`; of both, `to` may be a cut-out.
 * Shrinking by more than 2 averages first, so that nothing aliases (SPEC K5).
 */
export function placePlane(kernels: Kernels, rooms: ScaleRooms, source: Plane, from: Rect, to: Plane): void {
  let seen = cutOut(source, from);
  let [x, y] = [from.x - seen.x, from.y - seen.y];
  let [stepX, stepY] = [from.width / to.width, from.height / to.height];
  for (let turn = 0; stepX > LARGEST_STEP || stepY > LARGEST_STEP; turn += 1) {
    seen = { ...halved(kernels, rooms, seen.plane, turn), x: 0, y: 0 };
    [x, y, stepX, stepY] = [x / 2, y / 2, stepX / 2, stepY / 2];
  }
  const { plane } = seen;
  const firstX = Math.round((x + stepX / 2 - 0.5) * ONE);
  const firstY = Math.round((y + stepY / 2 - 0.5) * ONE);
  const [fixedX, fixedY] = [Math.round(stepX * ONE), Math.round(stepY * ONE)];
  if (isPlainCopy(plane, to, firstX, firstY, fixedX, fixedY)) {
    const start = addressIn(plane, firstX / ONE, firstY / ONE);
    kernels.copyPlane(to.at, to.stride, start, plane.stride, to.width, to.height);
    return;
  }
  const scratch = rooms.scratch.of(kernels.scratchFor(to.width, plane.width));
  const target = [to.at, to.stride, to.width, to.height];
  const origin = [plane.at, plane.stride, plane.width, plane.height];
  kernels.scalePlane(...target, ...origin, firstX, fixedX, firstY, fixedY, scratch);
}

/** The samples that `from` touches: what lies beside them must not shine in. */
function cutOut(
  source: Plane,
  from: Rect,
): { readonly plane: Plane; readonly x: number; readonly y: number } {
  // A thousandth of a sample forgives the rounding of the divisions before.
  const left = Math.min(source.width - 1, Math.max(0, Math.floor(from.x + 1e-3)));
  const top = Math.min(source.height - 1, Math.max(0, Math.floor(from.y + 1e-3)));
  const right = Math.min(source.width, Math.max(left + 1, Math.ceil(from.x + from.width - 1e-3)));
  const bottom = Math.min(source.height, Math.max(top + 1, Math.ceil(from.y + from.height - 1e-3)));
  const plane = {
    at: addressIn(source, left, top),
    stride: source.stride,
    width: right - left,
    height: bottom - top,
  };
  return { plane, x: left, y: top };
}

function halved(
  kernels: Kernels,
  { halves }: ScaleRooms,
  source: Plane,
  turn: number,
): { readonly plane: Plane } {
  const [width, height] = [Math.ceil(source.width / 2), Math.ceil(source.height / 2)];
  const stride = strideOf(width);
  const plane = { at: halves[turn % 2 === 0 ? 0 : 1].of(stride * height), stride, width, height };
  const { at, stride: srcStride } = source;
  kernels.halvePlane(plane.at, stride, at, srcStride, source.width, source.height);
  return { plane };
}

/** Nothing to scale and every sample is there. */
function isPlainCopy(
  { width, height }: Plane,
  to: Plane,
  firstX: number,
  firstY: number,
  stepX: number,
  stepY: number,
): boolean {
  if (stepX !== ONE || stepY !== ONE || firstX % ONE !== 0 || firstY % ONE !== 0) return false;
  const [x, y] = [firstX / ONE, firstY / ONE];
  return x >= 0 && y >= 0 && x + to.width <= width && y + to.height <= height;
}
