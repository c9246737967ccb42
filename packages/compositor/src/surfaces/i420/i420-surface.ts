import type { Size } from '../../draw-item.ts';
import { type Context2D, context2d, imageOf } from '../../sprites/canvas.ts';
import type { Sprite } from '../../sprites/sprite.ts';
import type { Surface } from '../surface.ts';
import { createFrameMaker } from './frame-maker.ts';
import { createHeap } from './heap.ts';
import { createI420Painter, type RasterOf } from './i420-painter.ts';
import { createI420Memory, createKernels } from './kernels.ts';
import type { DrawFrame } from './stage-frame.ts';

/** The encoder's own format, painted on the processor. Rejects where the browser runs no WebAssembly with vectors. */
export async function createI420Surface(size: Size): Promise<Surface> {
  const memory = createI420Memory();
  const kernels = await createKernels(memory);
  const heap = createHeap(memory);
  const painter = createI420Painter({ size, kernels, memory, heap, rasterOf, drawFrame: drawnFrames() });
  const maker = createFrameMaker({ kernels, memory, heap });
  return {
    kind: 'i420',
    paint: painter.paint,
    snapshot: (timestamp, duration) => maker.frame(painter.picture, timestamp, duration),
    forgetUnused: painter.forgetUnused,
    close() {
      painter.close();
      maker.close();
    },
  };
}

/** Of bitmaps of the browser. */
export const rasterOf: RasterOf<Sprite> = ({ overlay, bitmap }) => overlay ?? imageOf(contextOf(bitmap));

/** A canvas that it was drawn on is asked itself. */
function contextOf(bitmap: Sprite['bitmap']): Context2D {
  if (bitmap instanceof OffscreenCanvas) return context2d(bitmap);
  const context = context2d(new OffscreenCanvas(bitmap.width, bitmap.height), { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  return context;
}

/** Frames that cannot be copied are drawn by the browser, which scales, turns and converts them. */
export function drawnFrames(): DrawFrame {
  let context: Context2D | null = null;
  return (frame, most) => {
    if (!(frame instanceof VideoFrame)) throw new TypeError('only frames of the browser can be drawn');
    const { displayWidth, displayHeight } = frame;
    const scale = Math.min(1, most.width / displayWidth, most.height / displayHeight);
    const width = Math.max(1, Math.round(displayWidth * scale));
    const height = Math.max(1, Math.round(displayHeight * scale));
    context ??= context2d(new OffscreenCanvas(width, height), { alpha: false, willReadFrequently: true });
    const { canvas } = context;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    context.drawImage(frame, 0, 0, width, height);
    // With alpha discarded, WebKit would give out no pixels.
    return new VideoFrame(canvas, { timestamp: 0 });
  };
}
