import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRunFolder } from './run-folder.ts';

const WORKER = '0f6cbe8e-8f5c-4d0f-9a53-3c9ad0d1a8f1';
const OTHER = '7d1c5a52-2f0f-4bb5-8c4a-4a2f3f0c2b6e';

test('a worker that was killed leaves nothing behind once it runs again; another’s folder stays', async () => {
  const where = await mkdtemp(join(tmpdir(), 'streamus-run-'));
  onTestFinished(() => rm(where, { recursive: true, force: true }));
  const killed = await openRunFolder(WORKER, where);
  await writeFile(join(killed, 'ca.pem'), 'certificates');
  const other = await openRunFolder(OTHER, where);
  const again = await openRunFolder(WORKER, where);
  expect((await readdir(where)).sort()).toEqual([basename(again), basename(other)].sort());
  expect(again).not.toBe(killed);
  expect((await stat(again)).mode & 0o777).toBe(0o700);
});
