import type { AssetId } from '@streamus/studio';
import { touched } from '../image-item.ts';
import { context2d } from './canvas.ts';
import type { Drawn } from './rasterise.ts';
import type { ImageSpec } from './sprite-spec.ts';

/** The image decoded last stays for so long: one that is being dragged to another size is wanted many times. */
const KEPT_MS = 3_000;

/** Makes sprites of uploaded images, which are kept as the files they are: decoded they take up to 59 MB each. */
export interface ImageDrawer {
  setImage(asset: AssetId, file: Blob): void;
  dropImage(asset: AssetId): void;
  /** One after the other. Null: nobody wants it any more when its turn comes. */
  draw(spec: ImageSpec, isWanted: () => boolean): Promise<Drawn | null>;
}

export function createImageDrawer(): ImageDrawer {
  const files = new Map<AssetId, Blob>();
  let decoded: { readonly file: Blob; readonly image: ImageBitmap } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  function letGo(): void {
    clearTimeout(timer);
    decoded?.image.close();
    decoded = null;
  }

  async function imageOf(file: Blob): Promise<ImageBitmap> {
    if (decoded?.file !== file) {
      letGo();
      decoded = { file, image: await createImageBitmap(file) };
    }
    clearTimeout(timer);
    timer = setTimeout(letGo, KEPT_MS);
    return decoded.image;
  }

  async function drawNow(
    file: Blob | undefined,
    { from, to }: ImageSpec,
    isWanted: () => boolean,
  ): Promise<Drawn | null> {
    // A whole task: whoever wants another size by now has said so.
    await new Promise((wake) => setTimeout(wake, 0));
    if (!isWanted()) return null;
    if (file === undefined) throw new Error('the image is not there');
    const image = await imageOf(file);
    const { width, height } = touched(to);
    const canvas = new OffscreenCanvas(width, height);
    const context = context2d(canvas, { willReadFrequently: true });
    context.drawImage(image, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
    return { canvas, wholeWidth: width };
  }

  return {
    setImage: (asset, file) => void files.set(asset, file),
    dropImage: (asset) => void files.delete(asset),
    draw(spec, isWanted) {
      // Of the file that is there now: it may be dropped, and come back, before its turn.
      const file = files.get(spec.asset);
      const drawn = turn.then(() => drawNow(file, spec, isWanted));
      // Whoever asked hears of it.
      turn = drawn.catch(() => undefined);
      return drawn;
    },
  };
}
