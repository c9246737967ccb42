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

/** Transparent pixels on each side; one more follows where the last chroma sample needs it. */
export const PADDING = 1;

export interface OverlayMaker {
  make(raster: Raster): OverlayPlanes;
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

  return {
    make(raster) {
      const { width, height } = raster;
      const stride = strideOf(width + 2 * PADDING + 1);
      const bytes = stride * (height + 2 * PADDING + 1);
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
    free({ y, solid }) {
      heap.free(y);
      if (solid !== null) heap.free(solid.y.at);
    },
  };
}
