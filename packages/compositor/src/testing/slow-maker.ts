import type { AssetId } from '@streamus/studio';
import type { Sprite } from '../sprites/sprite.ts';
import type { SpriteMaker, SpriteOrder } from '../sprites/sprite-maker.ts';
import type { SpriteSpec } from '../sprites/sprite-spec.ts';

/** Of every text that it makes pieces of. */
export const WHOLE_WIDTH = 9000;

interface Ordered {
  readonly spec: SpriteSpec;
  readonly order: SpriteOrder;
  takenBack: boolean;
}

/** Makes sprites when it is told to, and counts how often each is closed. */
export function slowMaker() {
  const orders: Ordered[] = [];
  /** Of every sprite ever made. */
  const closings: number[] = [];

  function newSprite(): Sprite {
    const number = closings.push(0) - 1;
    const close = (): void => {
      closings[number] = (closings[number] ?? 0) + 1;
    };
    const bitmap = { width: 40, height: 20, close };
    return { width: 40, height: 20, wholeWidth: WHOLE_WIDTH, bitmap, overlay: null };
  }

  /** Files of the images that are there. */
  const files = new Map<AssetId, Blob>();

  const maker: SpriteMaker = {
    setImage: (asset, file) => void files.set(asset, file),
    dropImage: (asset) => void files.delete(asset),
    make(spec, order) {
      const ordered: Ordered = { spec, order, takenBack: false };
      orders.push(ordered);
      return () => {
        ordered.takenBack = true;
      };
    },
  };

  return {
    maker,
    orders,
    files,
    closings,
    newSprite,
    /** Orders whose spec says so somewhere. */
    ordersOf: (words: string) => orders.filter(({ spec }) => JSON.stringify(spec).includes(words)),
    /** Makes everything that is ordered and says so somewhere. */
    deliver(words = ''): void {
      for (const { spec, order, takenBack } of orders) {
        if (!takenBack && JSON.stringify(spec).includes(words)) order.take(newSprite());
      }
    },
  };
}
