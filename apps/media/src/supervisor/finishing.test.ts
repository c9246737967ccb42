import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingIdSchema, streamIdSchema, takePrefix } from '@streamus/contracts';
import { createLogger } from '@streamus/platform';
import { folderObjectStore, ObjectStoreError } from '@streamus/platform/objects';
import { expect, onTestFinished, test } from 'vitest';
import type { FinishedRecording } from '../recorder/finalise.ts';
import { takeFolder, workFolder } from '../recorder/take.ts';
import { Finishing } from './finishing.ts';

const ID = recordingIdSchema.parse('00000000-0000-4000-8000-000000000001');
const STREAM = streamIdSchema.parse('00000000-0000-4000-8000-000000000002');
const FINISHED: FinishedRecording = {
  ...{ fileKey: 'a.mp4', thumbnailKey: 'a.jpg' },
  ...{ size: 1, seconds: 1, resolution: '640x360', chapters: [] },
};

/** A recording that fails with these errors, one after the other, before it succeeds. */
async function scene(
  errors: Error[],
  options: { readonly here: boolean; readonly endless?: boolean } = { here: true },
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'streamus-finishing-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  if (options.here) await mkdir(takeFolder(dataDir, ID), { recursive: true });
  const store = folderObjectStore(join(dataDir, 'objects'));
  const status = { now: 'processing', endedMsAgo: 0, claimed: true };
  const uploads: string[] = [];
  let tries = 0;
  let now = 0;
  const set = (next: string) => async () => {
    status.now = next;
  };
  const finishing = new Finishing({
    repository: {
      unfinished: async () =>
        status.now === 'processing' ? [{ id: ID, streamId: STREAM, endedMsAgo: status.endedMsAgo }] : [],
      claim: async () => status.claimed,
      events: async () => [],
      partsReady: async () => undefined,
      advance: async () => undefined,
      finish: set('ready'),
      fail: set('error'),
      release: set('released'),
      statusOf: async (ids) =>
        new Map(
          ids
            .filter((id) => id === ID)
            .map((id) => [id, status.now === 'error' ? 'error' : ('processing' as const)]),
        ),
      reopen: set('processing'),
      adopt: async () => false,
    },
    uploader: {
      start: () => void uploads.push('start'),
      pause: async () => void uploads.push('pause'),
      resume: () => void uploads.push('resume'),
    },
    store,
    dataDir,
    logger: createLogger('test', 'silent'),
    now: () => now,
    finalise: async ({ signal }) => {
      tries += 1;
      if (options.endless === true)
        await new Promise((_, reject) => signal.addEventListener('abort', reject));
      const error = errors.shift();
      if (error !== undefined) throw error;
      return FINISHED;
    },
  });
  const round = async (afterMs: number): Promise<void> => {
    now += afterMs;
    finishing.start(() => false);
    await finishing.settled();
  };
  return { dataDir, status, round, store, uploads, finishing, tries: () => tries };
}

const WAITED_OUT = [
  Object.assign(new Error("ENOSPC: no space left on device, copyfile 'a' -> 'b'"), { code: 'ENOSPC' }),
  new Error('FFmpeg could not join the segments (1): a.mp4: No space left on device'),
  new ObjectStoreError('The storage failed: ECONNREFUSED', true, null),
];

test('a full disk and a storage that is away are waited out, however long, with growing pauses', async () => {
  const { status, round, tries } = await scene(
    Array.from({ length: 20 }, (_, n) => WAITED_OUT[n % 3] ?? new Error()),
  );
  await round(0);
  await round(1_000);
  expect(tries()).toBe(1);
  for (let n = 0; n < 20; n += 1) await round(60_000);
  expect(tries()).toBe(21);
  expect(status.now).toBe('ready');
});

test('a take that cannot be joined is given up after five tries', async () => {
  const { status, round } = await scene(Array.from({ length: 9 }, () => new Error('damaged')));
  for (let n = 0; n < 4; n += 1) await round(60_000);
  expect(status.now).toBe('processing');
  await round(60_000);
  expect(status.now).toBe('error');
});

test('what was given up is tried again at the next start, where the take is', async () => {
  const elsewhere = await scene([], { here: false });
  elsewhere.status.now = 'error';
  await elsewhere.round(0);
  expect(elsewhere.status.now).toBe('error');
  const here = await scene([]);
  here.status.now = 'error';
  await here.round(0);
  expect(here.status.now).toBe('ready');
});

test('who has nothing of a take leaves it to the others for a while; who does not get it, leaves it', async () => {
  const { status, round, tries } = await scene([], { here: false });
  await round(0);
  expect(tries()).toBe(0);
  status.endedMsAgo = 31_000;
  status.claimed = false;
  await round(0);
  expect(tries()).toBe(0);
  status.claimed = true;
  await round(0);
  expect(status.now).toBe('ready');
});

test('the take is left alone while it is finished, and taken out of the store afterwards', async () => {
  const { store, uploads, round } = await scene([]);
  await store.put(`${takePrefix(ID)}part-00000001-1764000000000/part.json`, Buffer.from('{}'));
  await store.put('recordings/other.mp4', Buffer.from('x'));
  await round(0);
  expect(uploads).toEqual(['start', 'pause', 'resume']);
  const left: string[] = [];
  for await (const { key } of store.list('')) left.push(key);
  expect(left).toEqual(['recordings/other.mp4']);
});

test('a worker that ends leaves the recording to the next, and begins no other', async () => {
  const { finishing, status, tries } = await scene([], { here: true, endless: true });
  finishing.start(() => false);
  await expect.poll(tries).toBe(1);
  await finishing.close();
  expect(status.now).toBe('released');
  finishing.start(() => false);
  await finishing.settled();
  expect(tries()).toBe(1);
});

test('a store that does not answer at the start keeps neither uploads nor recordings waiting', async () => {
  const { status, store, uploads, finishing } = await scene([]);
  const answers = Promise.withResolvers<void>();
  store.list = async function* () {
    await answers.promise;
    yield* [];
  };
  finishing.start(() => false);
  await expect.poll(() => status.now).toBe('ready');
  expect(uploads[0]).toBe('start');
  answers.resolve();
  await finishing.close();
});

test('at the start, what was encoded for recordings that are made no more goes; the rest waits to be gone on with', async () => {
  const { dataDir, round } = await scene([]);
  for (const id of [ID, STREAM]) await mkdir(join(workFolder(dataDir), id, 'pieces'), { recursive: true });
  await round(0);
  expect(await readdir(workFolder(dataDir))).toEqual([ID]);
});

test('one that is encoded keeps nobody waiting but those that must be encoded, too', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'streamus-finishing-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const ids = [1, 2, 3].map((n) => recordingIdSchema.parse(`00000000-0000-4000-8000-00000000001${n}`));
  const [first, second, copied] = ids;
  const done: string[] = [];
  const encoding: string[] = [];
  const gates = new Map(ids.map((id) => [id, Promise.withResolvers<void>()]));
  const finishing = new Finishing({
    repository: {
      unfinished: async () =>
        ids.filter((id) => !done.includes(id)).map((id) => ({ id, streamId: STREAM, endedMsAgo: 60_000 })),
      claim: async () => true,
      events: async () => [],
      partsReady: async () => undefined,
      advance: async () => undefined,
      finish: async (id) => void done.push(id),
      fail: async () => undefined,
      release: async () => undefined,
      statusOf: async () => new Map(),
      reopen: async () => undefined,
      adopt: async () => false,
    },
    uploader: { start: () => undefined, pause: async () => undefined, resume: () => undefined },
    store: folderObjectStore(join(dataDir, 'objects')),
    dataDir,
    logger: createLogger('test', 'silent'),
    finalise: async ({ recordingId, beforeEncoding }) => {
      if (recordingId === copied) return FINISHED;
      await beforeEncoding();
      encoding.push(recordingId);
      await gates.get(recordingId)?.promise;
      return FINISHED;
    },
  });
  finishing.start(() => false);
  await expect.poll(() => done).toEqual([copied]);
  expect(encoding).toEqual([first]);
  // Looking again begins nothing twice.
  finishing.start(() => false);
  for (const id of [first, second]) gates.get(id ?? ID)?.resolve();
  await finishing.settled();
  expect(encoding).toEqual([first, second]);
  expect(done).toEqual([copied, first, second]);
});
