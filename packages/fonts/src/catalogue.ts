/** Alphabets that decide which font draws a text. */
export type Script =
  | 'latin'
  | 'vietnamese'
  | 'cyrillic'
  | 'greek'
  | 'hebrew'
  | 'arabic'
  | 'kana'
  | 'hangul'
  | 'han'
  | 'emoji';

export interface FontFamily {
  /** Last part of its package's name, and its id in documents. */
  readonly id: string;
  /** Name in style sheets and for people. */
  readonly family: string;
  /** What stands in for it when it cannot be loaded. */
  readonly generic: 'sans-serif' | 'serif' | 'monospace' | 'cursive';
  /** Lightest and boldest; every weight between is there. */
  readonly weights: readonly [number, number];
  readonly scripts: readonly Script[];
  readonly licence: 'OFL-1.1';
}

const european = ['latin', 'vietnamese', 'cyrillic'] as const;
const font = (
  id: string,
  family: string,
  generic: FontFamily['generic'],
  weights: readonly [number, number],
  scripts: readonly Script[],
): FontFamily => ({ id, family, generic, weights, scripts, licence: 'OFL-1.1' });

/** Fonts a brand can choose, in the order they are offered. */
export const brandFonts: readonly FontFamily[] = [
  font('inter', 'Inter', 'sans-serif', [100, 900], [...european, 'greek']),
  font('open-sans', 'Open Sans', 'sans-serif', [300, 800], [...european, 'greek', 'hebrew']),
  font('montserrat', 'Montserrat', 'sans-serif', [100, 900], european),
  font('nunito', 'Nunito', 'sans-serif', [200, 1000], european),
  font('rubik', 'Rubik', 'sans-serif', [300, 900], ['latin', 'cyrillic', 'hebrew', 'arabic']),
  font('cairo', 'Cairo', 'sans-serif', [200, 1000], ['latin', 'arabic']),
  font('roboto-condensed', 'Roboto Condensed', 'sans-serif', [100, 900], [...european, 'greek']),
  font('oswald', 'Oswald', 'sans-serif', [200, 700], european),
  font('playfair-display', 'Playfair Display', 'serif', [400, 900], european),
  font('source-serif-4', 'Source Serif 4', 'serif', [200, 900], [...european, 'greek']),
  font('jetbrains-mono', 'JetBrains Mono', 'monospace', [100, 800], [...european, 'greek']),
  font('caveat', 'Caveat', 'cursive', [400, 700], ['latin', 'cyrillic']),
];

/** Fonts that draw what the chosen one lacks. Nobody chooses them. */
export const fallbackFonts: readonly FontFamily[] = [
  font('noto-sans-jp', 'Noto Sans JP', 'sans-serif', [100, 900], ['kana', 'han']),
  font('noto-sans-kr', 'Noto Sans KR', 'sans-serif', [100, 900], ['hangul', 'han']),
  font('noto-sans-sc', 'Noto Sans SC', 'sans-serif', [100, 900], ['han']),
  font('noto-sans-tc', 'Noto Sans TC', 'sans-serif', [100, 900], ['han']),
  font('noto-color-emoji', 'Noto Color Emoji', 'sans-serif', [400, 400], ['emoji']),
];

const byId = new Map([...brandFonts, ...fallbackFonts].map((one) => [one.id, one]));

/** Undefined for `system` and for what a newer version may have chosen. */
export function fontById(id: string): FontFamily | undefined {
  return byId.get(id);
}
