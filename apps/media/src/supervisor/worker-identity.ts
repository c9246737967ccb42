import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const identitySchema = z.object({ id: z.uuid(), pid: z.int().positive(), startedAt: z.string().nullable() });
type Identity = z.infer<typeof identitySchema>;

/**
 * The id of the worker on this data folder. A worker that was killed gets its id, and with it its streams, back at once
 * when it is started again; while it still runs, another one on the same folder is a worker of its own. `fresh`: an id
 * nobody has.
 */
export async function claimIdentity(dataDir: string, pid: number, fresh: string): Promise<string> {
  const path = join(dataDir, 'media-worker.json');
  const before = await readIdentity(path);
  if (before !== null && before.pid !== pid && startOf(before.pid) !== null && isSame(before)) return fresh;
  const id = before?.id ?? fresh;
  const own: Identity = { id, pid, startedAt: startOf(pid) };
  await writeFile(path, JSON.stringify(own), { mode: 0o600, flush: true });
  return id;
}

async function readIdentity(path: string): Promise<Identity | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return identitySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Cut short by a full disk or a power loss: as good as none.
    return null;
  }
}

/** Process ids are used again; the time a process began tells two of them apart. */
function isSame({ pid, startedAt }: Identity): boolean {
  return startedAt === null || startOf(pid) === startedAt;
}

/** When a process began, in ticks since boot; null: it is gone. "alive" where the system does not tell. */
function startOf(pid: number): string | null {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another account's process is there all the same.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return 'alive';
  }
}
