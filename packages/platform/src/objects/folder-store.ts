import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { CHECK_KEY, type ObjectStore, type StoredObject } from './object-store.ts';

const PARTIAL = '.partial';

/** Objects as files below `folder`; a file appears under its key only when it is complete and on disk. */
export function folderObjectStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const pathOf = (key: string): string => {
    const path = resolve(join(root, key));
    if (!path.startsWith(root + sep)) throw new Error(`Object key "${key}" leaves the store.`);
    return path;
  };
  const store: ObjectStore = {
    onThisMachine: true,
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path + PARTIAL, bytes, { flush: true });
      await rename(path + PARTIAL, path);
    },
    async putFile(key, path) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true });
      await sync(path);
      try {
        await rename(path, target);
      } catch (error) {
        if (codeOf(error) !== 'EXDEV') throw error;
        await copyFile(path, target + PARTIAL);
        await sync(target + PARTIAL);
        await rename(target + PARTIAL, target);
        await rm(path);
      }
    },
    read: (key, range) => createReadStream(pathOf(key), range ?? {}),
    async size(key) {
      const info = await orNull(stat(pathOf(key)));
      return info?.isFile() === true ? info.size : null;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: (prefix) => filesBelow(root, prefix),
    async check() {
      await store.put(CHECK_KEY, new Uint8Array());
      await store.remove(CHECK_KEY);
    },
  };
  return store;
}

async function* filesBelow(root: string, prefix: string): AsyncGenerator<StoredObject> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const entries = await orNull(readdir(join(root, folder), { withFileTypes: true }));
  // By key: a folder's name counts with its slash, as it does in S3.
  const named = (entries ?? []).map((entry) => ({
    entry,
    key: `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
  }));
  named.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { entry, key } of named) {
    if (!key.startsWith(prefix) || key.endsWith(PARTIAL)) continue;
    if (entry.isDirectory()) yield* filesBelow(root, key);
    else {
      const info = await orNull(stat(join(root, key)));
      if (info !== null) yield { key, size: info.size };
    }
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}

/** null when there is no such file or folder. */
async function orNull<T>(wanted: Promise<T>): Promise<T | null> {
  return wanted.catch((error: unknown) => {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
