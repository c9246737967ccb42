import { type Drawn, lettersOf, rasterise } from './rasterise.ts';
import type { Sprite } from './sprite.ts';
import type { SpriteSpec } from './sprite-spec.ts';
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
}

/** Draws a sprite at once, and again when letters came that it was drawn without. */
export function drawAndFollow(
  spec: SpriteSpec,
  lettering: Lettering,
  order: { take(drawn: Drawn): void; fail(reason: string): void },
): void {
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

/** Makes sprites where it is called, at once. */
export function createMakerHere(lettering: Lettering): SpriteMaker {
  return {
    make(spec, order) {
      let wanted = true;
      drawAndFollow(spec, lettering, {
        take({ canvas, wholeWidth }) {
          const { width, height } = canvas;
          if (wanted) order.take({ width, height, bitmap: canvas, overlay: null, wholeWidth });
        },
        fail(reason) {
          if (wanted) order.fail(reason);
        },
      });
      return () => {
        wanted = false;
      };
    },
  };
}
