import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readParts } from './committed.ts';
import { expectGolden, faultsAfter } from './judge.ts';
import { KINDS, possibleMistakes } from './kinds.ts';
import { type GoldenPainter, openGoldenPainter } from './open-page.ts';
import { product } from './product.ts';

let painter: GoldenPainter;

beforeAll(async () => {
  painter = await openGoldenPainter();
  readParts();
});

afterAll(async () => {
  await painter?.close();
});

/** What of the product the quick suite does not paint. */
const rest = product.flatMap(({ name, scene }) =>
  KINDS.filter((kind) => !scene.on.includes(kind)).map((kind) => ({ name, scene, kind })),
);
test.each(rest)('golden picture $name on $kind', ({ name, scene, kind }) =>
  expectGolden(painter, name, scene, kind),
);

describe.each(product)('the comparison notices in $name something', ({ name }) => {
  test.each(possibleMistakes(name))('%s', async (partMistake) => {
    const faults = await faultsAfter(painter, name, { kind: 'i420', text: true }, { partMistake });
    expect(faults).not.toEqual([]);
  });
});
