import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startChild } from './child.ts';
import { restartPause } from './restart-pause.ts';

/** The pauses before the starts of a part that ran for these times. */
function pauses(...ranMs: readonly number[]): number[] {
  let pause = 0;
  return ranMs.map((ran) => {
    pause = restartPause(pause, ran);
    return pause;
  });
}

test('a part that ran well is started again at once, however often it is killed', () => {
  expect(pauses(5_000, 8_000, 20_000, 3_600_000, 5_000, 6_000)).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a part that dies at its start is tried again more and more seldom, at least every 10 s', () => {
  expect(pauses(100, 900, 4_999, 0, 0, 0, 0)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('one good run makes up for all crashes before', () => {
  expect(pauses(100, 100, 100, 5_000, 100)).toEqual([500, 1_000, 2_000, 0, 500]);
});

test('a program that ends at once is started again by itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamus-child-'));
  const logFile = join(folder, 'part.log');
  const child = startChild({
    name: 'the part',
    program: process.execPath,
    args: ['-e', 'console.log("started")'],
    cwd: folder,
    env: process.env,
    logFile,
    verbose: false,
    isNode: false,
  });
  try {
    await vi.waitFor(() => expect(readFileSync(logFile, 'utf8').match(/started/g)).toHaveLength(2), 10_000);
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true });
  }
});
