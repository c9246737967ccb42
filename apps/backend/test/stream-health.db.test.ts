import { randomUUID } from 'node:crypto';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { FIRST_SCENE } from '@streamus/studio';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BackendUnderTest, enter, startBackendUnderTest } from './backend-under-test.ts';

let backend: BackendUnderTest;
let database: OpenDatabase;
beforeAll(async () => {
  backend = await startBackendUnderTest();
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(async () => {
  await backend.close();
  await database.close();
});

/** What the Go live sheet asks. */
const capacityPath = (studioId: string) => `/studios/${studioId}/capacity?outputs=1&record=true`;

async function newStream() {
  const account = await backend.account();
  const created = await account.caller.call('POST', `/studios/${account.studioId}/streams`, {
    title: 'Sunday',
  });
  return { ...account, streamId: created.body.stream.id };
}

/** Changes the only media worker these tests have while `work` runs. */
async function withWorker(
  change: { capacity_cores?: number; seen_at?: string },
  work: () => Promise<void>,
): Promise<void> {
  const worker = await database.db.selectFrom('media_workers').selectAll().executeTakeFirstOrThrow();
  await database.db.updateTable('media_workers').set(change).execute();
  try {
    await work();
  } finally {
    const { capacity_cores, seen_at } = worker;
    await database.db.updateTable('media_workers').set({ capacity_cores, seen_at }).execute();
  }
}

describe('capacity', () => {
  it('is known before going live', async () => {
    const { caller, studioId } = await newStream();
    const { body } = await caller.call('GET', capacityPath(studioId));
    expect(body).toMatchObject({ refusal: null, neededCores: expect.any(Number) });
    expect(body.freeCores).toBeGreaterThan(900);
    expect(body.streamsThatFit).toBeGreaterThan(1_000);
  });

  it('that is used up refuses the stream, which stays a draft', async () => {
    const { caller, studioId, streamId } = await newStream();
    await withWorker({ capacity_cores: 0.01 }, async () => {
      const capacity = await caller.call('GET', capacityPath(studioId));
      expect(capacity.body).toMatchObject({ refusal: 'no_capacity', streamsThatFit: 0 });
      const answer = await caller.call('POST', `/streams/${streamId}/go-live`);
      expect([answer.status, answer.body.error.code]).toEqual([503, 'no_capacity']);
    });
    expect((await caller.call('GET', `/streams/${streamId}`)).body.stream.status).toBe('draft');
  });

  it('of a media engine that is not running is none', async () => {
    const { caller, streamId } = await newStream();
    await withWorker({ seen_at: '2000-01-01T00:00:00Z' }, async () => {
      const answer = await caller.call('POST', `/streams/${streamId}/go-live`);
      expect([answer.status, answer.body.error.code]).toEqual([503, 'no_media_worker']);
    });
  });

  it('counts streams that are live and not carried yet', async () => {
    const first = await newStream();
    const second = await newStream();
    const before = (await second.caller.call('GET', capacityPath(second.studioId))).body;
    await first.caller.call('POST', `/streams/${first.streamId}/go-live`);
    const after = (await second.caller.call('GET', capacityPath(second.studioId))).body;
    expect(before.freeCores - after.freeCores).toBeCloseTo(before.neededCores, 5);
  });

  it('is the business of the stream’s owner', async () => {
    const { studioId, streamId } = await newStream();
    const stranger = (await backend.account()).caller;
    expect((await stranger.call('GET', capacityPath(studioId))).status).toBe(404);
    expect((await stranger.call('GET', `/streams/${streamId}/events`)).status).toBe(404);
  });
});

describe('the event log', () => {
  it('is told to the host as it grows, from where they are, and can be read again', async () => {
    const { caller, studioId, streamId } = await newStream();
    await caller.call('POST', `/streams/${streamId}/go-live`);
    await tell(streamId, { type: 'show-began' });
    const { client } = await enter(caller, studioId);
    const first = await client.next('happened');
    expect(first.events.map(({ event }) => event.type)).toEqual(['show-began']);
    await tell(streamId, { type: 'slate-shown' });
    await caller.call('PATCH', `/streams/${streamId}`, { title: 'Monday' });
    const second = await client.next('happened', ({ events }) => events[0]?.event.type === 'slate-shown');
    expect(second.events).toHaveLength(1);
    const all = (await caller.call('GET', `/streams/${streamId}/events`)).body.events;
    expect(all.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
      'show-began',
      'slate-shown',
    ]);
    const later = (await caller.call('GET', `/streams/${streamId}/events?after=${all[0].id}`)).body.events;
    expect(later).toEqual([all[1]]);
  });
});

describe('a scene on air', () => {
  it('is written down while the stream is live, once, by its name', async () => {
    const { caller, studioId, streamId } = await newStream();
    const scene = randomUUID();
    const run = async (command: object) => {
      const answer = await caller.call('POST', `/studios/${studioId}/commands`, {
        id: randomUUID(),
        command,
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    };
    await run({ type: 'add-scene', id: scene, name: 'Interview', layout: 'grid' });
    await run({ type: 'select-scene', scene });
    await caller.call('POST', `/streams/${streamId}/go-live`);
    await run({ type: 'select-scene', scene: FIRST_SCENE });
    await run({ type: 'set-layout', layout: 'solo' });
    await run({ type: 'set-mode', mode: 'preview' });
    await run({ type: 'select-scene', scene });
    await run({ type: 'take' });
    await run({ type: 'take' });
    const { events } = (await caller.call('GET', `/streams/${streamId}/events`)).body;
    expect(events.map(({ event }: { event: object }) => event)).toEqual([
      { type: 'scene-on-air', name: 'Scene 1' },
      { type: 'scene-on-air', name: 'Interview' },
    ]);
  });
});

describe('the composer’s own report', () => {
  const health = {
    fps: 29.9,
    lateFrames: 1,
    repeatedFrames: 4,
    encoderDrops: 2,
    lostSoundMs: 30,
    networkLossPercent: 3,
  };

  it('reaches the studio when it comes from the composer, and is ignored from anybody else', async () => {
    const { caller, studioId, streamId } = await newStream();
    await caller.call('POST', `/streams/${streamId}/go-live`);
    await insertHealth(streamId);
    const { client, welcome } = await enter(caller, studioId);
    const other = await enter(caller, studioId);
    await caller.call('POST', `/studios/${studioId}/composer`, {
      connection: welcome.you.connection,
      takeOver: false,
    });
    other.client.send({ type: 'composing', health: { ...health, fps: 1 } });
    client.send({ type: 'composing', health });
    // Any news of the stream carries it; the rename stands for the next health.
    const told = other.client.next('stream', (message) => message.composing?.fps === 29.9);
    await expect
      .poll(async () => {
        await caller.call('PATCH', `/streams/${streamId}`, { title: 'Again' });
        return (await composerOf(streamId))?.fps;
      })
      .toBe(29.9);
    expect((await told).composing).toEqual(health);
  });
});

async function tell(streamId: string, event: { type: 'show-began' | 'slate-shown' }): Promise<void> {
  await database.pool.query('insert into stream_events (stream_id, event) values ($1, $2)', [
    streamId,
    JSON.stringify(event),
  ]);
}

async function insertHealth(streamId: string): Promise<void> {
  await database.pool.query("insert into stream_health (stream_id, health) values ($1, '{}')", [streamId]);
}

async function composerOf(streamId: string): Promise<{ fps: number } | null> {
  const { rows } = await database.pool.query('select composer from stream_health where stream_id = $1', [
    streamId,
  ]);
  return rows[0]?.composer ?? null;
}
