import { randomUUID } from 'node:crypto';
import { recordingIdSchema, streamIdSchema } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { DEFAULT_BRAND } from '@streamus/studio';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BackendUnderTest, type Caller, enter, startBackendUnderTest } from './backend-under-test.ts';
import { comeAs } from './brand-support.ts';

let backend: BackendUnderTest;
let database: OpenDatabase;
beforeAll(async () => {
  backend = await startBackendUnderTest({ ALLOW_PRIVATE_TARGETS: '1' });
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(async () => {
  await database.close();
  await backend.close();
});

describe('a studio among others', () => {
  it('is one of several: of another shape, renamed by its host alone, with the host’s brand kits', async () => {
    const { caller, studioId } = await backend.account();
    const made = await caller.call('POST', '/studios', { name: '  Upright ', aspect: '9:16' });
    expect(made.body).toMatchObject({ name: 'Upright', aspect: '9:16', liveStreamId: null });
    const second: string = made.body.id;
    const { welcome } = await enter(caller, second);
    expect(welcome.document?.programme).toMatchObject({ width: 1080, height: 1920 });
    const renamed = await caller.call('PATCH', `/studios/${second}`, { name: 'Phones' });
    expect(renamed.body).toMatchObject({ id: second, name: 'Phones', aspect: '9:16' });
    const listed = await caller.call('GET', '/studios');
    expect(listed.body.studios.map(({ id, aspect }: { id: string; aspect: string }) => [id, aspect])).toEqual(
      [
        [studioId, '16:9'],
        [second, '9:16'],
      ],
    );
    const { kit: _, ...brand } = DEFAULT_BRAND;
    const kit = { name: 'Club', content: { brand, overlays: [], layouts: [] } };
    expect((await caller.call('POST', `/studios/${studioId}/brand-kits`, kit)).status).toBe(200);
    const kits = await caller.call('GET', `/studios/${second}/brand-kits`);
    expect(kits.body.kits).toMatchObject([{ name: 'Club' }]);

    const coHost = await comeAs(backend, caller, second, 'co-host');
    const refused = await coHost.call('PATCH', `/studios/${second}`, { name: 'Mine' });
    expect(refused.body.error.code).toBe('not_allowed');
    const stranger = (await backend.account()).caller;
    expect((await stranger.call('PATCH', `/studios/${second}`, { name: 'Mine' })).status).toBe(404);
    const nameless = await caller.call('PATCH', `/studios/${second}`, { name: ' ' });
    expect(nameless.body.error.code).toBe('invalid_input');
  });

  it('offers its host the layouts of their other studios, and nobody else’s', async () => {
    const { caller, studioId } = await backend.account();
    const made = await caller.call('POST', '/studios', { name: 'Phones', aspect: '9:16' });
    const layout = { id: randomUUID(), name: 'Corner', slots: [] };
    const save = (who: Caller, studio: string, body: object) =>
      who.call('POST', `/studios/${studio}/commands`, { id: randomUUID(), command: body });
    await save(caller, studioId, { type: 'save-layout', layout });
    const stranger = await backend.account();
    await save(stranger.caller, stranger.studioId, { type: 'save-layout', layout });
    const offered = await caller.call('GET', `/studios/${made.body.id}/other-layouts`);
    expect(offered.body.studios).toMatchObject([{ id: studioId, layouts: [layout] }]);
    const here = await caller.call('GET', `/studios/${studioId}/other-layouts`);
    expect(here.body.studios).toEqual([]);
    const coHost = await comeAs(backend, caller, made.body.id, 'co-host');
    const refused = await coHost.call('GET', `/studios/${made.body.id}/other-layouts`);
    expect(refused.body.error.code).toBe('not_allowed');
  });
});

/** An account with two studios; the second has a stream. */
async function twoStudios() {
  const account = await backend.account();
  const { caller } = account;
  const made = await caller.call('POST', '/studios', { name: 'Evening', aspect: '16:9' });
  const second: string = made.body.id;
  const { body } = await caller.call('POST', `/studios/${second}/streams`, { title: 'Sunday' });
  return { ...account, second, stream: streamIdSchema.parse(body.stream.id) };
}

async function record(stream: string, status: 'processing' | 'ready') {
  const id = recordingIdSchema.parse(randomUUID());
  await database.db
    .insertInto('recordings')
    .columns(['id', 'stream_id', 'user_id', 'title', 'status'])
    .expression((builder) =>
      builder
        .selectFrom('streams')
        .select(({ val, ref }) => [
          val(id).as('id'),
          ref('streams.id').as('stream_id'),
          'user_id',
          'title',
          val(status).as('status'),
        ])
        .where('streams.id', '=', streamIdSchema.parse(stream)),
    )
    .execute();
  return id;
}

const studiosOf = async (caller: Caller): Promise<string[]> =>
  (await caller.call('GET', '/studios')).body.studios.map(({ id }: { id: string }) => id);

describe('a studio that is renamed or deleted', () => {
  it('tells its new name to whoever is inside, and to whoever comes', async () => {
    const { caller, second } = await twoStudios();
    const { client, welcome } = await enter(caller, second);
    expect(welcome.studioName).toBe('Evening');
    await caller.call('PATCH', `/studios/${second}`, { name: 'Night' });
    await client.next('studio', ({ studioName }) => studioName === 'Night');
    expect((await enter(caller, second)).welcome.studioName).toBe('Night');
  });

  it('sends everybody out and takes its streams and links along; what belongs to its host stays', async () => {
    const { caller, studioId, second, stream } = await twoStudios();
    const target = { name: 'Club', url: 'rtmp://127.0.0.1/live', key: 'secret' };
    const destination = await caller.call('POST', '/destinations', target);
    await caller.call('POST', `/streams/${stream}/outputs`, { destinationId: destination.body.id });
    const recording = await record(stream, 'ready');
    const made = await caller.call('POST', `/studios/${second}/guest-links`, { role: 'guest' });
    const link: string = made.body.path.split('#')[1];
    const coming = await backend.caller().call('POST', '/guest-links/enter', { link, name: 'Gina' });
    const host = await enter(caller, second);
    const guest = await enter(backend.caller(), second, { guestToken: coming.body.guestToken });
    const elsewhere = await enter(caller, studioId);

    expect((await caller.call('DELETE', `/studios/${second}`)).status).toBe(204);
    for (const { client } of [host, guest]) {
      expect((await client.next('bye')).code).toBe('studio_deleted');
      expect(await client.closed).toBe(4000);
    }
    expect(await studiosOf(caller)).toEqual([studioId]);
    expect((await caller.call('GET', `/studios/${second}`)).status).toBe(404);
    expect((await caller.call('GET', '/streams')).body.streams).toEqual([]);
    expect((await backend.caller().call('GET', `/watch/${stream}`)).status).toBe(404);
    const inspected = await backend.caller().call('POST', '/guest-links/inspect', { link });
    expect(inspected.body.error.code).toBe('link_revoked');
    const recordings = await caller.call('GET', '/recordings');
    expect(recordings.body.recordings).toMatchObject([{ id: recording, title: 'Sunday', streamId: null }]);
    expect((await caller.call('GET', '/destinations')).body.destinations).toMatchObject([{ name: 'Club' }]);
    expect(elsewhere.client.received.map(({ type }) => type)).not.toContain('bye');
    expect((await caller.call('DELETE', `/studios/${second}`)).body.error.code).toBe('not_found');
  });

  it('is neither live nor has it a recording that is still made', async () => {
    const { caller, studioId, second, stream } = await twoStudios();
    await caller.call('POST', `/streams/${stream}/go-live`);
    const live = await caller.call('DELETE', `/studios/${second}`);
    expect([live.status, live.body.error.code]).toEqual([409, 'studio_live']);
    await caller.call('POST', `/streams/${stream}/end`);
    const recording = await record(stream, 'processing');
    const early = await caller.call('DELETE', `/studios/${second}`);
    expect([early.status, early.body.error.code]).toEqual([409, 'recording_unfinished']);
    const alone = await caller.call('DELETE', `/streams/${stream}`);
    expect(alone.body.error.code, 'nor is its stream').toBe('recording_unfinished');
    expect(await studiosOf(caller)).toEqual([studioId, second]);
    await caller.call('DELETE', `/recordings/${recording}`);
    expect((await caller.call('DELETE', `/studios/${second}`)).status).toBe(204);
  });

  it('is its host’s to delete, and never their last one', async () => {
    const { caller, studioId, second } = await twoStudios();
    const coHost = await comeAs(backend, caller, second, 'co-host');
    expect((await coHost.call('DELETE', `/studios/${second}`)).body.error.code).toBe('not_allowed');
    const stranger = (await backend.account()).caller;
    expect((await stranger.call('DELETE', `/studios/${second}`)).status).toBe(404);
    const both = await Promise.all([studioId, second].map((id) => caller.call('DELETE', `/studios/${id}`)));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('last_studio');
    expect(await studiosOf(caller)).toHaveLength(1);
  });

  it('is not deleted from under a stream that goes live at the same moment', async () => {
    const { caller, second, stream } = await twoStudios();
    const { status } = await database.db
      .transaction()
      .execute(async (tx) => {
        await tx.selectFrom('streams').select('id').where('id', '=', stream).forUpdate().execute();
        const deletion = caller.call('DELETE', `/studios/${second}`);
        await expect.poll(() => waitingForLocks('%"streams"%for update%')).toBeGreaterThan(0);
        await tx.updateTable('streams').set({ status: 'live' }).where('id', '=', stream).execute();
        return { deletion };
      })
      .then(({ deletion }) => deletion);
    expect(status).toBe(409);
    expect(await studiosOf(caller)).toContain(second);
  });

  it('takes no new stream while it is deleted', async () => {
    const { caller, second } = await twoStudios();
    const { creation } = await database.db.transaction().execute(async (tx) => {
      await tx.deleteFrom('studios').where('id', '=', second).execute();
      const answer = caller.call('POST', `/studios/${second}/streams`, { title: 'Too late' });
      await expect.poll(() => waitingForLocks('%"studios"%for key share%')).toBeGreaterThan(0);
      return { creation: answer };
    });
    const { status, body } = await creation;
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });
});

/** Queries like this one that wait for a lock. */
async function waitingForLocks(query: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like ${query}`.execute(
    database.db,
  );
  return rows[0]?.n ?? 0;
}
