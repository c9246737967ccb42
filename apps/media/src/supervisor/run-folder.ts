import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A new folder of the worker's own for sockets and what its children read, mode 0700, in `where`. Those of its earlier
 * lives, which were killed before they could tidy up, go.
 */
export async function openRunFolder(worker: string, where: string): Promise<string> {
  // Paths of Unix sockets are limited to about 100 bytes.
  const prefix = `streamus-media-${worker.slice(0, 8)}-`;
  for (const name of await readdir(where)) {
    if (name.startsWith(prefix)) await rm(join(where, name), { recursive: true, force: true });
  }
  return mkdtemp(join(where, prefix));
}
