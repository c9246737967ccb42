import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { recordingIdSchema, recordingPrefix, takePrefix } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { folderObjectStore, type ObjectStore } from '@streamus/platform/objects';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { PurgeDeleted } from '../src/modules/recordings/purge-deleted.ts';
import { RecordingsRepository } from '../src/modules/recordings/recordings-repository.ts';
import { type BackendUnderTest, startBackendUnderTest } from './backend-under-test.ts';

let backend: BackendUnderTest;
let database: OpenDatabase;
let objects: ObjectStore;

beforeAll(async () => {
  backend = await startBackendUnderTest();
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
  objects = folderObjectStore(join(backend.dataFolder, 'objects'));
});
afterAll(async () => {
  await database.close();
  await backend.close();
});

/** An account with a recording of which the file is still made, and two parts that are there. */
async function newRecording() {
  const account = await backend.account();
  const { id: userId } = await database.db
    .selectFrom('users')
    .select('id')
    .where('email', '=', account.email)
    .executeTakeFirstOrThrow();
  const id = recordingIdSchema.parse(randomUUID());
  const keys = [1, 2].map((part) => `${recordingPrefix(id)}part-${part}.mp4`);
  for (const key of keys) await objects.put(key, Buffer.from(`bytes of ${key}`));
  await objects.put(`${takePrefix(id)}part-00000001-1764000000000/part.json`, Buffer.from('{}'));
  await database.db
    .insertInto('recordings')
    .values({
      ...{ id, user_id: userId, title: 'Sunday', progress: 0.25 },
      parts: JSON.stringify(
        keys.map((key) => ({ key, duration: 61, fileSize: 1_000, resolution: '1280x720' })),
      ),
      chapters: JSON.stringify([{ kind: 'start', title: null, seconds: 0 }]),
    })
    .execute();
  return { ...account, id };
}

async function finish(id: string): Promise<void> {
  const key = `${recordingPrefix(id)}recording.mp4`;
  await objects.put(key, Buffer.from('0123456789'));
  await database.db
    .updateTable('recordings')
    .set({ status: 'ready', file_url: key, progress: null })
    .where('id', '=', recordingIdSchema.parse(id))
    .execute();
}

async function objectsOf(id: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of objects.list('')) if (key.includes(id)) found.push(key);
  return found;
}

it('a recording shows how far it is, its chapters and its parts, and where they are stored to nobody', async () => {
  const { caller, id } = await newRecording();
  const { body } = await caller.call('GET', '/recordings');
  expect(body.recordings).toEqual([
    expect.objectContaining({
      id,
      status: 'processing',
      progress: 0.25,
      chapters: [{ kind: 'start', title: null, seconds: 0 }],
      parts: [
        { duration: 61, fileSize: 1_000, resolution: '1280x720' },
        { duration: 61, fileSize: 1_000, resolution: '1280x720' },
      ],
    }),
  ]);
  expect(JSON.stringify(body)).not.toContain(recordingPrefix(id));
});

it('parts can be had before the whole, the whole in ranges', async () => {
  const { caller, id } = await newRecording();
  const get = (query: string, headers = {}) =>
    caller.call('GET', `/recordings/${id}/file${query}`, undefined, headers);
  expect((await get('')).body.error.code).toBe('recording_not_ready');
  expect((await get('?part=2&download=1')).body).toContain('part-2.mp4');
  expect((await get('?part=3')).status).toBe(404);
  expect((await get('?part=0')).status).toBe(400);
  await finish(id);
  const range = await get('', { range: 'bytes=2-4' });
  expect([range.status, String(range.body), range.headers.get('content-range')]).toEqual([
    206,
    '234',
    'bytes 2-4/10',
  ]);
  const stranger = (await backend.account()).caller;
  expect((await stranger.call('GET', `/recordings/${id}/file`)).status).toBe(404);
  expect((await stranger.call('GET', `/recordings/${id}/file?part=1`)).status).toBe(404);
});

it('deletion can be undone with every file; what is purged leaves nothing behind, and nothing of others goes', async () => {
  const [{ caller, id }, other] = [await newRecording(), await newRecording()];
  await finish(id);
  const purge = new PurgeDeleted(
    new RecordingsRepository(database.db),
    objects,
    createLogger('test', 'silent'),
  );
  expect((await caller.call('DELETE', `/recordings/${id}`)).status).toBe(204);
  expect((await caller.call('GET', `/recordings/${id}/file`)).status).toBe(404);
  await purge.purge(new Date(Date.now() - 60_000));
  expect((await caller.call('POST', `/recordings/${id}/restore`)).body.title).toBe('Sunday');
  expect((await caller.call('GET', `/recordings/${id}/file`)).status).toBe(200);
  await caller.call('DELETE', `/recordings/${id}`);
  await purge.purge(new Date(Date.now() + 60_000));
  expect(await objectsOf(id)).toEqual([]);
  expect((await caller.call('POST', `/recordings/${id}/restore`)).status).toBe(404);
  expect(await objectsOf(other.id)).toHaveLength(3);
});

it('a purge that fails half-way finds the rest at the next try', async () => {
  const { caller, id } = await newRecording();
  await caller.call('DELETE', `/recordings/${id}`);
  let failures = 1;
  const failing: ObjectStore = {
    ...objects,
    remove: (key) => (failures-- > 0 ? Promise.reject(new Error('away')) : objects.remove(key)),
  };
  const purge = new PurgeDeleted(
    new RecordingsRepository(database.db),
    failing,
    createLogger('test', 'silent'),
  );
  const soon = new Date(Date.now() + 60_000);
  await expect(purge.purge(soon)).rejects.toThrow('away');
  await purge.purge(soon);
  expect(await objectsOf(id)).toEqual([]);
});
