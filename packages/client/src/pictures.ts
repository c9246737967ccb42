import { createPicturePainter, missingComposerFeatures, type PicturePainter } from '@streamus/compositor';
import {
  assetsReady,
  type Composition,
  compositionOnAir,
  layoutBoxes,
  type SourceId,
  type StudioDocument,
} from '@streamus/studio';
import { type BrandImages, createBrandImages } from './brand-images.ts';
import type { ComposerInput } from './composer.ts';
import type { PictureWish } from './picture-demand.ts';

/** Pictures of any composition in a tab that does not compose: its own painter, whose work nobody else sees. */
export interface Pictures {
  update(input: PicturesInput): void;
  /** Null: this browser cannot paint, or there is nothing yet. The caller closes it. */
  picture(composition: Composition, width: number): Promise<ImageBitmap | null>;
  /** Lets the painter go until the next picture is asked for. */
  rest(): void;
}

export type PicturesInput = Pick<ComposerInput, 'document' | 'pictures' | 'clockAheadMs'>;

/** Without a question for so long, cameras are decoded for nobody. */
const REST_MS = 10_000;
/** Thumbnails are narrower, device pixels; the pictures of the cards serve them. */
const THUMBNAIL_WIDTH = 420;

export function createPictures(options: {
  /** Of the API; empty: the page's own. */
  origin: string;
  /** How large sources are in the largest picture that is asked for. */
  onWishes: (wishes: ReadonlyMap<SourceId, PictureWish>) => void;
}): Pictures {
  const { origin, onWishes } = options;
  const able = missingComposerFeatures().length === 0;
  let input: PicturesInput | null = null;
  let at: { readonly painter: PicturePainter; readonly images: BrandImages } | null = null;
  /** The document the painter has. */
  let painted: StudioDocument | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let largeTimer: ReturnType<typeof setTimeout> | undefined;

  function start(document: StudioDocument): PicturePainter {
    const painter = createPicturePainter({ composition: compositionOnAir(document) });
    const images = createBrandImages({ origin, onImage: painter.setImage });
    at = { painter, images };
    return painter;
  }

  function apply({ document, pictures, clockAheadMs }: PicturesInput): void {
    if (at === null) return;
    at.painter.setClock(clockAheadMs);
    at.painter.setSources(pictures);
    if (document === painted) return;
    painted = document;
    const ready = assetsReady(document);
    at.painter.setComposition(compositionOnAir(document), ready);
    at.images.load(ready);
  }

  function rest(): void {
    clearTimeout(timer);
    clearTimeout(largeTimer);
    if (at === null) return;
    at.images.close();
    at.painter.close();
    at = null;
    painted = null;
    onWishes(new Map());
  }

  function askForPictures(composition: Composition, width: number, { pictures }: PicturesInput): void {
    if (width <= THUMBNAIL_WIDTH) return;
    const sources = new Map(
      [...pictures].map(([source, track]) => [source, { present: true as const, hasVideo: track !== null }]),
    );
    const scale = width / composition.programme.width;
    onWishes(
      new Map(
        layoutBoxes({ composition, sources }).map((box) => [
          box.source,
          { width: Math.round(box.width * scale), height: Math.round(box.height * scale), fps: null },
        ]),
      ),
    );
    clearTimeout(largeTimer);
    largeTimer = setTimeout(() => onWishes(new Map()), REST_MS);
  }

  return {
    update(next) {
      input = next;
      apply(next);
    },
    async picture(composition, width) {
      if (!able || input === null) return null;
      const painter = at?.painter ?? start(input.document);
      apply(input);
      clearTimeout(timer);
      timer = setTimeout(rest, REST_MS);
      askForPictures(composition, width, input);
      await at?.images.settled();
      // A painter that rests meanwhile answers nobody.
      return painter.picture(composition, width).catch(() => null);
    },
    rest,
  };
}
