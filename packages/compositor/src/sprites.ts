import type { AvatarSpec, NameTagSpec, SpriteSpec } from './draw-list.ts';

const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';
/** Letters of scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

type Context2D = OffscreenCanvasRenderingContext2D;

/** Sprites by their spec; a sprite not asked for since the last sweep is thrown away. */
export interface SpriteCache {
  get(spec: SpriteSpec): OffscreenCanvas;
  sweep(): void;
}

export function createSpriteCache(): SpriteCache {
  let current = new Map<string, OffscreenCanvas>();
  let previous = new Map<string, OffscreenCanvas>();
  return {
    get(spec) {
      const key = JSON.stringify(spec);
      const sprite = current.get(key) ?? previous.get(key) ?? rasterise(spec);
      current.set(key, sprite);
      return sprite;
    },
    sweep() {
      previous = current;
      current = new Map();
    },
  };
}

function rasterise(spec: SpriteSpec): OffscreenCanvas {
  switch (spec.kind) {
    case 'avatar':
      return rasteriseAvatar(spec);
    case 'name-tag':
      return rasteriseNameTag(spec);
  }
}

export function context2d(canvas: OffscreenCanvas, settings?: CanvasRenderingContext2DSettings): Context2D {
  const context = canvas.getContext('2d', settings);
  if (context === null) throw new Error('this browser gives no 2D canvas');
  return context;
}

function rasteriseAvatar({ initials, colour, size }: AvatarSpec): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, size), Math.max(1, size));
  const context = context2d(canvas);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(size / 2, size / 2, size / 2, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#ffffff';
  context.font = `600 ${Math.round(size * 0.4)}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const { actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } =
    context.measureText(initials);
  context.fillText(initials, size / 2, size / 2 + (ascent - descent) / 2);
  return canvas;
}

function rasteriseNameTag({ text, accent, height, maxWidth }: NameTagSpec): OffscreenCanvas {
  const font = `600 ${Math.round(height * 0.56)}px ${FONT}`;
  const bar = Math.max(2, Math.round(height * 0.13));
  const padding = Math.round(height * 0.42);
  const probe = context2d(new OffscreenCanvas(1, 1));
  probe.font = font;
  const width = (value: string): number => probe.measureText(value).width;
  const shown = shorten(text, maxWidth - bar - 2 * padding, width);
  const canvas = new OffscreenCanvas(Math.max(1, Math.ceil(width(shown)) + bar + 2 * padding), height);
  const context = context2d(canvas);
  const rightToLeft = RIGHT_TO_LEFT.test(text);
  context.beginPath();
  context.roundRect(0, 0, canvas.width, height, Math.round(height * 0.24));
  context.clip();
  context.fillStyle = 'rgb(10 13 20 / 0.84)';
  context.fillRect(0, 0, canvas.width, height);
  context.fillStyle = accent;
  context.fillRect(rightToLeft ? canvas.width - bar : 0, 0, bar, height);
  context.fillStyle = '#ffffff';
  context.font = font;
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textAlign = rightToLeft ? 'right' : 'left';
  context.textBaseline = 'alphabetic';
  const x = rightToLeft ? canvas.width - bar - padding : bar + padding;
  // 0.72 em is where Latin capitals end; the line looks centred for every script at one height.
  context.fillText(shown, x, height / 2 + height * 0.56 * 0.36);
  return canvas;
}

/**
 * `text`, or its longest beginning that fits `room` with an ellipsis. Cuts between graphemes, never inside. Where
 * not even the first word would be whole but fits without the ellipsis, it stands alone: "Grace", not "Grac…".
 */
export function shorten(text: string, room: number, width: (text: string) => number): string {
  if (width(text) <= room) return text;
  const graphemes = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let low = 0;
  let high = graphemes.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (width(ellipsis(graphemes, middle)) <= room) low = middle;
    else high = middle - 1;
  }
  const [firstWord = ''] = text.split(/\s/u);
  const cut = ellipsis(graphemes, low);
  return cut.startsWith(firstWord) || width(firstWord) > room ? cut : firstWord;
}

function ellipsis(graphemes: readonly string[], count: number): string {
  return `${graphemes.slice(0, count).join('').trimEnd()}…`;
}
