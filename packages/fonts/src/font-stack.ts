import { type FontFamily, fontById, type Script } from './catalogue.ts';

const tests: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  // Letters that Latin fonts without Vietnamese lack.
  ['vietnamese', /[\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hebrew', /\p{Script=Hebrew}/u],
  ['arabic', /\p{Script=Arabic}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['hangul', /\p{Script=Hangul}/u],
  // Their punctuation and full-width letters are in the same fonts.
  ['han', /[\p{Script=Han}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u],
  ['emoji', /\p{Emoji_Presentation}|\p{Emoji}\ufe0f|[#*0-9]\ufe0f?\u20e3/u],
];

/**
 * Bopomofo, and characters that Traditional Chinese uses and Simplified writes otherwise: the most frequent ones.
 * They share code points with Japanese, so kana decides first.
 */
const TRADITIONAL =
  /[\p{Script=Bopomofo}這個們來說國會時為學對發經過還裡後無與見長現問題業動車電話語錢銀門間頭體灣萬幾樣當實應該從誰請謝讓給點關開東歡頻聽觀臺網]/u;

/** Who draws a script that the chosen font lacks; Chinese characters depend on what is around them. */
const fallbacks: Readonly<Record<Exclude<Script, 'han'>, string>> = {
  latin: 'inter',
  vietnamese: 'inter',
  cyrillic: 'inter',
  greek: 'inter',
  hebrew: 'rubik',
  arabic: 'cairo',
  kana: 'noto-sans-jp',
  hangul: 'noto-sans-kr',
  emoji: 'noto-color-emoji',
};

/** The alphabets in a text. */
export function scriptsOf(text: string): Script[] {
  return tests.filter(([, test]) => test.test(text)).map(([script]) => script);
}

/** What the machine's own font draws as well as any; the rest some machines lack, and others draw otherwise. */
const native: readonly Script[] = ['latin', 'vietnamese', 'cyrillic', 'greek', 'hebrew', 'arabic'];

/** The served fonts that together draw `text`, the chosen one first. */
export function fontsFor(id: string, text: string): FontFamily[] {
  const scripts = scriptsOf(text);
  const chosen = fontById(id);
  const ids = new Set<string>();
  for (const script of scripts) {
    if ((chosen?.scripts ?? native).includes(script)) continue;
    ids.add(script === 'han' ? hanFont(scripts, text) : fallbacks[script]);
  }
  const drawn = chosen === undefined ? [] : [chosen];
  for (const other of ids) {
    const fallback = fontById(other);
    if (fallback !== undefined) drawn.push(fallback);
  }
  return drawn;
}

/** Value of `font-family` for `text`: served fonts, then what the machine has. Without a chosen font its own is first. */
export function fontStack(id: string, text: string): string {
  const served = fontsFor(id, text).map(({ family }) => `"${family}"`);
  const generic = fontById(id)?.generic;
  const stack = generic === undefined ? ['system-ui', ...served, 'sans-serif'] : [...served, generic];
  return stack.join(', ');
}

function hanFont(scripts: readonly Script[], text: string): string {
  if (scripts.includes('kana')) return 'noto-sans-jp';
  if (scripts.includes('hangul')) return 'noto-sans-kr';
  return TRADITIONAL.test(text) ? 'noto-sans-tc' : 'noto-sans-sc';
}
