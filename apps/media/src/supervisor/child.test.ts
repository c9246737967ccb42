import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { SupervisedChild } from './child.ts';

/** Much lives for a while, as WebRTC sessions do, for ever new ones come; then it tells how large its young generation became. */
const PROGRAM = `
import { getHeapSpaceStatistics } from 'node:v8';
const alive = [];
for (let round = 0; round < 300; round += 1) {
  alive.push(Array.from({ length: 10_000 }, (_, index) => ({ round, index })));
  if (alive.length > 20) alive.shift();
}
const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
process.send({ megabytes: young.space_size / 1024 ** 2 });
`;
/** Both halves of what the supervisor permits, and slack. */
const MOST_MB = 12;

test('a child’s memory does not grow with what passed through it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-child-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'program.mjs');
  await writeFile(file, PROGRAM);
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = new SupervisedChild(pathToFileURL(file), z.object({ megabytes: z.number() }), {
    started: () => undefined,
    message: ({ megabytes }) => resolve(megabytes),
    died: () => undefined,
  });
  onTestFinished(() => child.end(undefined, 0));
  expect(await promise).toBeLessThanOrEqual(MOST_MB);
});
