import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { recordingIdSchema, type StreamId, takePrefix } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { folderObjectStore } from '@streamus/platform/objects';
import { newStudioDocument, type Programme } from '@streamus/studio';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { KEPT, PART_FILE, segmentName, spoolFolder, takeFolder } from '../recorder/take.ts';
import { storeStream } from '../testing/stored-stream.ts';
import { RecordingRepository } from './recording-repository.ts';
import { recoverTakes, sweepStore } from './recover-takes.ts';

const PROGRAMME: Programme = { width: 640, height: 360, fps: 15, videoBitrate: 800_000 };
const SEGMENT = segmentName({
  index: 0,
  time: 0,
  durationMs: 2_000,
  sets: '0'.repeat(8),
  sha256: '0'.repeat(64),
});

let database: OpenDatabase;
beforeAll(() => {
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(() => database.close());

const repositoryOf = (worker = randomUUID()) => new RecordingRepository(database.db, worker);

const newStream = async (): Promise<StreamId> =>
  (await storeStream(database.db, newStudioDocument(PROGRAMME), 'ended')).id;

/** A spool with these files of one take. */
async function spoolWith(id: string, streamId: StreamId, files: readonly string[], startedAt = new Date()) {
  const dataDir = await mkdtemp(join(tmpdir(), 'streamus-recover-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const facts = { streamId, recordingId: id, startedAt: startedAt.toISOString(), startedTime: 0 };
  for (const file of files) {
    const path = join(takeFolder(dataDir, id), 'part-00000001-1764000000000', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.endsWith(PART_FILE) ? JSON.stringify(facts) : 'segment');
  }
  const store = folderObjectStore(join(dataDir, 'objects'));
  const parts = { repository: repositoryOf(), store, dataDir, logger: createLogger('test', 'silent') };
  const recover = async () => {
    await recoverTakes([id], parts);
    await sweepStore(parts);
  };
  return { recover, spool: () => readdir(spoolFolder(dataDir)), store };
}

const recordingsOf = (streamId: StreamId) =>
  database.db.selectFrom('recordings').select(['id', 'status']).where('stream_id', '=', streamId).execute();

async function newRecording(streamId: StreamId, status: 'ready' | 'error'): Promise<string> {
  const id = await repositoryOf().recordingOf(streamId);
  await database.db.updateTable('recordings').set({ status }).where('id', '=', id).execute();
  return id;
}

test('a recording that was given up is tried again', async () => {
  const stream = await newStream();
  const id = await newRecording(stream, 'error');
  const { recover } = await spoolWith(id, stream, [PART_FILE, SEGMENT]);
  await recover();
  expect(await recordingsOf(stream)).toEqual([{ id, status: 'processing' }]);
});

test('a take whose row is lost gets it back, unless it may have been purged', async () => {
  for (const [hours, rows] of [
    [1, 1],
    [25, 0],
  ] as const) {
    const stream = await newStream();
    const id = randomUUID();
    const startedAt = new Date(Date.now() - hours * 3_600_000);
    const { recover, spool } = await spoolWith(id, stream, [join(KEPT, PART_FILE), SEGMENT], startedAt);
    await recover();
    expect(await recordingsOf(stream)).toHaveLength(rows);
    expect(await spool()).toEqual([id]);
  }
});

test('segments that came too late become a recording of their own; what is in the recording already goes', async () => {
  const stream = await newStream();
  const id = await newRecording(stream, 'ready');
  const late = await spoolWith(id, stream, [join(KEPT, PART_FILE), SEGMENT]);
  await late.recover();
  const [own = ''] = await late.spool();
  expect(own).not.toBe(id);
  expect(await recordingsOf(stream)).toEqual(
    expect.arrayContaining([
      { id, status: 'ready' },
      { id: own, status: 'processing' },
    ]),
  );
  const known = await spoolWith(id, stream, [join(KEPT, PART_FILE), join(KEPT, SEGMENT)]);
  await known.store.put(`${takePrefix(id)}part-00000001-1764000000000/${SEGMENT}`, Buffer.from('x'));
  await known.recover();
  expect(await known.spool()).toEqual([]);
  for await (const { key } of known.store.list('')) expect.fail(key);
});

test('one worker at a time finishes a recording; another may when it says nothing for long', async () => {
  const stream = await newStream();
  const id = recordingIdSchema.parse(await repositoryOf().recordingOf(stream));
  const [one, other] = [repositoryOf(), repositoryOf()];
  const sees = async (repository: RecordingRepository) =>
    (await repository.unfinished()).some((recording) => recording.id === id);
  expect(await one.claim(id)).toBe(true);
  expect([await other.claim(id), await sees(other), await sees(one)]).toEqual([false, false, true]);
  await database.db
    .updateTable('recordings')
    .set({ finisher_until: new Date(Date.now() - 1_000) })
    .where('id', '=', id)
    .execute();
  expect([await sees(other), await other.claim(id), await one.claim(id)]).toEqual([true, true, false]);
  await one.advance(id, 0.9);
  await other.advance(id, 0.5);
  const row = await database.db
    .selectFrom('recordings')
    .select('progress')
    .where('id', '=', id)
    .executeTakeFirst();
  expect(row?.progress).toBe(0.5);
  await other.release(id);
  expect(await one.claim(id)).toBe(true);
});
