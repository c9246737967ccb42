import type { AssetId } from '@streamus/studio';
import { closeSprite, type Sprite } from './sprite.ts';
import type { SpriteMaker, SpriteOrder } from './sprite-maker.ts';
import type { SpriteSpec } from './sprite-spec.ts';

/** What the worker beside is told. */
export type SpriteRequest =
  | { readonly type: 'make'; readonly id: number; readonly spec: SpriteSpec }
  /** Nobody wants it any more. */
  | { readonly type: 'take-back'; readonly id: number }
  /** Null: nothing is made of it any more. */
  | { readonly type: 'image'; readonly asset: AssetId; readonly file: Blob | null };

/** What it answers, perhaps more than once. */
export type SpriteAnswer =
  | { readonly id: number; readonly sprite: Sprite }
  | { readonly id: number; readonly failed: string };

export interface MakerBeside extends SpriteMaker {
  /** What came from the worker. */
  answered(answer: SpriteAnswer): void;
  /** The worker beside is gone: what is ordered and not there is made here, and what comes. */
  lose(): void;
}

/**
 * Has sprites made by a worker that `send` tells what to make.
 * @param here makes them when that worker is lost
 */
export function createMakerBeside(
  send: (request: SpriteRequest) => void,
  here: () => SpriteMaker,
): MakerBeside {
  const orders = new Map<number, Ordered>();
  const files = new Map<AssetId, Blob>();
  let requests = 0;
  let instead: SpriteMaker | null = null;

  return {
    answered(answer) {
      const ordered = orders.get(answer.id);
      if (ordered !== undefined) ordered.answered = true;
      if ('failed' in answer) ordered?.order.fail(answer.failed);
      else if (ordered !== undefined) ordered.order.take(answer.sprite);
      // Nobody wants it any more, and it is nobody else's.
      else closeSprite(answer.sprite);
    },
    make(spec, order) {
      if (instead !== null) return instead.make(spec, order);
      const id = ++requests;
      const takeBack = (): void => send({ type: 'take-back', id });
      const ordered: Ordered = { spec, order, answered: false, takeBack };
      orders.set(id, ordered);
      send({ type: 'make', id, spec });
      return () => {
        orders.delete(id);
        ordered.takeBack();
      };
    },
    setImage(asset, file) {
      files.set(asset, file);
      if (instead !== null) instead.setImage(asset, file);
      else send({ type: 'image', asset, file });
    },
    dropImage(asset) {
      files.delete(asset);
      if (instead !== null) instead.dropImage(asset);
      else send({ type: 'image', asset, file: null });
    },
    lose() {
      if (instead !== null) return;
      instead = here();
      for (const [asset, file] of files) instead.setImage(asset, file);
      for (const ordered of orders.values()) {
        ordered.takeBack = ordered.answered ? () => undefined : instead.make(ordered.spec, ordered.order);
      }
    },
  };
}

interface Ordered {
  readonly spec: SpriteSpec;
  readonly order: SpriteOrder;
  answered: boolean;
  takeBack: () => void;
}
