import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Journal, type ShowMemory } from './journal.ts';

const FORMAT = { width: 640, height: 360, fps: 30 };
const MEMORY = { zeroMs: 5_000, format: FORMAT, avcC: Uint8Array.of(1, 2, 3) };
const WALL = Date.now();

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-journal-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const journalAt = (monotonicMs: number, wallMs: number) =>
  new Journal(folder, 'stream', { monotonicMs: () => monotonicMs, wallMs: () => wallMs }, (error) => {
    throw error;
  });

async function write(journal: Journal, ...memories: readonly ShowMemory[]): Promise<void> {
  for (const memory of memories) journal.write(memory);
  await journal.settled();
}

const file = () => join(folder, 'journal', 'stream.json');

test('the next process reads what the last one wrote, for nobody else to see', async () => {
  const journal = journalAt(60_000, WALL);
  await write(journal, { ...MEMORY, avcC: null }, MEMORY);
  expect(await journalAt(65_000, WALL + 5_000).read()).toEqual({ ...MEMORY, avcC: Buffer.of(1, 2, 3) });
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'journal'))).toEqual(['stream.json']);
});

test('a wall clock that is set right does not move the show; a restart of the machine is bridged by it', async () => {
  await write(journalAt(60_000, WALL), MEMORY);
  expect((await journalAt(65_000, WALL + 35_000).read())?.zeroMs).toBe(5_000);
  // 10 minutes later, 20 s after the machine has started: the show began 655 s ago.
  expect((await journalAt(20_000, WALL + 600_000).read())?.zeroMs).toBe(20_000 - 655_000);
});

test.each([
  ['nothing', null],
  ['half a file', '{"zeroMs": 12'],
  ['another file', '{"zeroMs": "x"}'],
  [
    'a show of the future',
    JSON.stringify({ zeroMs: 90_000, clockOffsetMs: WALL, format: FORMAT, avcC: null }),
  ],
])('%s is no show to continue', async (_what, text) => {
  await write(journalAt(0, WALL), MEMORY);
  await rm(file());
  if (text !== null) await writeFile(file(), text);
  expect(await journalAt(60_000, WALL + 60_000).read()).toBeNull();
});

test('a show that is over, or that nobody continued for a week, is forgotten', async () => {
  const journal = journalAt(60_000, WALL);
  await write(journal, MEMORY);
  journal.remove();
  await journal.settled();
  expect(await journal.read()).toBeNull();
  await write(journal, MEMORY);
  const old = new Date(WALL - 8 * 24 * 3_600_000);
  await utimes(file(), old, old);
  await journal.read();
  expect(await readdir(join(folder, 'journal'))).toEqual([]);
});
