import type { AssetId } from '@streamus/studio';
import { createImageDrawer } from './image-drawer.ts';
import { type Drawn, lettersOf, rasterise } from './rasterise.ts';
import type { Sprite } from './sprite.ts';
import type { LetteredSpec, SpriteSpec } from './sprite-spec.ts';
import type { Lettering } from './text.ts';

/** Whoever ordered a sprite. */
export interface SpriteOrder {
  /** Gets the sprite to keep and to close; again when it looks otherwise, because its letters came. */
  take(sprite: Sprite): void;
  fail(reason: string): void;
}

export interface SpriteMaker {
  /** May answer at once. The function given back takes the order back. */
  make(spec: SpriteSpec, order: SpriteOrder): () => void;
  /** An uploaded image that sprites may be ordered of from now on. */
  setImage(asset: AssetId, file: Blob): void;
  dropImage(asset: AssetId): void;
}

/** Whoever gets what was drawn, perhaps more than once. */
export interface Drawing {
  take(drawn: Drawn): void;
  fail(reason: string): void;
}

/** Draws what is asked for, lettered sprites at once. The function given back ends it: nothing is taken any more. */
export interface Drawer extends Pick<SpriteMaker, 'setImage' | 'dropImage'> {
  draw(spec: SpriteSpec, drawing: Drawing): () => void;
}

export function createDrawer(lettering: Lettering): Drawer {
  const images = createImageDrawer();
  return {
    setImage: images.setImage,
    dropImage: images.dropImage,
    draw(spec, drawing) {
      let wanted = true;
      const whileWanted: Drawing = {
        take(drawn) {
          if (wanted) drawing.take(drawn);
        },
        fail(reason) {
          if (wanted) drawing.fail(reason);
        },
      };
      if (spec.kind !== 'image') drawAndFollow(spec, lettering, whileWanted);
      else {
        void images
          .draw(spec, () => wanted)
          .then(
            (drawn) => {
              if (drawn !== null) whileWanted.take(drawn);
            },
            (error: unknown) => whileWanted.fail(String(error)),
          );
      }
      return () => {
        wanted = false;
      };
    },
  };
}

/** Draws a sprite at once, and again when letters came that it was drawn without. */
function drawAndFollow(spec: LetteredSpec, lettering: Lettering, order: Drawing): void {
  const stacks = (): string =>
    lettersOf(spec)
      .map((one) => lettering.stack(one.font, one.text))
      .join();
  const draw = (): void => {
    try {
      order.take(rasterise(spec, lettering));
    } catch (error) {
      order.fail(String(error));
    }
  };
  const before = stacks();
  draw();
  const coming = lettersOf(spec).flatMap(({ font, text }) => lettering.want(font, text) ?? []);
  if (coming.length === 0) return;
  void Promise.all(coming).then(() => {
    if (stacks() !== before) draw();
  });
}

/** Makes sprites where it is called. */
export function createMakerHere(lettering: Lettering): SpriteMaker {
  const { draw, setImage, dropImage } = createDrawer(lettering);
  return {
    setImage,
    dropImage,
    make: (spec, order) =>
      draw(spec, {
        take({ canvas, wholeWidth }) {
          const { width, height } = canvas;
          order.take({ width, height, bitmap: canvas, overlay: null, wholeWidth });
        },
        fail: order.fail,
      }),
  };
}
