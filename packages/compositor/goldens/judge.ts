import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import decodeQR from 'qr/decode.js';
import { expect } from 'vitest';
import { goldenParts, goldenPicture } from './committed.ts';
import { type Difference, difference } from './compare.ts';
import type { GoldenKind, PaintOptions } from './kinds.ts';
import type { GoldenPainter } from './open-page.ts';
import type { Scene } from './scene.ts';

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

/** What of a difference is too much. */
function faultsOf({ share, levels, shift, part }: Difference, kind: GoldenKind, text: boolean): string[] {
  const limits = [
    ['share', share, text ? TEXT_SHARE_TOLERANCE : SHARE_TOLERANCE],
    ['levels', levels, LEVELS_TOLERANCE[kind]],
    ['shift', shift, SHIFT_TOLERANCE],
    ['share of a part', part.share, PART_SHARE_TOLERANCE],
    ['shift of a part', part.shift, PART_SHIFT_TOLERANCE],
  ] as const;
  return limits.flatMap(([what, is, most]) => (is > most ? [`${what}: ${is} > ${most}`] : []));
}

/** Paints a scene after a mistake; what the comparison says of it. */
export async function faultsAfter(
  painter: GoldenPainter,
  name: string,
  { kind, text }: { kind: GoldenKind; text: boolean },
  mistake: PaintOptions,
): Promise<string[]> {
  const { png } = await painter.paint(name, kind, mistake);
  return faultsOf(difference(goldenPicture(name), png, goldenParts(name)), kind, text);
}

/** A scene on a surface is its golden picture, and its code can be read. Leaves what differs to be looked at. */
export async function expectGolden(
  painter: GoldenPainter,
  name: string,
  scene: Scene,
  kind: GoldenKind,
): Promise<void> {
  const golden = goldenPicture(name);
  const { png } = await painter.paint(name, kind);
  expect({ width: png.width, height: png.height }).toEqual({ width: golden.width, height: golden.height });
  const by = difference(golden, png, goldenParts(name));
  const faults = faultsOf(by, kind, scene.text);
  if (faults.length > 0) {
    mkdirSync(FAILED, { recursive: true });
    writeFileSync(join(FAILED, `${name}.${kind}.png`), PNG.sync.write(png));
    writeFileSync(join(FAILED, `${name}.${kind}.difference.png`), PNG.sync.write(by.picture));
  }
  expect(faults).toEqual([]);
  const code = codeIn(scene);
  if (code !== null) expect(decodeQR(png, { timeLimit: PATIENCE_MS })).toBe(code);
}

/** The address in the code that a scene shows. */
function codeIn({ composition }: Scene): string | null {
  const code = composition.air.overlays.find((overlay) => overlay.kind === 'qr-code');
  return code?.url ?? null;
}
