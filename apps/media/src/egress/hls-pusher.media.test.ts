import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildAvcC,
  NO_PARAMETER_SETS,
  type ParameterSets,
  toAvcc,
  updateParameterSets,
  withParameterSets,
} from '@streamus/media-formats';
import { isRunning, processesBelow } from '@streamus/testkit/product/processes';
import { type Clip, makeClip } from '@streamus/testkit/publisher';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { complaints } from '../testing/decode.ts';
import { AAC_CONFIG } from './aac-encoder.ts';
import { hlsPushers } from './hls-pusher.ts';
import { type ShowItem, videoItem } from './show-item.ts';

const WINDOW = 16;
/** The clip has a keyframe a second. */
const SECONDS = 12;

let root: string;
let folder: string;
let clip: Clip;
let sets: ParameterSets;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'streamus-hls-'));
  folder = join(root, 'this-show');
  clip = await makeClip({ width: 320, height: 180, fps: 10, seconds: 2, kbps: 300 });
  sets = updateParameterSets(NO_PARAMETER_SETS, clip.pictures[0]?.nals ?? []);
});

afterAll(() => rm(root, { recursive: true, force: true }));

function items(from: number): ShowItem[] {
  return Array.from({ length: SECONDS * clip.fps }, (_, index) => {
    const picture = clip.pictures[index % clip.pictures.length];
    const unit = toAvcc(picture?.nals ?? []);
    const key = picture?.key === true;
    return videoItem(from + (index * 1000) / clip.fps, key ? withParameterSets(unit, sets) : unit, key);
  });
}

/** Writes twelve seconds as fast as it can; `end` tells how the process ends. */
async function write(from: number, end: 'finish' | 'kill'): Promise<void> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const pusher = hlsPushers(() => undefined, WINDOW)(
    { kind: 'hls', folder },
    { headers: { avcC: buildAvcC(sets), audio: AAC_CONFIG }, time: from },
    { live: () => undefined, ended: () => resolve() },
  );
  pusher.send(items(from), () => undefined);
  if (end === 'finish') return pusher.finish();
  await vi.waitFor(async () => expect((await playlist()).length).toBeGreaterThan(2), { timeout: 10_000 });
  pusher.kill();
  await ended;
}

const lines = async () => (await readFile(join(folder, 'index.m3u8'), 'utf8')).split('\n');
const playlist = async () =>
  (await lines().catch(() => []))
    .filter((line) => line.endsWith('.ts'))
    .map((line) => line.split('/').at(-1));

const numberOf = (name: string | undefined): number => Number(/segment-(\d+)/.exec(name ?? '')?.[1]);

test('a killed writer is continued: the list goes on with a discontinuity, and every segment listed plays', async () => {
  await write(0, 'kill');
  const before = await playlist();
  await writeFile(join(folder, 'segment-99.ts.tmp'), 'left behind');
  await write(60_000, 'finish');
  const after = await playlist();
  expect(after.map(numberOf)).toEqual(after.map((_, index) => numberOf(after[0]) + index));
  expect(before.filter((name) => after.includes(name)).length).toBeGreaterThan(0);
  const text = await lines();
  const joint = text.findIndex((line) => line.endsWith(before.at(-1) ?? 'none'));
  expect(text.slice(joint + 1, joint + 3)).toContain('#EXT-X-DISCONTINUITY');
  expect(text.filter((line) => line === '#EXT-X-ENDLIST')).toHaveLength(1);
  for (const name of after) expect([name, await complaints(join(folder, name ?? ''))]).toEqual([name, '']);
});

test('a writer whose process dies leaves the list open: viewers wait for what comes', async () => {
  const orphaned = join(root, 'orphaned');
  const script = join(import.meta.dirname, '../testing/write-hls.ts');
  const child = spawn(process.execPath, [script, orphaned], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const writers = processesBelow(child.pid ?? 0);
  expect(writers).toHaveLength(1);
  child.kill('SIGKILL');
  await vi.waitFor(() => expect(writers.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  const text = await readFile(join(orphaned, 'index.m3u8'), 'utf8');
  expect(text).toContain('segment-0.ts');
  expect(text).not.toContain('#EXT-X-ENDLIST');
  await rm(orphaned, { recursive: true });
});

test('only the window is kept, in names that the backend serves', async () => {
  await write(90_000, 'finish');
  expect(await playlist()).toHaveLength(WINDOW);
  const files = await readdir(folder);
  // The list itself, and two that slow viewers may still be reading.
  expect(files.length).toBeLessThanOrEqual(WINDOW + 1 + 2);
  for (const file of files) expect(file).toMatch(/^[a-z0-9_-]{1,64}\.(m3u8|ts)$/);
});

test('shows that ended long ago are removed when another one begins', async () => {
  for (const [name, hours] of [
    ['long-ago', 7],
    ['just-now', 1],
  ] as const) {
    await mkdir(join(root, name));
    const file = join(root, name, 'index.m3u8');
    await writeFile(file, '#EXTM3U');
    const at = new Date(Date.now() - hours * 3_600_000);
    await utimes(file, at, at);
  }
  await write(120_000, 'finish');
  await vi.waitFor(async () => expect(await readdir(root)).toEqual(['just-now', 'this-show']));
});
