import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';

/** Files the product keeps: recordings, thumbnails, brand images. Keys look like `recordings/<id>.mp4`. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Takes a local file over; the file at `path` is gone afterwards. */
  putFile(key: string, path: string): Promise<void>;
  /** Bytes from `start` to `end`, both included; the whole object without a range. */
  read(key: string, range?: { readonly start: number; readonly end: number }): Readable;
  /** Size in bytes, or null when there is no such object. */
  size(key: string): Promise<number | null>;
  remove(key: string): Promise<void>;
}

/** Objects as files below `folder`; a file appears under its key only when it is complete and on disk. */
export function folderObjectStore(folder: string): ObjectStore {
  const root = resolve(folder);
  const pathOf = (key: string): string => {
    const path = resolve(join(root, key));
    if (!path.startsWith(root + sep)) throw new Error(`Object key "${key}" leaves the store.`);
    return path;
  };
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      const partial = `${path}.partial`;
      await writeFile(partial, bytes, { flush: true });
      await rename(partial, path);
    },
    async putFile(key, path) {
      const target = pathOf(key);
      await mkdir(dirname(target), { recursive: true });
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
      try {
        await rename(path, target);
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error) || error.code !== 'EXDEV') throw error;
        await copyFile(path, `${target}.partial`);
        await rename(`${target}.partial`, target);
        await rm(path);
      }
    },
    read: (key, range) => createReadStream(pathOf(key), range ?? {}),
    async size(key) {
      const info = await stat(pathOf(key)).catch(() => null);
      return info?.size ?? null;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}
