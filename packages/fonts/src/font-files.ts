import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type FontFamily, fontById } from './catalogue.ts';

/** A file of a font on this machine. */
export interface FontFile {
  readonly name: string;
  readonly path: string;
  readonly contentType: 'font/woff2' | 'font/woff';
  /** As in `unicode-range` of a style sheet. */
  readonly unicodeRange: string;
}

/** A font as its package has it. */
export interface InstalledFont {
  /** Of its package: a file under one version never changes. */
  readonly version: string;
  readonly files: readonly FontFile[];
}

const { resolve } = createRequire(import.meta.url);

/** The files of a font that is served; null for any other id. */
export async function installedFont(id: string): Promise<InstalledFont | null> {
  const font = fontById(id);
  if (font === undefined) return null;
  // The WOFF2 files of the emoji's parts draw nothing in Chromium 156, their WOFF files do.
  const format = font.scripts.includes('emoji') ? 'woff' : 'woff2';
  const axis = hasOneWeight(font) ? String(font.weights[0]) : 'wght';
  const home = dirname(resolve(`${packageOf(font)}/package.json`));
  const { version } = await readJson(join(home, 'package.json'));
  const ranges = await readJson(join(home, 'unicode.json'));
  const files = Object.entries(ranges)
    .filter(([part]) => drawsPart(font, part))
    .map(([part, unicodeRange]): FontFile => {
      const name = `${id}-${part.replace(/[[\]]/g, '')}-${axis}-normal.${format}`;
      return { name, path: join(home, 'files', name), contentType: `font/${format}`, unicodeRange };
    });
  if (version === undefined) throw new Error(`The package of ${id} has no version.`);
  return { version, files };
}

function packageOf(font: FontFamily): string {
  return `${hasOneWeight(font) ? '@fontsource' : '@fontsource-variable'}/${font.id}`;
}

function hasOneWeight({ weights: [lightest, boldest] }: FontFamily): boolean {
  return lightest === boldest;
}

/** Fallbacks for scripts that are cut into numbered parts draw these only: other letters have their own fonts. */
function drawsPart({ scripts }: FontFamily, part: string): boolean {
  return part.startsWith('[') || scripts.includes('latin');
}

async function readJson(path: string): Promise<Record<string, string>> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof value !== 'object' || value === null) throw new Error(`${path} is no object.`);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}
