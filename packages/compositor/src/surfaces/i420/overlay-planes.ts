import type { Size } from '../../draw-item.ts';
import type { Address, Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { type Planes, planesAt, planesBytes, strideOf } from './planes.ts';

/** Pixels of a bitmap as a canvas gives them: RGBA, colours not multiplied by alpha. */
export interface Raster extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * A bitmap in the programme's colours, multiplied by its alpha: four planes of full size with a transparent pixel
 * around them, so that chroma can be averaged wherever the bitmap comes to lie.
 */
export interface OverlayPlanes extends Size {
  readonly y: Address;
  readonly u: Address;
  readonly v: Address;
  readonly alpha: Address;
  readonly stride: number;
  /** A bitmap without transparency and with even sides, for even places: only has to be copied. */
  readonly solid: Planes | null;
}

/** The same outside the kernels' memory: y, u, v and alpha one after the other; then a solid bitmap's own planes. */
export interface OverlayBytes extends Size {
  readonly planes: Uint8Array<ArrayBuffer>;
  readonly solid: Uint8Array<ArrayBuffer> | null;
}

/** Transparent pixels on each side; one more follows where the last chroma sample needs it. */
export const PADDING = 1;

/** One of the four planes of a bitmap of this size. */
function planeOf({ width, height }: Size): { readonly stride: number; readonly bytes: number } {
  const stride = strideOf(width + 2 * PADDING + 1);
  return { stride, bytes: stride * (height + 2 * PADDING + 1) };
}

export interface OverlayMaker {
  make(raster: Raster): OverlayPlanes;
  /** For a maker with another memory. */
  bytesOf(overlay: OverlayPlanes): OverlayBytes;
  /** What another maker has made. */
  bring(bytes: OverlayBytes): OverlayPlanes;
  free(overlay: OverlayPlanes): void;
}

export function createOverlayMaker(kernels: Kernels, memory: WebAssembly.Memory, heap: Heap): OverlayMaker {
  function withPixels<T>({ data }: Raster, use: (at: Address) => T): T {
    const at = heap.take(data.length);
    try {
      new Uint8Array(memory.buffer).set(data, at);
      return use(at);
    } finally {
      heap.free(at);
    }
  }

  function solidOf(pixels: Address, size: Size): Planes | null {
    const { width, height } = size;
    if (width % 2 !== 0 || height % 2 !== 0) return null;
    const planes = planesAt(heap.take(planesBytes(size)), size);
    const { y, u, v } = planes;
    kernels.rgbToPlanes(y.at, y.stride, u.at, v.at, u.stride, pixels, 4 * width, width, height, 0);
    return planes;
  }

  function copyIn(bytes: Uint8Array): Address {
    const at = heap.take(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, at);
    return at;
  }

  return {
    make(raster) {
      const { width, height } = raster;
      const { stride, bytes } = planeOf(raster);
      const y = heap.take(4 * bytes);
      const [u, v, alpha] = [y + bytes, y + 2 * bytes, y + 3 * bytes];
      try {
        return withPixels(raster, (pixels) => {
          new Uint8Array(memory.buffer).fill(0, y, y + 4 * bytes);
          const inner = PADDING * stride + PADDING;
          const planes = [y, u, v, alpha].map((plane) => plane + inner);
          const least = kernels.rgbaToOverlay(...planes, stride, pixels, 4 * width, width, height);
          const solid = least === 255 ? solidOf(pixels, raster) : null;
          return { width, height, y, u, v, alpha, stride, solid };
        });
      } catch (error) {
        heap.free(y);
        throw error;
      }
    },
    bytesOf({ width, height, y, solid }) {
      const all = new Uint8Array(memory.buffer);
      return {
        ...{ width, height, planes: all.slice(y, y + 4 * planeOf({ width, height }).bytes) },
        solid: solid === null ? null : all.slice(solid.y.at, solid.y.at + planesBytes(solid.y)),
      };
    },
    bring({ width, height, planes, solid }) {
      const { stride, bytes } = planeOf({ width, height });
      const y = copyIn(planes);
      try {
        const even = solid === null ? null : planesAt(copyIn(solid), { width, height });
        return {
          width,
          height,
          y,
          u: y + bytes,
          v: y + 2 * bytes,
          alpha: y + 3 * bytes,
          stride,
          solid: even,
        };
      } catch (error) {
        heap.free(y);
        throw error;
      }
    },
    free({ y, solid }) {
      heap.free(y);
      if (solid !== null) heap.free(solid.y.at);
    },
  };
}
