import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readParts, writeGoldens } from './committed.ts';
import { expectGolden, faultsAfter } from './judge.ts';
import { FRAME_MISTAKES, KINDS, possibleMistakes } from './kinds.ts';
import { type GoldenPainter, openGoldenPainter } from './open-page.ts';
import { product } from './product.ts';
import { scenes } from './scenes.ts';

const UPDATE = process.env.UPDATE_GOLDENS === '1';

let painter: GoldenPainter;

beforeAll(
  async () => {
    painter = await openGoldenPainter();
    if (UPDATE) await writeGoldens(painter);
    else readParts();
  },
  UPDATE ? 300_000 : 60_000,
);

afterAll(async () => {
  await painter?.close();
});

describe.each(KINDS)('golden pictures on %s', (kind) => {
  const here = Object.entries(scenes).filter(([, { on }]) => on.includes(kind));
  test.each(here)('%s', (name, scene) => expectGolden(painter, name, scene, kind));
});

describe.each(['grid-2', 'grid-10', 'picture-in-picture', 'frames-709'])(
  'the comparison notices in %s',
  (name) => {
    test.each(FRAME_MISTAKES)('%s', async (frameMistake) => {
      const faults = await faultsAfter(painter, name, { kind: 'i420', text: false }, { frameMistake });
      expect(faults).not.toEqual([]);
    });
  },
);

/** One of each overlay, and names. */
const withParts = [
  ...product.filter(({ layout, isPair }) => layout === 'solo' && isPair).map(({ name }) => name),
  'leader-10-names',
];

describe.each(withParts)('the comparison notices in %s something', (name) => {
  test.each(possibleMistakes(name))('%s', async (partMistake) => {
    const faults = await faultsAfter(painter, name, { kind: 'i420', text: true }, { partMistake });
    expect(faults).not.toEqual([]);
  });
});

test.each(Object.keys(scenes).filter((name) => name.startsWith('font-') && name !== 'font-inter'))(
  'the comparison notices in %s another font',
  async (name) => {
    const faults = await faultsAfter(painter, name, { kind: 'canvas', text: true }, { oneFont: true });
    expect(faults).not.toEqual([]);
  },
);
