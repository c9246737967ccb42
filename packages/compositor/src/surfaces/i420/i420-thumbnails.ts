import type { Size } from '../../draw-item.ts';
import { context2d } from '../../sprites/canvas.ts';
import type { Thumbnails } from '../thumbnails.ts';
import { createBrush } from './brush.ts';
import { createHeap, createRoom } from './heap.ts';
import { createI420Painter } from './i420-painter.ts';
import { drawnFrames, rasterOf } from './i420-surface.ts';
import { createI420Memory, createKernels } from './kernels.ts';
import { half, type Planes, planesAt, planesBytes } from './planes.ts';
import { rgbaOfPlanes } from './rgba-of-planes.ts';

/**
 * Paints the programme as the I420 surface does and scales it down. Drawn on a canvas instead, every frame of every source
 * would stay in the browser's cache of decoded pictures, half a gigabyte of it, wherever there is no graphics card.
 */
export async function createI420Thumbnails(): Promise<Thumbnails> {
  const memory = createI420Memory();
  const kernels = await createKernels(memory);
  const heap = createHeap(memory);
  const brush = createBrush(kernels, memory, heap);
  const room = createRoom(heap);
  const context = context2d(new OffscreenCanvas(1, 1), { willReadFrequently: true });
  let large: { readonly painter: ReturnType<typeof painterOf>; readonly size: Size } | null = null;

  const painterOf = (size: Size) =>
    createI420Painter({ size, kernels, memory, heap, rasterOf, drawFrame: drawnFrames() });

  function painterFor({ width, height }: Size): ReturnType<typeof painterOf> {
    if (large?.size.width !== width || large.size.height !== height) {
      large?.painter.close();
      large = { painter: painterOf({ width, height }), size: { width, height } };
    }
    return large.painter;
  }

  function scaled(picture: Planes, size: Size): Planes {
    const whole = { x: 0, y: 0, ...size };
    const small = planesAt(room.of(planesBytes(size)), size);
    const { width, height } = picture.y;
    const staged = { planes: picture, left: 0, top: 0, size: { width, height }, factors: null };
    brush.picture(small, staged, { x: 0, y: 0, width, height }, whole, whole);
    return small;
  }

  return {
    async paint(items, pixels, programme, width) {
      const painter = painterFor(programme);
      await painter.paint(items, pixels);
      painter.forgetUnused();
      const size = { width, height: Math.round((width * programme.height) / programme.width) };
      // Pictures are laid at even edges; what is beyond the thumbnail's own is left out.
      const small = scaled(painter.picture, { width: 2 * half(size.width), height: 2 * half(size.height) });
      const { canvas } = context;
      if (canvas.width !== size.width || canvas.height !== size.height)
        [canvas.width, canvas.height] = [size.width, size.height];
      const image = new ImageData(
        rgbaOfPlanes(new Uint8Array(memory.buffer), small, size),
        size.width,
        size.height,
      );
      context.putImageData(image, 0, 0);
      return canvas.transferToImageBitmap();
    },
    close() {
      large?.painter.close();
      large = null;
      brush.close();
      room.close();
    },
  };
}
