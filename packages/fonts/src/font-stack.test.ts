import { expect, it } from 'vitest';
import { fontStack, fontsFor, scriptsOf } from './font-stack.ts';

const ids = (font: string, text: string) => fontsFor(font, text).map(({ id }) => id);

it.each([
  ['Hello, world 2026', ['latin']],
  ['Tiếng Việt', ['latin', 'vietnamese']],
  ['Привет', ['cyrillic']],
  ['Γειά', ['greek']],
  ['שלום', ['hebrew']],
  ['مرحبا', ['arabic']],
  ['ようこそ東京', ['kana', 'han']],
  ['안녕하세요', ['hangul']],
  ['欢迎', ['han']],
  ['！', ['han']],
  ['Go 🚀', ['latin', 'emoji']],
  ['❤️ 3️⃣', ['emoji']],
  ['3 © ™', []],
  ['', []],
])('%s is written in %j', (text, scripts) => {
  expect(scriptsOf(text)).toEqual(scripts);
});

it.each([
  ['inter', 'Hello', ['inter']],
  ['inter', 'Hello Привет Γειά', ['inter']],
  ['oswald', 'Γειά', ['oswald', 'inter']],
  ['caveat', 'Tiếng Việt', ['caveat', 'inter']],
  ['rubik', 'שלום مرحبا', ['rubik']],
  ['inter', 'שלום مرحبا', ['inter', 'rubik', 'cairo']],
  ['inter', 'ようこそ東京', ['inter', 'noto-sans-jp']],
  ['inter', '안녕 漢字', ['inter', 'noto-sans-kr']],
  ['inter', 'ひらがな 안녕', ['inter', 'noto-sans-jp', 'noto-sans-kr']],
  ['inter', '欢迎来到我们的节目', ['inter', 'noto-sans-sc']],
  ['inter', '歡迎收看我們的節目', ['inter', 'noto-sans-tc']],
  ['inter', 'ㄅㄆㄇ', ['inter', 'noto-sans-tc']],
  ['cairo', 'Live 🔴', ['cairo', 'noto-color-emoji']],
])('%s with %s is drawn by %j', (font, text, drawn) => {
  expect(ids(font, text)).toEqual(drawn);
});

it('the machine’s own font draws what every machine can, and stands in for a font nobody knows', () => {
  expect(ids('system', 'Hello مرحبا')).toEqual([]);
  expect(ids('system', '欢迎 🚀')).toEqual(['noto-sans-sc', 'noto-color-emoji']);
  expect(fontStack('system', '🚀')).toBe('system-ui, "Noto Color Emoji", sans-serif');
  expect(fontStack('system', 'Hello')).toBe('system-ui, sans-serif');
  expect(fontStack('from-the-future', 'Hello')).toBe('system-ui, sans-serif');
  expect(fontStack('playfair-display', 'Hello 欢迎')).toBe('"Playfair Display", "Noto Sans SC", serif');
});
