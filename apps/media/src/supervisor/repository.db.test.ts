import { randomUUID } from 'node:crypto';
import {
  channels,
  idleOutputHealth,
  type OutputHealth,
  type OutputId,
  type StreamHappening,
  type StreamId,
} from '@streamus/contracts';
import { listen, type OpenDatabase, openDatabase } from '@streamus/db';
import { newStudioDocument } from '@streamus/studio';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { storeStream } from '../testing/stored-stream.ts';
import { LeaseRepository } from './lease-repository.ts';
import { programmeHealth } from './programme-health.ts';
import { MediaRepository } from './repository.ts';

let database: OpenDatabase;
beforeAll(() => {
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(() => database.close());

const LIVE: OutputHealth = { ...idleOutputHealth, state: 'live', bitrate: 600_000 };
const PROGRAMME = programmeHealth(undefined, undefined, undefined, undefined);

/** A live stream that a worker carries, with one output that is wanted and live, and one that is not wanted any more. */
async function carried(): Promise<{
  readonly repository: MediaRepository;
  readonly stream: { readonly id: StreamId; readonly fence: number };
  readonly wanted: OutputId;
  readonly unwanted: OutputId;
}> {
  const { db } = database;
  const worker = randomUUID();
  const { id } = await storeStream(db, newStudioDocument(), 'live');
  const [lease] = await new LeaseRepository(db, worker).take([id]);
  if (lease === undefined) throw new Error('no lease');
  const output = async (name: string, isWanted: boolean): Promise<OutputId> => {
    const row = await db
      .insertInto('stream_destinations')
      .values({
        ...{ stream_id: id, platform: 'custom', name, wanted: isWanted, status: 'connected' },
        metadata: JSON.stringify(LIVE),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  };
  return {
    repository: new MediaRepository(db, worker),
    stream: lease,
    wanted: await output('Wanted', true),
    unwanted: await output('Dropped', false),
  };
}

const outputsOf = async (stream: StreamId) => {
  const rows = await database.db
    .selectFrom('stream_destinations')
    .select(['name', 'status', 'metadata'])
    .where('stream_id', '=', stream)
    .orderBy('name', 'desc')
    .execute();
  return rows.map(({ name, status, metadata }) => [name, status, 'state' in metadata && metadata.state]);
};
const eventsOf = (stream: StreamId) =>
  database.db
    .selectFrom('stream_events')
    .select(['at', 'event'])
    .where('stream_id', '=', stream)
    .orderBy('id')
    .execute();
const programmeOf = (stream: StreamId) =>
  database.db.selectFrom('stream_health').select('health').where('stream_id', '=', stream).executeTakeFirst();

test('health is written in one go: the programme, what is wanted, what is not any more, and what happened in its order', async () => {
  const { repository, stream, wanted } = await carried();
  const told: string[] = [];
  const listening = Promise.withResolvers<void>();
  const listener = listen(
    inject('databaseUrl'),
    [channels.streamHealth],
    (_, payload) => told.push(payload),
    () => listening.resolve(),
  );
  onTestFinished(() => listener.close());
  await listening.promise;
  const happenings: StreamHappening[] = [
    { type: 'show-began' },
    { type: 'programme-live' },
    { type: 'slate-shown' },
  ];
  const happened = happenings.map((event, second) => ({
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)),
    event,
  }));

  expect(await repository.saveHealth(stream, PROGRAMME, new Map([[wanted, LIVE]]), happened)).toBe(true);
  expect((await programmeOf(stream.id))?.health).toEqual(PROGRAMME);
  expect(await outputsOf(stream.id)).toEqual([
    ['Wanted', 'connected', 'live'],
    ['Dropped', 'disconnected', 'stopped'],
  ]);
  expect(await eventsOf(stream.id)).toEqual(happened);
  await expect.poll(() => told).toContain(stream.id);

  const failed: OutputHealth = { ...LIVE, state: 'failed' };
  const slate = { ...PROGRAMME, state: 'slate' as const };
  expect(await repository.saveHealth(stream, slate, new Map([[wanted, failed]]), [])).toBe(true);
  expect((await programmeOf(stream.id))?.health).toEqual(slate);
  expect((await outputsOf(stream.id))[0]).toEqual(['Wanted', 'error', 'failed']);
  expect(await eventsOf(stream.id)).toHaveLength(3);
});

test('an output that is dropped while its health is on the way is not marked as connected again', async () => {
  const { repository, stream, unwanted } = await carried();
  await repository.saveHealth(stream, PROGRAMME, new Map([[unwanted, LIVE]]), []);
  expect((await outputsOf(stream.id))[1]).toEqual(['Dropped', 'disconnected', 'stopped']);
});

test('a worker that has lost the stream writes nothing', async () => {
  const { repository, stream, wanted } = await carried();
  const happened = [{ at: new Date(), event: { type: 'slate-shown' } as const }];
  const late = { id: stream.id, fence: stream.fence - 1 };
  const health = new Map([[wanted, { ...LIVE, state: 'failed' as const }]]);
  expect(await repository.saveHealth(late, PROGRAMME, health, happened)).toBe(false);
  const other = new MediaRepository(database.db, randomUUID());
  expect(await other.saveHealth(stream, PROGRAMME, health, happened)).toBe(false);
  expect(await programmeOf(stream.id)).toBeUndefined();
  expect(await eventsOf(stream.id)).toEqual([]);
  expect(await outputsOf(stream.id)).toEqual([
    ['Wanted', 'connected', 'live'],
    ['Dropped', 'connected', 'live'],
  ]);
});

test('whatever a show that is over sent to is disconnected, and its end is written down', async () => {
  const { repository, stream } = await carried();
  await repository.closeOutputs(stream.id);
  expect(await outputsOf(stream.id)).toEqual([
    ['Wanted', 'disconnected', 'stopped'],
    ['Dropped', 'disconnected', 'stopped'],
  ]);
  expect((await eventsOf(stream.id)).map(({ event }) => event)).toEqual([{ type: 'show-ended' }]);
});
