import { randomUUID } from 'node:crypto';
import { studioIdSchema } from '@streamus/contracts';
import { openDatabase } from '@streamus/db';
import { DEFAULT_BRAND, DOCUMENT_VERSION } from '@streamus/studio';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { type BackendUnderTest, type Caller, enter, startBackendUnderTest } from './backend-under-test.ts';
import { comeAs } from './brand-support.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest();
});
afterAll(() => backend.close());

const command = (body: object) => ({ type: 'command' as const, id: randomUUID(), command: body as never });

describe('the document of a studio', () => {
  it('refuses a thousand commands at once from one client, in words, and goes on for everybody else', async () => {
    const { caller, studioId } = await backend.account();
    const flood = await enter(caller, studioId);
    const calm = await enter(caller, studioId);
    const elsewhere = await backend.account();
    const other = await enter(elsewhere.caller, elsewhere.studioId);
    const sent = Array.from({ length: 1000 }, (_, n) =>
      command({ type: 'set-name-tags', shown: n % 2 === 0 }),
    );
    await Promise.all(sent.map((message) => flood.client.send(message)));
    for (const { client } of [calm, other]) {
      const message = command({ type: 'set-accent', accent: '#010203' });
      const askedAt = performance.now();
      await client.send(message);
      await client.next('accepted', ({ id }) => id === message.id);
      expect(performance.now() - askedAt).toBeLessThan(2_000);
    }
    const last = sent.at(-1)?.id;
    expect((await flood.client.next('refused', ({ id }) => id === last)).code).toBe('too_many_commands');
    const refused = new Set(
      flood.client.received.flatMap((message) => (message.type === 'refused' ? [message.id] : [])),
    );
    const taken = sent.filter(({ id }) => !refused.has(id));
    // A burst of 40, and 20 a second for as long as the thousand took.
    expect(taken.length).toBeLessThan(200);
    const seqs: number[] = [];
    for (const { id } of taken) seqs.push((await flood.client.next('accepted', (m) => m.id === id)).seq);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  });

  it('refuses a command that is none in words, and the client stays', async () => {
    const { caller, studioId } = await backend.account();
    const { client, welcome } = await enter(caller, studioId);
    const scene = welcome.document?.scene;
    const bad = [
      [command({ type: 'rename-scene', scene, name: 'x'.repeat(10_000) }), 'text_too_long'],
      [command({ type: 'set-layout', layout: 'nonsense' }), 'invalid_input'],
      [command({ type: 'add-person' }), 'invalid_input'],
    ] as const;
    for (const [message, code] of bad) {
      await client.send(message);
      expect((await client.next('refused', ({ id }) => id === message.id)).code).toBe(code);
    }
    const good = command({ type: 'set-layout', layout: 'solo' });
    await client.send(good);
    await client.next('accepted', ({ id }) => id === good.id);
  });

  it('takes the largest brand kit in one command, and no other message of that length', async () => {
    const { caller, studioId } = await backend.account();
    const { client, welcome } = await enter(caller, studioId);
    const { kit: _, ...brand } = DEFAULT_BRAND;
    const overlays = Array.from({ length: 200 }, () => ({
      ...{ id: randomUUID(), kind: 'ticker', text: 'x'.repeat(1000), speed: 'normal' },
    }));
    const use = command({ type: 'use-kit', kit: randomUUID(), content: { brand, overlays, layouts: [] } });
    await client.send(use);
    await client.next('accepted', ({ id }) => id === use.id);
    const { event } = await client.next('event');
    expect(event.seq).toBe(welcome.seq + 1);
    const again = await caller.call('POST', `/studios/${studioId}/commands`, {
      id: randomUUID(),
      command: { ...use.command, content: { brand, overlays: overlays.slice(1), layouts: [] } },
    });
    expect(again.status).toBe(200);
    await client.send(command({ type: 'rename-scene', name: 'x'.repeat(200_000) }));
    expect((await client.next('bye')).code).toBe('invalid_input');
    const stranger = caller.connect();
    await stranger.send({ ...use, id: 'x'.repeat(70_000) });
    expect((await stranger.next('bye')).code).toBe('invalid_input');
  });

  it('refuses what a colleague has deleted meanwhile, with that reason', async () => {
    const { caller, studioId } = await backend.account();
    const host = await enter(caller, studioId);
    const cohost = await comeAs(backend, caller, studioId, 'co-host');
    const id = randomUUID();
    await host.client.send(command({ type: 'add-scene', id, name: 'Interview', layout: 'grid' }));
    await host.client.next('event', ({ event }) => event.command.type === 'add-scene');
    const remove = { type: 'delete-scene', scene: id };
    const path = `/studios/${studioId}/commands`;
    const removed = await cohost.call('POST', path, { id: randomUUID(), command: remove });
    expect(removed.status).toBe(200);
    const late = command({ type: 'rename-scene', scene: id, name: 'Talk' });
    await host.client.send(late);
    expect((await host.client.next('refused', (m) => m.id === late.id)).code).toBe('unknown_scene');
  });

  it('undoes each person’s own steps, and tells why not', async () => {
    const { caller, studioId } = await backend.account();
    const host = await enter(caller, studioId);
    const cohost = await comeAs(backend, caller, studioId, 'co-host');
    const path = `/studios/${studioId}/commands`;
    const run = (who: Caller, body: object) => who.call('POST', path, { id: randomUUID(), command: body });
    await run(caller, { type: 'set-layout', layout: 'solo' });
    await run(caller, { type: 'set-accent', accent: '#112233' });
    await run(cohost, { type: 'set-layout', layout: 'leader' });
    expect((await run(caller, { type: 'undo' })).status).toBe(200);
    expect((await run(caller, { type: 'undo' })).body.error.code).toBe('nothing_to_undo');
    const { welcome } = await enter(caller, studioId);
    expect(welcome.document?.onAir).toMatchObject({ layout: 'leader' });
    expect(welcome.document?.brand.colours.accent).toBe(host.welcome.document?.brand.colours.accent);
    const moderator = await comeAs(backend, caller, studioId, 'moderator');
    expect((await run(moderator, { type: 'undo' })).body.error.code).toBe('not_allowed');
  });

  it('tells a client of another version to reload, and does not let it in', async () => {
    const { caller, studioId } = await backend.account();
    for (const documentVersion of [1, DOCUMENT_VERSION + 1]) {
      const client = caller.connect();
      const hello = { type: 'hello' as const, studioId: studioId as never, guestToken: null, lastSeq: null };
      await client.send({ ...hello, documentVersion });
      expect((await client.next('bye')).code).toBe('client_outdated');
      expect(await client.closed).toBe(4000);
    }
  });

  it('of version 1 is read, and shows what it showed', async () => {
    const { caller, studioId } = await backend.account();
    const { welcome } = await enter(caller, studioId);
    const [host] = Object.values(welcome.document?.people ?? {});
    const old = {
      ...{ version: 1, programme: welcome.document?.programme, layout: 'leader' },
      ...{ stage: welcome.document?.stage, people: welcome.document?.people },
      ...{
        background: { kind: 'colour', colour: '#204060' },
        logo: null,
        nameTags: false,
        accent: '#ff8800',
      },
    };
    const database = openDatabase(inject('databaseUrl'), 1, () => undefined);
    onTestFinished(() => database.close());
    await database.db
      .updateTable('studios')
      .set({ document: JSON.stringify(old) })
      .where('id', '=', studioIdSchema.parse(studioId))
      .execute();
    const back = await enter(caller, studioId);
    expect(back.welcome.document).toMatchObject({
      version: DOCUMENT_VERSION,
      onAir: { layout: 'leader', stage: [`camera:${host?.id}`], background: old.background },
      brand: { colours: { accent: '#ff8800' }, nameTags: { shown: false } },
    });
    await back.client.send(command({ type: 'set-accent', accent: '#000000' }));
    const { event } = await back.client.next('event');
    expect(event.seq).toBe(welcome.seq + 1);
  });
});
