import { rasteriseAvatar } from './avatar.ts';
import { rasteriseBanner } from './banner.ts';
import { rasteriseLowerThird } from './lower-third.ts';
import { rasteriseNameTag } from './name-tag.ts';
import { rasteriseQrCode } from './qr-code.ts';
import type { SpriteSpec } from './sprite-spec.ts';
import type { Lettering } from './text.ts';
import { rasteriseTicker } from './ticker.ts';
import { rasteriseTime } from './time.ts';

/** Sprites by their spec; a sprite not asked for since the last sweep is thrown away. */
export interface SpriteCache {
  get(spec: SpriteSpec): OffscreenCanvas;
  sweep(): void;
}

export function createSpriteCache(lettering: Lettering): SpriteCache {
  let current = new Map<string, OffscreenCanvas>();
  let previous = new Map<string, OffscreenCanvas>();
  return {
    get(spec) {
      const key = `${JSON.stringify(spec)}${familyOf(spec, lettering)}`;
      const known = current.get(key) ?? previous.get(key);
      const sprite = known ?? rasterise(spec, lettering);
      current.set(key, sprite);
      if (known === undefined) {
        const { font, text } = lettersOf(spec);
        lettering.want(font, text);
      }
      return sprite;
    },
    sweep() {
      previous = current;
      current = new Map();
    },
  };
}

/** The letters of a sprite and the font they want. */
function lettersOf(spec: SpriteSpec): { readonly font: string; readonly text: string } {
  switch (spec.kind) {
    case 'avatar':
      return { font: 'system', text: spec.initials };
    case 'name-tag':
    case 'banner':
    case 'ticker':
      return { font: spec.look.font, text: spec.text };
    case 'lower-third':
      return { font: spec.look.font, text: `${spec.title} ${spec.subtitle}` };
    case 'time':
      return { font: spec.look.font, text: `${spec.title} ${spec.time}` };
    case 'qr-code':
      return { font: spec.look.font, text: spec.caption };
  }
}

function familyOf(spec: SpriteSpec, lettering: Lettering): string {
  const letters = lettersOf(spec);
  return lettering.stack(letters.font, letters.text);
}

function rasterise(spec: SpriteSpec, lettering: Lettering): OffscreenCanvas {
  switch (spec.kind) {
    case 'avatar':
      return rasteriseAvatar(spec, lettering);
    case 'name-tag':
      return rasteriseNameTag(spec, lettering);
    case 'banner':
      return rasteriseBanner(spec, lettering);
    case 'ticker':
      return rasteriseTicker(spec, lettering);
    case 'lower-third':
      return rasteriseLowerThird(spec, lettering);
    case 'time':
      return rasteriseTime(spec, lettering);
    case 'qr-code':
      return rasteriseQrCode(spec, lettering);
  }
}
