import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');

/** The tokens of the rule with this selector. */
function tokensOf(selector: string): Map<string, string> {
  const from = css.indexOf(`${selector} {`);
  const rule = css.slice(from, css.indexOf('}', from));
  return new Map(
    [...rule.matchAll(/--([a-z-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = tokensOf(':root');
const dark = tokensOf("[data-theme='dark']");

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((bright ?? 0) + 0.05) / ((dim ?? 0) + 0.05);
}

const fills = ['accent', 'accent-hover', 'live', 'live-hover'] as const;
const grounds = ['canvas', 'panel', 'raised', 'hover'] as const;
const inks = ['ink', 'muted', 'accent-ink', 'live-ink', 'ok', 'warn'] as const;
const softs = [
  ['accent-ink', 'accent-soft'],
  ['live-ink', 'live-soft'],
  ['warn', 'warn-soft'],
] as const;

test.each([
  ['light', light],
  ['dark', dark],
])('%s: every text can be read on everything it lies on, hovered over too', (_, tokens) => {
  const of = (name: string) => tokens.get(name) ?? '';
  const pairs = [
    ...fills.map((fill) => ['#ffffff', of(fill), fill] as const),
    ...inks.flatMap((ink) => grounds.map((ground) => [of(ink), of(ground), `${ink} on ${ground}`] as const)),
    ...softs.map(([ink, soft]) => [of(ink), of(soft), `${ink} on ${soft}`] as const),
  ];
  const weak = pairs.filter(([a, b]) => !(contrast(a, b) >= 4.5)).map(([, , name]) => name);
  expect(weak).toEqual([]);
});

test('a dark system gets the same dark', () => {
  expect(tokensOf("[data-theme='system']")).toEqual(dark);
});
