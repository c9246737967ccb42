import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Difference, difference } from './compare.ts';
import {
  FRAME_MISTAKES,
  type GoldenKind,
  KINDS,
  PART_MISTAKES,
  type PaintOptions,
  type Part,
} from './kinds.ts';
import { type GoldenPainter, openGoldenPainter } from './open-page.ts';
import type { Scene } from './scene.ts';
import { scenes } from './scenes.ts';

const FOLDER = join(import.meta.dirname, 'pictures');
/** Which parts each golden picture has: what is missing in a painted one says nothing of itself. */
const PARTS = join(FOLDER, 'parts.json');
/** Where pictures that differ are left to be looked at. */
const FAILED = join(import.meta.dirname, 'failed');
/** Share of pixels that may differ: antialiasing only. A tile moved by two pixels differs in more. */
const SHARE_TOLERANCE = 0.002;
/** Where there are letters: 4:2:0 colours their edges a little otherwise. */
const TEXT_SHARE_TOLERANCE = 0.006;
/**
 * Levels of R, G or B. Half a level of limited chroma is 1.1 of blue (BT.709), rounded in a frame and again by a surface.
 * A canvas or graphics card leaves the conversion of frames to Chromium, which gives BT.709's blue a factor of 2.0 instead of 2.11.
 */
const LEVELS_TOLERANCE: Readonly<Record<GoldenKind, number>> = { canvas: 6, i420: 3, webgl2: 6 };
/** Pixels; scaling rounds places to 1/128, corners and lines are antialiased a little differently. */
const SHIFT_TOLERANCE = 0.1;
/** Share of the pixels around any letter of a name or overlay. A wrong letter is half of them. */
const PART_SHARE_TOLERANCE = 0.15;
const PART_SHIFT_TOLERANCE = 0.1;
/** For a code that is hard to read, however busy the machine is. */
const PATIENCE_MS = 5000;
const UPDATE = process.env.UPDATE_GOLDENS === '1';

let painter: GoldenPainter;
const golden = new Map<string, PNG>();
const partsOf = new Map<string, readonly Part[]>();

beforeAll(
  async () => {
    painter = await openGoldenPainter();
    if (UPDATE) await update();
    else for (const [name, parts] of Object.entries(committedParts())) partsOf.set(name, parts);
  },
  UPDATE ? 300_000 : 60_000,
);

afterAll(async () => {
  await painter?.close();
});

function committedParts(): Record<string, readonly Part[]> {
  return JSON.parse(readFileSync(PARTS, 'utf8'));
}

async function update(): Promise<void> {
  for (const name of Object.keys(scenes)) {
    const { png, parts } = await painter.paint(name, 'canvas', { exact: true });
    writeFileSync(join(FOLDER, `${name}.png`), PNG.sync.write(png));
    partsOf.set(name, parts);
  }
  writeFileSync(PARTS, `${JSON.stringify(Object.fromEntries(partsOf), null, 2)}\n`);
}

function goldenOf(name: string): PNG {
  const known = golden.get(name) ?? PNG.sync.read(readFileSync(join(FOLDER, `${name}.png`)));
  golden.set(name, known);
  return known;
}

async function painted(name: string, kind: GoldenKind, options: PaintOptions = {}) {
  const { png } = await painter.paint(name, kind, options);
  return { png, difference: difference(goldenOf(name), png, partsOf.get(name) ?? []) };
}

/** What of a difference is too much. */
function faults({ share, levels, shift, part }: Difference, kind: GoldenKind, text: boolean): string[] {
  const limits = [
    ['share', share, text ? TEXT_SHARE_TOLERANCE : SHARE_TOLERANCE],
    ['levels', levels, LEVELS_TOLERANCE[kind]],
    ['shift', shift, SHIFT_TOLERANCE],
    ['share of a part', part.share, PART_SHARE_TOLERANCE],
    ['shift of a part', part.shift, PART_SHIFT_TOLERANCE],
  ] as const;
  return limits.flatMap(([what, is, most]) => (is > most ? [`${what}: ${is} > ${most}`] : []));
}

/** The address in the code that a scene shows. */
function codeIn({ composition }: Scene): string | null {
  const code = composition.air.overlays.find((overlay) => overlay.kind === 'qr-code');
  return code?.url ?? null;
}

describe.each(KINDS)('golden pictures on %s', (kind) => {
  const here = Object.entries(scenes).filter(([, { on }]) => on.includes(kind));
  test.each(here)('%s', async (name, scene) => {
    const { width, height } = goldenOf(name);
    const { png, difference: by } = await painted(name, kind);
    expect({ width: png.width, height: png.height }).toEqual({ width, height });
    const wrong = faults(by, kind, scene.text);
    if (wrong.length > 0) {
      mkdirSync(FAILED, { recursive: true });
      writeFileSync(join(FAILED, `${name}.${kind}.png`), PNG.sync.write(png));
      writeFileSync(join(FAILED, `${name}.${kind}.difference.png`), PNG.sync.write(by.picture));
    }
    expect(wrong).toEqual([]);
    const code = codeIn(scene);
    if (code !== null) expect(decodeQR(png, { timeLimit: PATIENCE_MS })).toBe(code);
  });
});

describe.each(['grid-2', 'grid-10', 'picture-in-picture', 'frames-709'])(
  'the comparison notices in %s',
  (name) => {
    test.each(FRAME_MISTAKES)('%s', async (frameMistake) => {
      const { difference: by } = await painted(name, 'i420', { frameMistake });
      expect(faults(by, 'i420', false)).not.toEqual([]);
    });
  },
);

/** One of each overlay, and names. */
const withParts = Object.keys(scenes).filter(
  (name) => /^solo-.+-(wide|upright|square)$/.test(name) || name === 'leader-10-names',
);

describe.each(withParts)('the comparison notices in %s something', (name) => {
  const possible = PART_MISTAKES.filter((mistake) => mistake !== 'one wrong letter' || !/image/.test(name));
  test.each(possible)('%s', async (partMistake) => {
    const { difference: by } = await painted(name, 'i420', { partMistake });
    expect(faults(by, 'i420', true)).not.toEqual([]);
  });
});

test.each(Object.keys(scenes).filter((name) => name.startsWith('font-') && name !== 'font-inter'))(
  'the comparison notices in %s another font',
  async (name) => {
    const { difference: by } = await painted(name, 'canvas', { oneFont: true });
    expect(faults(by, 'canvas', true)).not.toEqual([]);
  },
);
