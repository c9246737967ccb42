import type { Rect } from '@streamus/studio';
import { createCopies } from '../../copies.ts';
import type { Colour, Factors } from './colours.ts';
import { type CornerMasks, cornersOf, makeMasks } from './corners.ts';
import { type Address, createRoom, type Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { type OverlayPlanes, PADDING } from './overlay-planes.ts';
import { placePlane } from './place-plane.ts';
import { addressIn, evenAround, half, intersection, isEmpty, type Plane, type Planes } from './planes.ts';
import type { Staged } from './stage-frame.ts';

/** Draws into planes. Rectangles in pixels of the target; clips have even edges and lie inside it. */
export interface Brush {
  /** Whole pixels in one colour; 255: covers what is there. */
  tint(target: Planes, box: Rect, clip: Rect, colour: Colour, opacity: number): void;
  /** The part `from` of a frame (in its own pixels) fills `to`, which has even edges. */
  picture(target: Planes, staged: Staged, from: Rect, to: Rect, clip: Rect): void;
  /** A bitmap whose upper left corner is at whole pixels. */
  overlay(
    target: Planes,
    overlay: OverlayPlanes,
    at: { x: number; y: number },
    clip: Rect,
    opacity: number,
  ): void;
  /** The part of the picture under an even rectangle is in other colours. */
  convert(target: Planes, seen: Rect, factors: Factors): void;
  /** What is given back brings back what is outside the rounded corners of `box` now; nothing else is rounded before. */
  rounded(target: Planes, box: Rect, radius: number, clip: Rect): () => void;
  /** A line along the inside of a box. */
  border(
    target: Planes,
    box: Rect,
    radius: number,
    line: { width: number; colour: Colour },
    clip: Rect,
  ): void;
  /** A whole picture of the target's size, moved by even steps. */
  layer(target: Planes, layer: Planes, at: { x: number; y: number }, clip: Rect, opacity: number): void;
  /** The draw list has changed. */
  forgetUnused(): void;
  close(): void;
}

export function createBrush(kernels: Kernels, memory: WebAssembly.Memory, heap: Heap): Brush {
  const rooms = {
    halves: [createRoom(heap), createRoom(heap)] as const,
    scratch: createRoom(heap),
  };
  const under = createRoom(heap);
  const masks = createCopies<string, CornerMasks>(({ at }) => heap.free(at));
  const masksFor = (side: number, radius: number, line = 0): CornerMasks =>
    masks.get(`${side} ${radius} ${line}`, () => makeMasks(memory, heap, { side, radius, line }));

  function tintPlane(plane: Plane, box: Rect, value: number, opacity: number): void {
    if (isEmpty(box) || opacity <= 0) return;
    const target = [addressIn(plane, box.x, box.y), plane.stride, box.width, box.height];
    if (opacity >= 255) kernels.fillPlane(...target, value);
    else kernels.tintPlane(...target, value, opacity);
  }

  /** Chroma samples that a box covers by half or quarter take as much of its colour. */
  function tintChroma(planes: readonly [Plane, number][], box: Rect, opacity: number): void {
    for (const column of spans(box.x, box.width)) {
      for (const row of spans(box.y, box.height)) {
        const part = { x: column.at, y: row.at, width: column.length, height: row.length };
        const share = Math.round(opacity * column.share * row.share);
        for (const [plane, value] of planes) tintPlane(plane, part, value, share);
      }
    }
  }

  function tint(target: Planes, box: Rect, clip: Rect, colour: Colour, opacity: number): void {
    const seen = intersection(box, clip);
    if (isEmpty(seen)) return;
    tintPlane(target.y, seen, colour.y, opacity);
    tintChroma(
      [
        [target.u, colour.u],
        [target.v, colour.v],
      ],
      seen,
      opacity,
    );
  }

  function convert(target: Planes, seen: Rect, factors: Factors): void {
    const { y, u, v } = target;
    const [left, top, width, height] = [seen.x / 2, seen.y / 2, seen.width / 2, seen.height / 2];
    const chroma = [addressIn(u, left, top), addressIn(v, left, top), u.stride];
    kernels.convertColours(addressIn(y, seen.x, seen.y), y.stride, ...chroma, width, height, ...factors);
  }

  /** Saves, and gives back, the planes' parts that a corner mask lies over. */
  function corner(target: Planes, place: Rect, keep: Planes, mask: Address, maskStride: number): void {
    const { x, y, width, height } = place;
    const luma = [addressIn(target.y, x, y), target.y.stride, keep.y.at, keep.y.stride];
    kernels.maskLuma(...luma, mask, maskStride, width, height);
    for (const [to, from] of [[target.u, keep.u] as const, [target.v, keep.v] as const]) {
      const chroma = [addressIn(to, x / 2, y / 2), to.stride, from.at, from.stride];
      kernels.maskChroma(...chroma, mask, maskStride, half(width), half(height));
    }
  }

  function save(target: Planes, place: Rect, at: Address): { readonly keep: Planes; readonly next: Address } {
    const chromaWidth = place.width / 2;
    const bytes = place.width * place.height;
    const y = { at, stride: place.width, width: place.width, height: place.height };
    const u = { at: at + bytes, stride: chromaWidth, width: chromaWidth, height: place.height / 2 };
    const v = { ...u, at: u.at + bytes / 4 };
    kernels.copyPlane(
      y.at,
      y.stride,
      addressIn(target.y, place.x, place.y),
      target.y.stride,
      y.width,
      y.height,
    );
    for (const [to, from] of [[u, target.u] as const, [v, target.v] as const]) {
      const source = addressIn(from, place.x / 2, place.y / 2);
      kernels.copyPlane(to.at, to.stride, source, from.stride, to.width, to.height);
    }
    return { keep: { y, u, v }, next: v.at + bytes / 4 };
  }

  function rounded(target: Planes, box: Rect, radius: number, clip: Rect): () => void {
    const r = Math.min(radius, box.width / 2, box.height / 2);
    if (r <= 0) return () => undefined;
    const side = 2 * Math.ceil(r / 2);
    const corners = cornersOf(box, side, clip, masksFor(side, r));
    let at = under.of(corners.reduce((sum, { place }) => sum + (place.width * place.height * 3) / 2, 0));
    const saved = corners.map((one) => {
      const { keep, next } = save(target, one.place, at);
      at = next;
      return { ...one, keep };
    });
    return () => {
      for (const { place, keep, mask } of saved) corner(target, place, keep, mask, side);
    };
  }

  function border(
    target: Planes,
    box: Rect,
    radius: number,
    line: { width: number; colour: Colour },
    clip: Rect,
  ): void {
    const r = Math.min(radius, box.width / 2, box.height / 2);
    const width = Math.min(line.width, box.width / 2, box.height / 2);
    const { x, y } = box;
    const [right, bottom] = [x + box.width, y + box.height];
    // Corners are drawn as curves: their squares are left out of the straight lines.
    const side = r <= 0 ? 0 : Math.min(2 * Math.ceil(Math.max(r, width) / 2), box.width / 2, box.height / 2);
    const edge = Math.round(side === 0 ? width : side);
    const across = box.width - 2 * side;
    const down = box.height - 2 * edge;
    for (const straight of [
      { x: x + side, y, width: across, height: width },
      { x: x + side, y: bottom - width, width: across, height: width },
      { x, y: y + edge, width, height: down },
      { x: right - width, y: y + edge, width, height: down },
    ]) {
      tint(target, straight, clip, line.colour, 255);
    }
    if (side === 0) return;
    const whole = 2 * Math.ceil(Math.max(r, width) / 2);
    const colour = colourRow(whole, line.colour);
    for (const { place, mask } of cornersOf(box, whole, clip, masksFor(whole, r, width))) {
      corner(target, place, colour, mask, whole);
    }
  }

  /** One row of a colour, read again for every row. */
  function colourRow(length: number, { y, u, v }: Colour): Planes {
    const at = under.of(3 * length);
    const rows = [y, u, v].map((value, n) => {
      kernels.fillPlane(at + n * length, length, length, 1, value);
      return { at: at + n * length, stride: 0, width: length, height: 1 };
    });
    const [first, second, third] = rows;
    if (first === undefined || second === undefined || third === undefined) throw new RangeError('no colour');
    return { y: first, u: second, v: third };
  }

  return {
    tint,
    picture(target, staged, from, to, clip) {
      const seen = intersection(to, clip);
      if (isEmpty(seen)) return;
      const [scaleX, scaleY] = [from.width / to.width, from.height / to.height];
      const part = {
        x: staged.left + from.x + (seen.x - to.x) * scaleX,
        y: staged.top + from.y + (seen.y - to.y) * scaleY,
        width: seen.width * scaleX,
        height: seen.height * scaleY,
      };
      const { y, u, v } = staged.planes;
      placePlane(kernels, rooms, y, part, cut(target.y, seen, 1));
      const chroma = { x: part.x / 2, y: part.y / 2, width: part.width / 2, height: part.height / 2 };
      placePlane(kernels, rooms, u, chroma, cut(target.u, seen, 2));
      placePlane(kernels, rooms, v, chroma, cut(target.v, seen, 2));
      if (staged.factors !== null) convert(target, seen, staged.factors);
    },
    overlay(target, overlay, at, clip, opacity) {
      const { width, height, solid } = overlay;
      const seen = intersection(evenAround({ ...at, width, height }), clip);
      if (isEmpty(seen) || opacity <= 0) return;
      const [left, top] = [seen.x - at.x, seen.y - at.y];
      if (solid !== null && opacity >= 255 && at.x % 2 === 0 && at.y % 2 === 0) {
        for (const [to, from, by] of [
          [target.y, solid.y, 1] as const,
          [target.u, solid.u, 2] as const,
          [target.v, solid.v, 2] as const,
        ]) {
          const part = cut(to, seen, by);
          const source = addressIn(from, left / by, top / by);
          kernels.copyPlane(part.at, part.stride, source, from.stride, part.width, part.height);
        }
        return;
      }
      const offset = (top + PADDING) * overlay.stride + left + PADDING;
      const alpha = [overlay.alpha + offset, overlay.stride];
      const luma = [addressIn(target.y, seen.x, seen.y), target.y.stride, overlay.y + offset];
      kernels.layLuma(...luma, ...alpha, seen.width, seen.height, opacity);
      for (const [to, from] of [[target.u, overlay.u] as const, [target.v, overlay.v] as const]) {
        const part = cut(to, seen, 2);
        kernels.layChroma(part.at, part.stride, from + offset, ...alpha, part.width, part.height, opacity);
      }
    },
    convert,
    rounded,
    border,
    layer(target, layer, at, clip, opacity) {
      const { width, height } = layer.y;
      const seen = intersection({ ...at, width, height }, clip);
      if (isEmpty(seen)) return;
      for (const [to, from, by] of [
        [target.y, layer.y, 1] as const,
        [target.u, layer.u, 2] as const,
        [target.v, layer.v, 2] as const,
      ]) {
        const part = cut(to, seen, by);
        const source = addressIn(from, (seen.x - at.x) / by, (seen.y - at.y) / by);
        kernels.mixPlane(part.at, part.stride, source, from.stride, part.width, part.height, opacity);
      }
    },
    forgetUnused: () => masks.sweep(),
    close() {
      for (const room of [...rooms.halves, rooms.scratch, under]) room.close();
      masks.close();
    },
  };
}

/** The part of a plane under an even rectangle of pixels. */
function cut(plane: Plane, seen: Rect, by: 1 | 2): Plane {
  return {
    at: addressIn(plane, seen.x / by, seen.y / by),
    stride: plane.stride,
    width: seen.width / by,
    height: seen.height / by,
  };
}

/** Chroma samples along one side of a box, with the share of them that it covers. */
function spans(from: number, length: number): { at: number; length: number; share: number }[] {
  const to = from + length;
  const [first, last] = [Math.ceil(from / 2), Math.floor(to / 2)];
  const inner = { at: first, length: Math.max(0, last - first), share: 1 };
  if (first > last) return [{ at: last, length: 1, share: length / 2 }];
  return [
    { at: first - 1, length: 2 * first > from ? 1 : 0, share: first - from / 2 },
    inner,
    { at: last, length: 2 * last < to ? 1 : 0, share: to / 2 - last },
  ];
}
