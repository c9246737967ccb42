import { createHeap } from '../surfaces/i420/heap.ts';
import { createI420Memory, createKernels } from '../surfaces/i420/kernels.ts';
import { createOverlayMaker, type OverlayMaker } from '../surfaces/i420/overlay-planes.ts';
import { context2d, imageOf } from './canvas.ts';
import type { SpriteAnswer, SpriteRequest } from './maker-beside.ts';
import type { Drawn } from './rasterise.ts';
import type { Sprite } from './sprite.ts';
import { createDrawer } from './sprite-maker.ts';
import type { Lettering } from './text.ts';

/** The page's message to the worker that makes sprites: for whom, and the origin that fonts come from. */
export interface ServeSprites {
  readonly port: MessagePort;
  readonly origin: string;
}

/** Makes the sprites that are asked for through `port`, one a task, in every form that a surface draws. */
export async function serveSprites(port: MessagePort, lettering: Lettering): Promise<void> {
  const overlays = await overlayMaker();
  const drawer = createDrawer(lettering);
  const takeBacks = new Map<number, () => void>();
  const answer = (message: SpriteAnswer, transfer: Transferable[] = []): void =>
    port.postMessage(message, transfer);
  // Setting the listener opens the port: what was asked for meanwhile comes now.
  port.onmessage = ({ data }: MessageEvent<SpriteRequest>) => handle(data);

  function handle(request: SpriteRequest): void {
    switch (request.type) {
      case 'make':
        make(request);
        return;
      case 'take-back':
        takeBacks.get(request.id)?.();
        takeBacks.delete(request.id);
        return;
      case 'image': {
        const { asset, file } = request;
        if (file === null) drawer.dropImage(asset);
        else drawer.setImage(asset, file);
      }
    }
  }

  function make({ id, spec }: Extract<SpriteRequest, { type: 'make' }>): void {
    const takeBack = drawer.draw(spec, {
      take(drawn) {
        const sprite = spriteOf(drawn, overlays);
        answer({ id, sprite }, transferOf(sprite));
      },
      fail: (failed) => answer({ id, failed }),
    });
    takeBacks.set(id, takeBack);
  }
}

/** Null where no kernels run: then no surface wants what it makes. */
async function overlayMaker(): Promise<OverlayMaker | null> {
  try {
    const memory = createI420Memory();
    return createOverlayMaker(await createKernels(memory), memory, createHeap(memory));
  } catch {
    return null;
  }
}

function spriteOf(
  { canvas, wholeWidth }: Drawn,
  overlays: OverlayMaker | null,
): Omit<Sprite, 'bitmap'> & { readonly bitmap: ImageBitmap } {
  const { width, height } = canvas;
  const overlay = overlays === null ? null : overlayOf(canvas, overlays);
  return { width, height, wholeWidth, overlay, bitmap: canvas.transferToImageBitmap() };
}

function overlayOf(canvas: OffscreenCanvas, overlays: OverlayMaker): Sprite['overlay'] {
  const made = overlays.make(imageOf(context2d(canvas)));
  try {
    return overlays.bytesOf(made);
  } finally {
    overlays.free(made);
  }
}

function transferOf({ bitmap, overlay }: ReturnType<typeof spriteOf>): Transferable[] {
  const bytes = overlay === null ? [] : [overlay.planes, ...(overlay.solid === null ? [] : [overlay.solid])];
  return [bitmap, ...bytes.map(({ buffer }) => buffer)];
}
