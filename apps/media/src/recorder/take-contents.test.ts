import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takePrefix } from '@streamus/contracts';
import { folderObjectStore, type ObjectStore } from '@streamus/platform/objects';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KEPT, PART_FILE, PARTIAL, partName, segmentName } from './take.ts';
import { readContents, readHead, readSegment } from './take-contents.ts';

let folder: string;
let store: ObjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-contents-'));
  store = folderObjectStore(join(folder, 'objects'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const [FIRST, SECOND] = [partName(1, 1_000), partName(2, 500)];
const bytesOf = (index: number) => Buffer.from(`segment ${index}`);
const nameOf = (index: number) =>
  segmentName({
    ...{ index, time: index * 2_000, durationMs: 2_000, sets: '0'.repeat(8) },
    sha256: createHash('sha256').update(bytesOf(index)).digest('hex'),
  });

async function here(part: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, 'take', part, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
const stored = (part: string, name: string, bytes: Uint8Array) =>
  store.put(`${takePrefix('take')}${part}/${name}`, bytes);

async function contents(): Promise<{ texts: string[]; damaged: number; startedAt: (string | undefined)[] }> {
  const parts = await readContents(join(folder, 'take'), 'take', store);
  let damaged = 0;
  const texts: string[] = [];
  for (const segment of parts.flatMap(({ segments }) => segments)) {
    texts.push(
      String(
        await readSegment(segment, store, () => {
          damaged += 1;
        }),
      ),
    );
  }
  return { texts, damaged, startedAt: parts.map(({ facts }) => facts?.startedAt) };
}

const facts = (second: number) =>
  Buffer.from(
    JSON.stringify({
      ...{ streamId: 's', recordingId: 'take', startedTime: 0 },
      startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
    }),
  );

test('a take is what is here and what is in the store, each segment once and in order', async () => {
  await stored(FIRST, PART_FILE, facts(1));
  for (const index of [0, 1]) await stored(FIRST, nameOf(index), bytesOf(index));
  await here(FIRST, join(KEPT, nameOf(1)), bytesOf(1));
  await here(FIRST, nameOf(2), bytesOf(2));
  await here(FIRST, nameOf(3) + PARTIAL, bytesOf(3));
  await here(SECOND, nameOf(4), bytesOf(4));
  await here(SECOND, PART_FILE, facts(9));
  await here('lost+found', nameOf(5), bytesOf(5));
  expect(await contents()).toEqual({
    texts: [0, 1, 2, 4].map((index) => `segment ${index}`),
    damaged: 0,
    startedAt: ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:09.000Z'],
  });
});

test('what is damaged here is taken from the store; what is damaged everywhere is still read', async () => {
  await here(FIRST, join(KEPT, nameOf(0)), Buffer.from('segm'));
  await stored(FIRST, nameOf(0), bytesOf(0));
  await here(FIRST, nameOf(1), Buffer.from('half'));
  await here(FIRST, PART_FILE, Buffer.from('{'));
  expect(await contents()).toEqual({ texts: ['segment 0', 'half'], damaged: 1, startedAt: [undefined] });
});

test('a take of which nothing is left is empty', async () => {
  expect(await contents()).toEqual({ texts: [], damaged: 0, startedAt: [] });
});

test('the head of a segment is read from either place', async () => {
  await here(FIRST, nameOf(0), bytesOf(0));
  await stored(FIRST, nameOf(1), bytesOf(1));
  const [part] = await readContents(join(folder, 'take'), 'take', store);
  const heads = await Promise.all((part?.segments ?? []).map((segment) => readHead(segment, 4, store)));
  expect(heads.map((head) => Buffer.from(head).toString())).toEqual(['segm', 'segm']);
});
