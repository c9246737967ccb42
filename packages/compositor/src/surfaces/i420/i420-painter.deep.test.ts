import { test } from 'vitest';
import { fuzzPainting } from './testing/fuzz-painting.ts';

test('any draw list on programmes of any shape writes inside its buffers and gives everything back', async () => {
  await fuzzPainting(10_000, { width: 64, height: 36 });
  await fuzzPainting(3_000, { width: 90, height: 160 });
  await fuzzPainting(1_000, { width: 258, height: 146 });
});
