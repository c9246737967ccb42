import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that was told to stop ends within this. */
const ENDS_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 100;

/**
 * Makes way for a server on this folder after a crash. PostgreSQL takes any process that has the number in its lock file
 * for a running server, also one that is dead and not yet reaped, or another program that has the number after a
 * restart of the machine. A server that is ending is waited for; one that stays is left alone.
 */
export async function clearStaleLock(dataFolder: string): Promise<void> {
  const lock = join(dataFolder, 'postmaster.pid');
  for (let waited = 0; waited < ENDS_WITHIN_MS; waited += LOOK_EVERY_MS) {
    const text = await readFile(lock, 'utf8').catch(() => null);
    if (text === null) return;
    const pid = Number(text.split('\n')[0]);
    if (!Number.isInteger(pid) || pid <= 0) return;
    switch (await serverState(pid, dataFolder)) {
      case 'gone':
        await rm(lock, { force: true });
        return;
      case 'unknown':
        return;
      case 'runs':
        await pause(LOOK_EVERY_MS);
    }
  }
}

/** Whether process `pid` is a server on this folder; unknown where the system does not tell. */
async function serverState(pid: number, dataFolder: string): Promise<'runs' | 'gone' | 'unknown'> {
  const self = await readFile('/proc/self/stat', 'utf8').catch(() => null);
  if (self === null) return 'unknown';
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  // A dead process that nobody has reaped has no command any more.
  if (command === null || command === '') return 'gone';
  return command.split('\0').includes(dataFolder) ? 'runs' : 'gone';
}
