import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimIdentity } from './worker-identity.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-identity-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A process that runs until the test ends. */
function another(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid ?? 0;
}

test('a worker that was killed has its id again', async () => {
  const folder = await dataFolder();
  const [first, second] = [randomUUID(), randomUUID()];
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  expect(await claimIdentity(folder, child.pid ?? 0, first)).toBe(first);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  expect(await claimIdentity(folder, process.pid, second)).toBe(first);
});

test('while it runs, another one on the same folder is a worker of its own', async () => {
  const folder = await dataFolder();
  const [first, second] = [randomUUID(), randomUUID()];
  await claimIdentity(folder, another(), first);
  expect(await claimIdentity(folder, process.pid, second)).toBe(second);
});

test('a process that only has the old one’s number is not taken for it', async () => {
  const folder = await dataFolder();
  const id = randomUUID();
  const file = join(folder, 'media-worker.json');
  await writeFile(file, JSON.stringify({ id, pid: another(), startedAt: '1' }));
  expect(await claimIdentity(folder, process.pid, randomUUID())).toBe(id);
});

test('a file that was cut short is as good as none', async () => {
  const folder = await dataFolder();
  await writeFile(join(folder, 'media-worker.json'), '{"id":');
  const fresh = randomUUID();
  expect(await claimIdentity(folder, process.pid, fresh)).toBe(fresh);
});
