import { createCopies } from '../copies.ts';
import { rasteriseAvatar } from './avatar.ts';
import { rasteriseBanner } from './banner.ts';
import { rasteriseLowerThird } from './lower-third.ts';
import { rasteriseNameTag } from './name-tag.ts';
import { rasteriseQrCode } from './qr-code.ts';
import type { SpriteSpec, TickerText } from './sprite-spec.ts';
import type { Lettering } from './text.ts';
import { rasteriseTicker, tickerWidth } from './ticker.ts';
import { rasteriseTime } from './time.ts';

/** Sprites by their spec; a sprite not asked for between two sweeps is thrown away. */
export interface SpriteCache {
  get(spec: SpriteSpec): OffscreenCanvas;
  /** Of the whole text, in pixels. */
  tickerWidth(ticker: TickerText): number;
  sweep(): void;
  /** Rasterised since the last sweep. */
  readonly newPixels: number;
}

export function createSpriteCache(lettering: Lettering): SpriteCache {
  const sprites = createCopies<string, OffscreenCanvas>(() => undefined);
  const widths = createCopies<string, number>(() => undefined);
  let newPixels = 0;

  function keyOf(thing: SpriteSpec | TickerText, letters: readonly Letters[]): string {
    return [JSON.stringify(thing), ...letters.map(({ font, text }) => lettering.stack(font, text))].join();
  }

  function widthOf(ticker: TickerText): number {
    return widths.get(keyOf(ticker, lettersOfTicker(ticker)), () => tickerWidth(ticker, lettering));
  }

  function rasterise(spec: SpriteSpec): OffscreenCanvas {
    switch (spec.kind) {
      case 'avatar':
        return rasteriseAvatar(spec, lettering);
      case 'name-tag':
        return rasteriseNameTag(spec, lettering);
      case 'banner':
        return rasteriseBanner(spec, lettering);
      case 'ticker':
        return rasteriseTicker(spec, lettering, widthOf(spec.ticker));
      case 'lower-third':
        return rasteriseLowerThird(spec, lettering);
      case 'time':
        return rasteriseTime(spec, lettering);
      case 'qr-code':
        return rasteriseQrCode(spec, lettering);
    }
  }

  return {
    get(spec) {
      const letters = lettersOf(spec);
      return sprites.get(keyOf(spec, letters), () => {
        const sprite = rasterise(spec);
        newPixels += sprite.width * sprite.height;
        for (const { font, text } of letters) lettering.want(font, text);
        return sprite;
      });
    },
    tickerWidth: widthOf,
    sweep() {
      sprites.sweep();
      widths.sweep();
      newPixels = 0;
    },
    get newPixels() {
      return newPixels;
    },
  };
}

/** The letters of a sprite and the font they want. */
interface Letters {
  readonly font: string;
  readonly text: string;
}

const lettersOfTicker = ({ look, text }: TickerText): readonly Letters[] => [{ font: look.font, text }];

/** Each text that is drawn by itself: a second line may want other fonts than the first. */
function lettersOf(spec: SpriteSpec): readonly Letters[] {
  switch (spec.kind) {
    case 'avatar':
      return [{ font: 'system', text: spec.initials }];
    case 'ticker':
      return lettersOfTicker(spec.ticker);
    case 'name-tag':
    case 'banner':
      return [{ font: spec.look.font, text: spec.text }];
    case 'lower-third':
      return [spec.title, spec.subtitle].map((text) => ({ font: spec.look.font, text }));
    case 'time':
      return [spec.title, spec.time].map((text) => ({ font: spec.look.font, text }));
    case 'qr-code':
      return [{ font: spec.look.font, text: spec.caption }];
  }
}
