import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkAtStart, folderObjectStore, type ObjectStore, ObjectStoreError } from './index.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-objects-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a key never leads out of the folder', async () => {
  const store = folderObjectStore(join(await newFolder(), 'objects'));
  await expect(store.put('../outside', Buffer.from('x'))).rejects.toThrow(/leaves the store/);
});

test('what was not written to its end is no object', async () => {
  const folder = await newFolder();
  const store = folderObjectStore(folder);
  await mkdir(join(folder, 'takes'));
  await writeFile(join(folder, 'takes', 'a.flv.partial'), 'half');
  for await (const { key } of store.list('takes/')) expect.fail(key);
});

test('a store that says no stops the start, one that is away does not', async () => {
  const failing = (error: Error): ObjectStore => ({
    ...folderObjectStore('/nowhere'),
    check: () => Promise.reject(error),
  });
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  await checkAtStart(failing(new ObjectStoreError('it is away', true, null)), warn);
  expect(warnings).toEqual(['it is away']);
  const no = failing(new ObjectStoreError('wrong key', false, null));
  await expect(checkAtStart(no, warn)).rejects.toThrow('The object storage cannot be used: wrong key');
});
