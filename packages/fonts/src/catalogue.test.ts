import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { brandFonts, fallbackFonts, fontById, type Script } from './catalogue.ts';
import { installedFont } from './font-files.ts';

const all = [...brandFonts, ...fallbackFonts];
const { resolve } = createRequire(import.meta.url);
const alphabets: Partial<Record<Script, string>> = {
  latin: 'latin',
  vietnamese: 'vietnamese',
  cyrillic: 'cyrillic',
  greek: 'greek',
  hebrew: 'hebrew',
  arabic: 'arabic',
};

it('has each font once, under an id that documents can hold', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ family }) => family)).size).toBe(all.length);
  for (const { id } of all) expect(id).toMatch(/^[a-z0-9-]{1,40}$/);
  expect(fontById('system')).toBeUndefined();
});

it.each(brandFonts)(
  'says of $family what its package says',
  async ({ id, family, weights, scripts, licence }) => {
    const path = resolve(`@fontsource-variable/${id}/metadata.json`);
    const metadata = JSON.parse(await readFile(path, 'utf8'));
    expect(metadata.family).toBe(family);
    expect(metadata.license.type).toBe(licence);
    expect([metadata.variable.wght.min, metadata.variable.wght.max].map(Number)).toEqual(weights);
    const subsets = Object.entries(alphabets).filter(([, subset]) => metadata.subsets.includes(subset));
    expect(subsets.map(([script]) => script).sort()).toEqual([...scripts].sort());
  },
);

it.each(fallbackFonts)('says of $family what its package says', async ({ id, family, licence }) => {
  const scope = id === 'noto-color-emoji' ? '@fontsource' : '@fontsource-variable';
  const metadata = JSON.parse(await readFile(resolve(`${scope}/${id}/metadata.json`), 'utf8'));
  expect([metadata.family, metadata.license.type]).toEqual([family, licence]);
});

it.each(all)('every file of $family is there', async ({ id }) => {
  const font = await installedFont(id);
  expect(font?.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(font?.files.length).toBeGreaterThan(1);
  for (const { path, contentType, unicodeRange } of font?.files ?? []) {
    const signature = (await readFile(path)).subarray(0, 4).toString('latin1');
    expect(signature).toBe(contentType === 'font/woff2' ? 'wOF2' : 'wOFF');
    expect(unicodeRange).toMatch(/^U\+[0-9a-f]/i);
  }
});

it('nothing else is a font', async () => {
  expect(await installedFont('../../package')).toBe(null);
  expect(await installedFont('system')).toBe(null);
});
