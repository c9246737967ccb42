import type { DrawItem, Size } from '../draw-item.ts';
import { type CanvasPainting, createCanvasPainting } from './canvas-painting.ts';
import { createI420Thumbnails } from './i420/i420-thumbnails.ts';
import type { Pixels } from './surface.ts';

/** Small pictures of draw lists, whatever paints the programme. */
export interface Thumbnails {
  /** `width` pixels wide, as high as the programme's shape wants. Frames stay open until it is done; not called again before. */
  paint(items: readonly DrawItem[], pixels: Pixels, programme: Size, width: number): Promise<ImageBitmap>;
  /** Not while it paints. */
  close(): void;
}

/** Painted by the processor; on a canvas where that does not work. */
export async function createThumbnails(): Promise<Thumbnails> {
  return createI420Thumbnails().catch(createCanvasThumbnails);
}

function createCanvasThumbnails(): Thumbnails {
  let last: { readonly on: CanvasPainting; readonly programme: Size; readonly width: number } | null = null;
  return {
    async paint(items, pixels, programme, width) {
      const { programme: before } = last ?? {};
      const same = before?.width === programme.width && before.height === programme.height;
      if (last?.width !== width || !same)
        last = { programme, width, on: createCanvasPainting(programme, width / programme.width) };
      last.on.paint(items, pixels);
      return last.on.canvas.transferToImageBitmap();
    },
    close() {
      last = null;
    },
  };
}
