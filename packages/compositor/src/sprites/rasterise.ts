import { rasteriseAvatar } from './avatar.ts';
import { rasteriseBanner } from './banner.ts';
import { rasteriseLowerThird } from './lower-third.ts';
import { rasteriseNameTag } from './name-tag.ts';
import { rasteriseQrCode } from './qr-code.ts';
import type { LetteredSpec } from './sprite-spec.ts';
import type { Lettering } from './text.ts';
import { rasteriseTicker, tickerWidth } from './ticker.ts';
import { rasteriseTime } from './time.ts';

/** A sprite as it was drawn. */
export interface Drawn {
  readonly canvas: OffscreenCanvas;
  /** As in `Sprite`. */
  readonly wholeWidth: number;
}

export function rasterise(spec: LetteredSpec, lettering: Lettering): Drawn {
  if (spec.kind === 'ticker') {
    const wholeWidth = tickerWidth(spec.ticker, lettering);
    return { canvas: rasteriseTicker(spec, lettering, wholeWidth), wholeWidth };
  }
  const canvas = canvasOf(spec, lettering);
  return { canvas, wholeWidth: canvas.width };
}

function canvasOf(spec: Exclude<LetteredSpec, { kind: 'ticker' }>, lettering: Lettering): OffscreenCanvas {
  switch (spec.kind) {
    case 'avatar':
      return rasteriseAvatar(spec, lettering);
    case 'name-tag':
      return rasteriseNameTag(spec, lettering);
    case 'banner':
      return rasteriseBanner(spec, lettering);
    case 'lower-third':
      return rasteriseLowerThird(spec, lettering);
    case 'time':
      return rasteriseTime(spec, lettering);
    case 'qr-code':
      return rasteriseQrCode(spec, lettering);
  }
}

/** The letters of a sprite and the font they want. */
interface Letters {
  readonly font: string;
  readonly text: string;
}

/** Each text that is drawn by itself: a second line may want other fonts than the first. */
export function lettersOf(spec: LetteredSpec): readonly Letters[] {
  switch (spec.kind) {
    case 'avatar':
      return [{ font: 'system', text: spec.initials }];
    case 'ticker':
      return [{ font: spec.ticker.look.font, text: spec.ticker.text }];
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
