import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { takePrefix } from '@streamus/contracts';
import { folderObjectStore, type ObjectStore, ObjectStoreError } from '@streamus/platform/objects';
import { expect, onTestFinished, test } from 'vitest';
import { KEPT, PARTIAL, segmentName } from './take.ts';
import { Uploader } from './uploader.ts';

const PART = 'part-00000001-1764000000000';
const nameIn = (index: number) =>
  segmentName({
    ...{ index, time: index * 2_000, durationMs: 2_000, sets: '0'.repeat(8), sha256: '0'.repeat(64) },
  });
const name = (index: number) => `${PART}/${nameIn(index)}`;

interface Scene {
  readonly uploader: Uploader;
  /** Keys in the order the store took them. */
  readonly taken: string[];
  readonly spool: string;
  readonly store: ObjectStore;
  /** `refused`: how often the store has failed by `error`. */
  readonly trouble: { error: Error | undefined; refused: number; free: number; now: number };
  add(take: string, file: string): Promise<void>;
}

async function scene(onThisMachine: boolean): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-uploader-'));
  const spool = join(folder, 'spool');
  const inner = folderObjectStore(join(folder, 'objects'));
  const taken: string[] = [];
  const trouble: Scene['trouble'] = { error: undefined, refused: 0, free: 100, now: 0 };
  const taking = async (key: string, work: () => Promise<void>) => {
    if (trouble.error !== undefined) {
      trouble.refused += 1;
      throw trouble.error;
    }
    await work();
    taken.push(key);
  };
  const store: ObjectStore = {
    ...inner,
    onThisMachine,
    put: (key, bytes) => taking(key, () => inner.put(key, bytes)),
    putFile: (key, path) => taking(key, () => inner.putFile(key, path)),
  };
  const uploader = new Uploader({
    ...{ store, spool, keepAboveBytes: 50, freeBytes: async () => trouble.free },
    ...{ now: () => trouble.now, random: () => 0, log: () => undefined },
  });
  uploader.start();
  onTestFinished(async () => {
    await uploader.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    ...{ uploader, taken, spool, store, trouble },
    async add(take, file) {
      const path = join(spool, take, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path + PARTIAL, `${take} ${file}`);
      await writeFile(path, `${take} ${file}`);
      await rm(path + PARTIAL);
    },
  };
}

/** The spool is looked at twice a second. */
const eventually = <T>(see: () => T) => expect.poll(see);

const key = (take: string, file: string) => takePrefix(take) + file;

test('a take goes up in order, facts first, and what is on the same disk is moved', async () => {
  const { taken, spool, add, uploader } = await scene(true);
  await uploader.pause('a');
  for (const file of [name(2), name(0), `${PART}/part.json`, name(1)]) await add('a', file);
  uploader.resume('a');
  await eventually(() => taken).toHaveLength(4);
  expect(taken).toEqual([`${PART}/part.json`, name(0), name(1), name(2)].map((file) => key('a', file)));
  expect(await readdir(join(spool, 'a', PART), { recursive: true })).toEqual([KEPT, join(KEPT, 'part.json')]);
});

test('half written files stay where they are', async () => {
  const { taken, spool, add } = await scene(true);
  await add('a', name(0));
  await writeFile(join(spool, 'a', name(1) + PARTIAL), 'half');
  await add('a', name(2));
  await eventually(() => taken).toEqual([key('a', name(0)), key('a', name(2))]);
});

test('a store that fails loses nothing: everything follows in order, and people hear of it meanwhile', async () => {
  const { taken, add, trouble, uploader } = await scene(false);
  trouble.error = new ObjectStoreError('away', true, null);
  for (let n = 0; n < 5; n += 1) await add('a', name(n));
  await eventually(() => uploader.state('a').waitingSeconds).toBe(10);
  // Its trouble begins with the first refusal, not before.
  await eventually(() => trouble.refused).toBeGreaterThan(0);
  expect(uploader.state('a').unreachable).toBe(false);
  trouble.now = 20_000;
  await eventually(() => uploader.state('a').unreachable).toBe(true);
  expect(uploader.state('b')).toEqual({ waitingSeconds: 0, unreachable: false });
  trouble.error = undefined;
  await eventually(() => taken).toHaveLength(5);
  expect(taken).toEqual([0, 1, 2, 3, 4].map((n) => key('a', name(n))));
  await eventually(() => uploader.state('a')).toEqual({ waitingSeconds: 0, unreachable: false });
});

test('copies of what is in a store elsewhere stay while there is room, and go when there is little', async () => {
  const { taken, spool, add, store, trouble } = await scene(false);
  await add('a', name(0));
  await eventually(() => taken).toHaveLength(1);
  expect(await readFile(join(spool, 'a', PART, KEPT, nameIn(0)), 'utf8')).toBe(`a ${name(0)}`);
  trouble.free = 49;
  await eventually(() => readdir(join(spool, 'a', PART))).toEqual([]);
  expect(await store.size(key('a', name(0)))).toBeGreaterThan(0);
});

test('a take that is finished is left alone, the others go on', async () => {
  const { taken, add, uploader } = await scene(true);
  await uploader.pause('a');
  await add('a', name(0));
  for (let take = 0; take < 5; take += 1) await add(`b${take}`, name(0));
  await eventually(() => taken.toSorted()).toEqual([0, 1, 2, 3, 4].map((take) => key(`b${take}`, name(0))));
  uploader.resume('a');
  await eventually(() => taken).toContain(key('a', name(0)));
});
