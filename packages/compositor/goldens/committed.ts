import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import { PNG } from 'pngjs';
import type { Part } from './kinds.ts';
import type { GoldenPainter } from './open-page.ts';
import { product, type Triple } from './product.ts';
import { scenes } from './scenes.ts';

const FOLDER = join(import.meta.dirname, 'pictures');
/** Which parts each golden picture has: what is missing in a painted one says nothing of itself. */
const PARTS = join(FOLDER, 'parts.json');
/** Pictures side by side: what a row repeats costs a sheet nearly nothing. */
const IN_A_ROW = 5;

const triples = new Map(product.map((triple) => [triple.name, triple]));
const partsOf = new Map<string, readonly Part[]>();
const pictures = new Map<string, PNG>();

/** Where a picture is kept: in a file of its own, or in a sheet. */
const pathOf = (name: string) => join(FOLDER, `${name}.png`);
const sheetPath = ({ sheet }: Triple) => join(FOLDER, 'sheets', `${sheet}.png`);
const sharersOf = ({ sheet }: Triple) => product.filter((triple) => triple.sheet === sheet);

export function readParts(): void {
  const committed: Record<string, readonly Part[]> = JSON.parse(readFileSync(PARTS, 'utf8'));
  for (const [name, parts] of Object.entries(committed)) partsOf.set(name, parts);
}

export const goldenParts = (name: string): readonly Part[] => partsOf.get(name) ?? [];

export function goldenPicture(name: string): PNG {
  const triple = triples.get(name);
  if (!pictures.has(name)) {
    if (triple === undefined) pictures.set(name, PNG.sync.read(readFileSync(pathOf(name))));
    else readSheet(triple);
  }
  const picture = pictures.get(name);
  if (picture === undefined) throw new Error(`no golden picture ${name}`);
  return picture;
}

function readSheet(any: Triple): void {
  const sheet = PNG.sync.read(readFileSync(sheetPath(any)));
  for (const triple of sharersOf(any)) {
    const { x, y, width, height } = boxIn(triple);
    const picture = new PNG({ width, height });
    PNG.bitblt(sheet, picture, x, y, width, height, 0, 0);
    pictures.set(triple.name, picture);
  }
}

function boxIn({ place, scene }: Triple) {
  const { width, height } = scene.composition.programme;
  return { x: (place % IN_A_ROW) * width, y: Math.floor(place / IN_A_ROW) * height, width, height };
}

/** Paints all of them anew, on the canvas before its colours become planes. */
export async function writeGoldens(painter: GoldenPainter): Promise<void> {
  for (const name of Object.keys(scenes)) {
    const { png, parts } = await painter.paint(name, 'canvas', { exact: true });
    pictures.set(name, png);
    partsOf.set(name, parts);
    if (!triples.has(name)) writeFileSync(pathOf(name), PNG.sync.write(png));
  }
  for (const triple of product) if (triple.place === 0) writeSheet(triple);
  writeFileSync(PARTS, `${JSON.stringify(Object.fromEntries(partsOf), null, 2)}\n`);
}

function writeSheet(any: Triple): void {
  const places = sharersOf(any).map((triple) => ({ picture: goldenPicture(triple.name), ...boxIn(triple) }));
  const sheet = new PNG({
    width: Math.max(...places.map(({ x, width }) => x + width)),
    height: Math.max(...places.map(({ y, height }) => y + height)),
  });
  for (const { picture, x, y, width, height } of places)
    PNG.bitblt(picture, sheet, 0, 0, width, height, x, y);
  // So that zlib finds what a row repeats (pngjs takes a filter and Z_RLE otherwise).
  const small = {
    colorType: 2,
    filterType: 0,
    deflateLevel: 9,
    deflateStrategy: constants.Z_DEFAULT_STRATEGY,
  } as const;
  writeFileSync(sheetPath(any), PNG.sync.write(sheet, small));
}
