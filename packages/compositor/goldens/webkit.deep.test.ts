import { afterAll, beforeAll, describe, test } from 'vitest';
import { goldenParts, readParts } from './committed.ts';
import { expectGolden } from './judge.ts';
import type { Part } from './kinds.ts';
import { type GoldenPainter, openWebkitPainter } from './open-page.ts';
import { scenes } from './scenes.ts';

let painter: GoldenPainter;

beforeAll(async () => {
  painter = await openWebkitPainter();
}, 60_000);

afterAll(async () => {
  await painter?.close();
});

/** Bytes become no such frames there, and no camera gives them. */
const NOT_MADE = /^frames-(odd|nv12-odd|margin|turned|mirrored)/;
const lettered = ({ what }: Part): boolean => what !== 'image' && what !== 'qr-code';

readParts();
/** Letters have edges of their own there. */
const withoutLetters = Object.entries(scenes).filter(
  ([name, { text }]) => !text && !NOT_MADE.test(name) && !goldenParts(name).some(lettered),
);

describe.each(['canvas', 'i420'] as const)('golden pictures in WebKit on %s', (kind) => {
  const here = withoutLetters.filter(([, { on }]) => on.includes(kind));
  // What a canvas scales itself has other edges, too.
  test.each(here)('%s', (name, scene) =>
    expectGolden(painter, name, { ...scene, text: kind === 'canvas' }, kind),
  );
});
