import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
}

/** Files the product keeps: recordings, thumbnails, brand images. Keys look like `recordings/<id>/recording.mp4`. */
export interface ObjectStore {
  /** Objects are files of this machine: a second copy beside them keeps nothing safer. */
  readonly onThisMachine: boolean;
  /** Resolves when the store has confirmed that it holds exactly these bytes. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Takes a local file over; the file at `path` is gone afterwards. */
  putFile(key: string, path: string): Promise<void>;
  /** Bytes from `start` to `end`, both included; the whole object without a range. */
  read(key: string, range?: { readonly start: number; readonly end: number }): Readable;
  /** Size in bytes, or null when there is no such object. */
  size(key: string): Promise<number | null>;
  /** Nothing happens when there is no such object. */
  remove(key: string): Promise<void>;
  /** Objects whose keys begin with `prefix`, ordered by key. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Writes and removes a small object; rejects with what is wrong. */
  check(): Promise<void>;
}

/** The store did not do what was asked of it; asking again later may help. */
export class ObjectStoreError extends Error {
  /** It could not be reached, in contrast to having said no. */
  readonly unreachable: boolean;

  constructor(message: string, unreachable: boolean, cause: unknown) {
    super(message, { cause });
    this.name = 'ObjectStoreError';
    this.unreachable = unreachable;
  }
}

export const CHECK_KEY = 'write-check';

const REMOVED_AT_ONCE = 20;

/** Removes everything whose key begins with `prefix`. */
export async function removeAll(store: ObjectStore, prefix: string): Promise<void> {
  let keys: string[] = [];
  const removeKeys = () => Promise.all(keys.map((key) => store.remove(key)));
  for await (const { key } of store.list(prefix)) {
    keys.push(key);
    if (keys.length < REMOVED_AT_ONCE) continue;
    await removeKeys();
    keys = [];
  }
  await removeKeys();
}
