import type { Size } from '../draw-item.ts';
import { createCanvasPainting } from './canvas-painting.ts';
import { createFrameMaker } from './i420/frame-maker.ts';
import { createHeap, createRoom } from './i420/heap.ts';
import { drawnFrames } from './i420/i420-surface.ts';
import { createI420Memory, createKernels, type Kernels } from './i420/kernels.ts';
import type { Planes } from './i420/planes.ts';
import { createStager } from './i420/stage-frame.ts';
import type { Surface } from './surface.ts';

/**
 * Canvas2D. Its pictures are handed out in the encoder's format with the tags of the other surfaces: a canvas itself is
 * tagged full range by browsers though its pixels come out limited (media.md 4.5), and tags that change with the surface
 * are parameter sets that change in mid-show. Only where no WebAssembly runs, the canvas is handed out as it is.
 */
export async function createCanvasSurface(size: Size): Promise<Surface> {
  const memory = createI420Memory();
  try {
    return planarSurface(size, memory, await createKernels(memory));
  } catch {
    return createPlainCanvasSurface(size);
  }
}

function planarSurface(size: Size, memory: WebAssembly.Memory, kernels: Kernels): Surface {
  const painting = createCanvasPainting(size);
  const heap = createHeap(memory);
  const stager = createStager({ kernels, memory, heap, drawFrame: drawnFrames(), programme: size });
  const room = createRoom(heap);
  const maker = createFrameMaker({ kernels, memory, heap });
  let planes: Planes | null = null;
  return {
    kind: 'canvas',
    async paint(items, pixels) {
      painting.paint(items, pixels);
      // WebKit gives out no pixels of a frame whose alpha is discarded; the canvas has none.
      const frame = new VideoFrame(painting.canvas, { timestamp: 0 });
      try {
        planes = (await stager.stage(frame, room)).planes;
      } finally {
        frame.close();
      }
    },
    snapshot(timestamp, duration) {
      if (planes === null) throw new Error('nothing has been painted yet');
      return maker.frame(planes, timestamp, duration);
    },
    // It draws the bitmaps as they are and keeps nothing of them.
    forgetUnused: () => undefined,
    close: () => undefined,
  };
}

/** A canvas that is handed out as it is, tagged as the browser tags it. */
export function createPlainCanvasSurface(size: Size): Surface {
  const { canvas, paint } = createCanvasPainting(size);
  return {
    kind: 'canvas',
    paint,
    snapshot: (timestamp, duration) => new VideoFrame(canvas, { timestamp, duration, alpha: 'discard' }),
    forgetUnused: () => undefined,
    close: () => undefined,
  };
}
