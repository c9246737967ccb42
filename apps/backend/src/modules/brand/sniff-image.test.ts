import sharp from 'sharp';
import { expect, it } from 'vitest';
import { sniffImage } from './sniff-image.ts';

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#123456' } });

it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('knows a %s by its content', async (format) => {
  expect(sniffImage(await picture().toFormat(format).toBuffer())).toBe(format);
});

it.each([
  ['<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['\uFEFF<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg>\n<SVG width="1">'],
])('knows an SVG, however it begins', (text) => {
  expect(sniffImage(Buffer.from(text))).toBe('svg');
});

it.each([
  ['nothing', ''],
  ['text', 'hello'],
  ['a web page', '<!doctype html><title>x</title>'],
  ['a GIF in name only', 'GIF90a not really'],
  ['another RIFF file', 'RIFF\0\0\0\0WAVEfmt '],
  ['a TIFF', 'II*\0\x08\0\0\0'],
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0heicmif1'],
  ['a first box cut short', '\0\0\0\x20ftypavif'],
])('takes %s for none', (_, text) => {
  expect(sniffImage(Buffer.from(text, 'latin1'))).toBe(null);
});
