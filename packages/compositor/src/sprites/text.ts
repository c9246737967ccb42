import { isRightToLeft } from '../right-to-left.ts';
import { type Context2D, newCanvas } from './canvas.ts';

/** Where fonts come from. */
export interface Lettering {
  /** The `font-family` a text of the brand's font is drawn with now; the same words as long as it looks the same. */
  stack(font: string, text: string): string;
  /** Brings the files that these letters need; null: they are here. */
  want(font: string, text: string): Promise<void> | null;
}

/** A font as a canvas wants it. */
export interface TextStyle {
  readonly family: string;
  readonly weight: number;
  /** Pixels. */
  readonly size: number;
}

export const cssFont = ({ weight, size, family }: TextStyle): string => `${weight} ${size}px ${family}`;

/** Measures texts of one style. */
export function measure(style: TextStyle): (text: string) => number {
  const { context } = newCanvas(1, 1);
  context.font = cssFont(style);
  return (text) => context.measureText(text).width;
}

/** One line between `left` and `right`, at the side its script begins; `middle` is where a line of capitals is centred. */
export function drawLine(
  context: Context2D,
  text: string,
  style: TextStyle,
  place: {
    readonly left: number;
    readonly right: number;
    readonly middle: number;
    readonly centred?: boolean;
  },
): void {
  const rightToLeft = isRightToLeft(text);
  context.font = cssFont(style);
  context.direction = rightToLeft ? 'rtl' : 'ltr';
  context.textBaseline = 'alphabetic';
  context.textAlign = place.centred === true ? 'center' : rightToLeft ? 'right' : 'left';
  const side = rightToLeft ? place.right : place.left;
  const x = place.centred === true ? (place.left + place.right) / 2 : side;
  // 0.72 em is where Latin capitals end; the line looks centred for every script at one height.
  context.fillText(text, x, place.middle + style.size * 0.36);
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

/** `text` in at most `most` lines of about one length; what does not fit the last is cut. Breaks where the script allows. */
export function wrap(text: string, room: number, most: number, width: (text: string) => number): string[] {
  if (width(text) <= room) return [text];
  const words = Array.from(
    new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text),
    (w) => w.segment,
  );
  const needed = Math.min(most, Math.max(2, Math.ceil(width(text) / room)));
  const target = Math.min(room, Math.max(room * 0.5, (width(text) / needed) * 1.08));
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (lines.length < most - 1 && line.trim() !== '' && width((line + word).trimEnd()) > target) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  return [...lines, line.trim()].filter((l) => l !== '').map((l) => shorten(l, room, width));
}
