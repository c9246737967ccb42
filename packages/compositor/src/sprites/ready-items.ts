import type { SourceId } from '@streamus/studio';
import type { DrawItem, StripItem } from '../draw-item.ts';
import type { TickerSpec } from './sprite-spec.ts';
import { firstPiece, type SpriteSet } from './sprite-store.ts';
import { stripPieces } from './ticker-pieces.ts';

/** A draw list without what is not there yet. */
export interface ReadyItems {
  readonly items: readonly DrawItem[];
  /** Slots that show nothing, because none of their sprites is there. */
  readonly waiting: ReadonlySet<string>;
}

/** What can be drawn of `items` now, each slot by its newest sprite that is there; the others are asked for. */
export function readyItems(items: readonly DrawItem[], sprites: SpriteSet): ReadyItems {
  const waiting = new Set<string>();

  function ready(item: DrawItem): readonly DrawItem[] {
    switch (item.kind) {
      case 'picture': {
        if (item.avatar === null) return [item];
        // Also while there is a picture: it may stay away from one frame to the next.
        const avatar = sprites.show(item.avatar, `avatar ${item.source}`);
        if (avatar === item.avatar) return [item];
        return [{ ...item, avatar: avatar?.kind === 'avatar' ? avatar : null }];
      }
      case 'sprite': {
        const sprite = sprites.show(item.sprite, item.slot);
        if (sprite === item.sprite) return [item];
        if (sprite !== null) return [{ ...item, sprite }];
        waiting.add(item.slot);
        return [];
      }
      case 'strip': {
        const first = sprites.show(firstPiece(item.ticker), item.slot, hasPieces(item));
        if (first?.kind !== 'ticker') {
          waiting.add(item.slot);
          return [];
        }
        const shown = { ...item, ticker: first.ticker };
        for (const sprite of piecesSoon(shown)) sprites.prepare(sprite);
        return [shown];
      }
      case 'layer':
        return [{ ...item, items: item.items.flatMap(ready) }];
      case 'fill':
      case 'plate':
        return [item];
    }
  }

  /** Everything of it that is in the box is there. */
  function hasPieces(item: StripItem): boolean {
    const pieces = stripPieces(item, sprites.tickerWidth(item.ticker));
    return pieces.map(({ sprite }) => sprites.prepare(sprite)).every(Boolean);
  }

  /** Those that come into the box within its width of way. */
  function piecesSoon(item: StripItem): readonly TickerSpec[] {
    const pieces = stripPieces(item, sprites.tickerWidth(item.ticker), item.box.width);
    return pieces.map(({ sprite }) => sprite);
  }

  return { items: items.flatMap(ready), waiting };
}

/** Done when everything of `items` is there that can be made: for pictures that stand. One after the other, so that those on air come between. */
export async function completeItems(
  items: readonly DrawItem[],
  sprites: SpriteSet,
  hasPicture: (source: SourceId) => boolean,
): Promise<void> {
  for (const item of items) {
    switch (item.kind) {
      case 'picture':
        if (item.avatar !== null && !hasPicture(item.source)) await sprites.made(item.avatar);
        break;
      case 'sprite':
        await sprites.made(item.sprite);
        break;
      case 'strip':
        await sprites.made(firstPiece(item.ticker));
        for (const { sprite } of stripPieces(item, sprites.tickerWidth(item.ticker))) {
          await sprites.made(sprite);
        }
        break;
      case 'layer':
        await completeItems(item.items, sprites, hasPicture);
        break;
      case 'fill':
      case 'plate':
    }
  }
}
