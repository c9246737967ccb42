import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '@streamus/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BackendUnderTest, enter, startBackendUnderTest } from './backend-under-test.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest({ ALLOW_PRIVATE_TARGETS: '1' });
});
afterAll(() => backend.close());

async function newStream() {
  const account = await backend.account();
  const created = await account.caller.call('POST', `/studios/${account.studioId}/streams`, {
    title: 'Sunday',
  });
  return { ...account, stream: created.body.stream, outputs: created.body.outputs };
}

describe('streams', () => {
  it('start as a draft with the watch page, or as scheduled', async () => {
    const { caller, studioId, stream, outputs } = await newStream();
    expect(stream.status).toBe('draft');
    expect(outputs.map((output: { platform: string }) => output.platform)).toEqual(['watch']);
    const later = await caller.call('POST', `/studios/${studioId}/streams`, {
      title: 'Later',
      scheduledStart: '2030-01-01T10:00:00+01:00',
    });
    expect(later.body.stream).toMatchObject({
      status: 'scheduled',
      scheduledStart: '2030-01-01T09:00:00.000Z',
    });
  });

  it('go live once and end once, and tell the studio', async () => {
    const { caller, studioId, stream } = await newStream();
    const { client } = await enter(caller, studioId);
    expect((await caller.call('POST', `/streams/${stream.id}/go-live`)).body.stream.status).toBe('live');
    expect((await caller.call('POST', `/streams/${stream.id}/go-live`)).body.error.code).toBe('already_live');
    await client.next('stream', (m) => m.stream?.status === 'live');
    const second = await caller.call('POST', `/studios/${studioId}/streams`, { title: 'Second' });
    const clash = await caller.call('POST', `/streams/${second.body.stream.id}/go-live`);
    expect(clash.body.error.code).toBe('already_live');
    expect((await caller.call('POST', `/streams/${stream.id}/end`)).body.stream.status).toBe('ended');
    expect((await caller.call('POST', `/streams/${stream.id}/end`)).body.error.code).toBe('stream_not_live');
    expect((await caller.call('POST', `/streams/${stream.id}/go-live`)).body.error.code).toBe('stream_ended');
  });

  it('lock the programme’s shape while they are live', async () => {
    const { caller, studioId, stream } = await newStream();
    await caller.call('POST', `/streams/${stream.id}/go-live`);
    const answer = await caller.call('POST', `/studios/${studioId}/commands`, {
      id: randomUUID(),
      command: {
        type: 'set-programme',
        programme: { width: 640, height: 360, fps: 15, videoBitrate: 800_000 },
      },
    });
    expect(answer.body.error.code).toBe('programme_locked');
  });

  it('belong to one account', async () => {
    const { stream } = await newStream();
    const stranger = (await backend.account()).caller;
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/go-live'],
      ['DELETE', ''],
    ] as const) {
      expect((await stranger.call(method, `/streams/${stream.id}${path}`)).status).toBe(404);
    }
  });

  it('are shown to the public without anything private', async () => {
    const { caller, stream } = await newStream();
    const watch = await backend.caller().call('GET', `/watch/${stream.id}`);
    expect(watch.body).toMatchObject({ title: 'Sunday', status: 'draft', playlist: null });
    expect(Object.keys(watch.body)).not.toContain('studioId');
    await caller.call('POST', `/streams/${stream.id}/go-live`);
    expect((await backend.caller().call('GET', `/watch/${stream.id}/hls/..%2f..%2fsecret.ts`)).status).toBe(
      404,
    );
  });

  it('send the playlist packed to whoever can unpack it, segments as they are', async () => {
    const { stream } = await newStream();
    const folder = join(backend.dataFolder, 'hls', stream.id);
    await mkdir(folder, { recursive: true });
    const list = `#EXTM3U\n${'#EXTINF:2.0,\nseg_1.ts\n'.repeat(900)}`;
    await writeFile(join(folder, 'index.m3u8'), list);
    await writeFile(join(folder, 'seg_1.ts'), 'segment');
    const get = (file: string, encoding: string) =>
      fetch(`${backend.origin}/api/v1/watch/${stream.id}/hls/${file}`, {
        headers: { 'accept-encoding': encoding },
      });
    const packed = await get('index.m3u8', 'gzip');
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.text()).toBe(list);
    const plain = await get('index.m3u8', 'identity');
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(list);
    expect((await get('seg_1.ts', 'gzip')).headers.get('content-encoding')).toBeNull();
  });
});

describe('outputs', () => {
  it('are added, edited, retried and dropped while live, each destination once', async () => {
    const { caller, stream } = await newStream();
    const destination = await caller.call('POST', '/destinations', {
      name: 'Church',
      url: 'rtmp://127.0.0.1/live',
      key: 'super-secret-key',
    });
    await caller.call('POST', `/streams/${stream.id}/go-live`);
    const add = () =>
      caller.call('POST', `/streams/${stream.id}/outputs`, { destinationId: destination.body.id });
    const added = await add();
    expect(added.body.outputs).toHaveLength(2);
    expect((await add()).body.error.code).toBe('output_exists');
    const output = added.body.outputs.find((o: { platform: string }) => o.platform === 'custom');
    expect((await caller.call('POST', `/streams/${stream.id}/outputs/${output.id}/retry`)).status).toBe(200);
    const path = `/streams/${stream.id}/outputs/${output.id}/refresh`;
    await caller.call('PATCH', `/destinations/${destination.body.id}`, {
      name: 'Chapel',
      url: 'rtmp://127.0.0.1/other',
    });
    const [, refreshed] = (await caller.call('POST', path)).body.outputs;
    expect(refreshed).toMatchObject({ id: output.id, name: 'Chapel' });
    expect((await (await backend.account()).caller.call('POST', path)).status).toBe(404);
    const watch = added.body.outputs.find((o: { platform: string }) => o.platform === 'watch');
    const noDestination = await caller.call('POST', `/streams/${stream.id}/outputs/${watch.id}/refresh`);
    expect(noDestination.body.error.code).toBe('not_found');
    expect((await caller.call('DELETE', `/destinations/${destination.body.id}`)).body.error.code).toBe(
      'destination_in_use',
    );
    const dropped = await caller.call('DELETE', `/streams/${stream.id}/outputs/${output.id}`);
    expect(dropped.body.outputs).toHaveLength(1);
    expect((await caller.call('DELETE', `/destinations/${destination.body.id}`)).status).toBe(204);
  });

  it('keep stream keys sealed in the database and out of every answer', async () => {
    const { caller, stream } = await newStream();
    const key = `key-${randomUUID()}`;
    const saved = await caller.call('POST', '/destinations', {
      name: 'X',
      url: 'rtmp://127.0.0.1/live',
      key,
    });
    const added = await caller.call('POST', `/streams/${stream.id}/outputs`, {
      destinationId: saved.body.id,
    });
    const listed = await caller.call('GET', '/destinations');
    expect(JSON.stringify([saved.body, added.body, listed.body])).not.toContain(key);
    expect(saved.body.hasKey).toBe(true);
    const { db, close } = openDatabase(inject('databaseUrl'), 1, () => undefined);
    try {
      const rows = [
        await db.selectFrom('destinations').selectAll().where('id', '=', saved.body.id).execute(),
        await db.selectFrom('stream_destinations').selectAll().where('stream_id', '=', stream.id).execute(),
      ];
      expect(JSON.stringify(rows)).not.toContain(key);
      expect(JSON.stringify(rows)).toMatch(/v1\.[0-9a-f]{8}\./);
    } finally {
      await close();
    }
  });
});
