import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearStaleLock } from './stale-lock.ts';

async function folderLockedBy(pid: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-lock-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'postmaster.pid'), `${pid}\n${folder}\n`);
  return folder;
}
const isLocked = (folder: string) => existsSync(join(folder, 'postmaster.pid'));

/** A process that names the folder as a server on it does, for as long as asked. */
function server(folder: string): { readonly pid: number; end(): void } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '-D', folder], {
    stdio: 'ignore',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid: child.pid ?? 0, end: () => child.kill('SIGKILL') };
}

test('a lock of a process that is gone is removed', async () => {
  // Above the kernel's largest process id.
  const folder = await folderLockedBy(2 ** 22 + 5);
  await clearStaleLock(folder);
  expect(isLocked(folder)).toBe(false);
});

test('a lock whose number another program has by now is removed', async () => {
  const folder = await folderLockedBy(process.pid);
  await clearStaleLock(folder);
  expect(isLocked(folder)).toBe(false);
});

test('a server that is ending is waited for', async () => {
  const folder = await folderLockedBy(1);
  const running = server(folder);
  await writeFile(join(folder, 'postmaster.pid'), `${running.pid}\n`);
  const cleared = clearStaleLock(folder);
  expect(isLocked(folder)).toBe(true);
  running.end();
  await cleared;
  expect(isLocked(folder)).toBe(false);
});

test('without a lock, or with one that says nothing, nothing happens', async () => {
  const folder = await folderLockedBy(1);
  await writeFile(join(folder, 'postmaster.pid'), '');
  await clearStaleLock(folder);
  expect(isLocked(folder)).toBe(true);
  await rm(join(folder, 'postmaster.pid'));
  await clearStaleLock(folder);
});
