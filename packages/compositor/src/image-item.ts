import type { AssetId, Rect } from '@streamus/studio';
import type { SpriteItem } from './draw-item.ts';
import type { ImageSpec } from './sprites/sprite-spec.ts';

/** The part `from` of a loaded image, scaled into `to`. */
export function imageItem(
  slot: string,
  asset: AssetId,
  { from, to }: { readonly from: Rect; readonly to: Rect },
  opacity: number,
): SpriteItem {
  const [x, y] = [Math.floor(to.x), Math.floor(to.y)];
  const place = { x: to.x - x, y: to.y - y, width: to.width, height: to.height };
  const sprite: ImageSpec = { kind: 'image', asset, from, to: place };
  const { height } = touched(place);
  return {
    ...{ kind: 'sprite', sprite, slot, anchor: 'left', x, y: y + height },
    ...{ opacity, reveal: 1, shift: 0 },
  };
}

/** Of the pixels that it touches. */
export function touched({ x, y, width, height }: Rect): { readonly width: number; readonly height: number } {
  return { width: Math.max(1, Math.ceil(x + width)), height: Math.max(1, Math.ceil(y + height)) };
}
