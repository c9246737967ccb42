import { randomUUID } from 'node:crypto';
import { openDatabase } from '@streamus/db';
import { DOCUMENT_VERSION, STUDIO_PEOPLE_LIMIT } from '@streamus/studio';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import {
  type BackendUnderTest,
  type Caller,
  enter,
  type RealtimeClient,
  startBackendUnderTest,
} from './backend-under-test.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest();
});
afterAll(() => backend.close());

async function guestOf(host: Caller, studioId: string, role = 'guest', name = 'Gina') {
  const created = await host.call('POST', `/studios/${studioId}/guest-links`, { role });
  const link: string = created.body.path.split('#')[1];
  const caller = backend.caller();
  const entered = await caller.call('POST', '/guest-links/enter', { link, name });
  caller.bearer = entered.body.guestToken;
  return {
    caller,
    link,
    linkId: created.body.link.id,
    person: entered.body.person,
    token: entered.body.guestToken,
  };
}

const command = (body: object) => ({ type: 'command' as const, id: randomUUID(), command: body as never });

describe('a studio', () => {
  it('seats its host on stage at the first visit', async () => {
    const { caller, studioId } = await backend.account();
    const { welcome } = await enter(caller, studioId);
    expect(welcome.you.role).toBe('host');
    expect(welcome.document?.stage).toEqual([`camera:${welcome.you.person}`]);
    expect(welcome.room.identity).toBe(`person:${welcome.you.person}:${welcome.you.connection}`);
  });

  it('runs a command for everybody, in order, and once', async () => {
    const { caller, studioId } = await backend.account();
    const first = await enter(caller, studioId);
    const second = await enter(caller, studioId);
    const message = command({ type: 'set-layout', layout: 'solo' });
    await first.client.send(message);
    await first.client.send(message);
    const accepted = await first.client.next('accepted');
    const event = await second.client.next('event');
    expect(event.event).toMatchObject({
      seq: accepted.seq,
      by: first.welcome.you.person,
      commandId: message.id,
    });
    await first.client.send(command({ type: 'set-name-tags', shown: false }));
    const next = await second.client.next('event', (m) => m.event.command.type === 'set-name-tags');
    expect(next.event.seq).toBe(accepted.seq + 1);
  });

  it('gives a client that comes back exactly the events it missed', async () => {
    const { caller, studioId } = await backend.account();
    const { client, welcome } = await enter(caller, studioId);
    client.close();
    await client.closed;
    for (const layout of ['solo', 'grid', 'leader']) {
      await caller.call('POST', `/studios/${studioId}/commands`, {
        id: randomUUID(),
        command: { type: 'set-layout', layout },
      });
    }
    const back = await enter(caller, studioId, { lastSeq: welcome.seq });
    expect(back.welcome.document).toBeNull();
    expect(back.welcome.events.map((event) => event.seq)).toEqual([1, 2, 3].map((n) => welcome.seq + n));
  });

  it('tells a client that gets the whole document which of its commands are part of it', async () => {
    const { caller, studioId } = await backend.account();
    const { client } = await enter(caller, studioId);
    const message = command({ type: 'set-layout', layout: 'solo' });
    await client.send(message);
    await client.next('accepted');
    const pending = [message.id, randomUUID()];
    const back = await enter(caller, studioId, { pending });
    expect(back.welcome.document?.onAir.layout).toBe('solo');
    expect(back.welcome.applied).toEqual([message.id]);
    const elsewhere = await backend.account();
    const { welcome } = await enter(elsewhere.caller, elsewhere.studioId, { pending });
    expect(welcome.applied).toEqual([]);
  });

  it('tells its time, and starts countdowns by it', async () => {
    const { caller, studioId } = await backend.account();
    const began = Date.now();
    const { client, welcome } = await enter(caller, studioId);
    await client.send({ type: 'ping', n: 7 });
    const pong = await client.next('pong');
    const overlay = randomUUID();
    const end = { kind: 'duration', durationMs: 60_000, startedAt: null };
    const countdown = { id: overlay, kind: 'countdown', title: '', end, atZero: 'stay' };
    await client.send(command({ type: 'add-overlay', overlay: countdown }));
    const start = command({ type: 'start-countdown', overlay });
    await client.send(start);
    const { event } = await client.next('event', (m) => m.event.commandId === start.id);
    const now = await enter(caller, studioId);
    const startedAt = Date.parse(event.at);
    expect(now.welcome.document?.overlays).toMatchObject({ [overlay]: { end: { ...end, startedAt } } });
    for (const atMs of [welcome.atMs, pong.atMs, startedAt]) {
      expect(atMs).toBeGreaterThanOrEqual(began);
      expect(atMs).toBeLessThanOrEqual(Date.now());
    }
  });

  it('refuses what a role does not allow and what does not fit', async () => {
    const { caller, studioId } = await backend.account();
    const guest = await guestOf(caller, studioId);
    const { client } = await enter(guest.caller, studioId, { guestToken: guest.token });
    await client.send(command({ type: 'set-layout', layout: 'solo' }));
    expect((await client.next('refused')).code).toBe('not_allowed');
    const unknown = await caller.call('POST', `/studios/${studioId}/commands`, {
      id: randomUUID(),
      command: { type: 'put-on-stage', source: `camera:${randomUUID()}` },
    });
    expect([unknown.status, unknown.body.error.code]).toEqual([409, 'unknown_source']);
  });

  it('gives room tokens for ten minutes, and a new one for the asking', async () => {
    const { caller, studioId } = await backend.account();
    const { client, welcome } = await enter(caller, studioId);
    expect(welcome.room.seconds).toBe(600);
    await client.send({ type: 'grant' });
    const { room } = await client.next('grant');
    expect(room).toMatchObject({ identity: welcome.room.identity, seconds: 600 });
    const { iat = 0, nbf = iat, exp = 0 } = decodeJwt(room.token);
    expect(exp - nbf).toBeLessThanOrEqual(600);
  });

  it('lets nobody else in', async () => {
    const { studioId } = await backend.account();
    const stranger = (await backend.account()).caller;
    expect((await stranger.call('GET', `/studios/${studioId}`)).status).toBe(404);
    const client = stranger.connect();
    await client.send({
      ...{ type: 'hello', studioId: studioId as never, guestToken: null, lastSeq: null },
      documentVersion: DOCUMENT_VERSION,
    });
    expect((await client.next('bye')).code).toBe('not_found');
  });
});

describe('guests', () => {
  it('enter by one link, many of them, and keep their seat when they come back', async () => {
    const { caller, studioId } = await backend.account();
    const guest = await guestOf(caller, studioId);
    const other = await backend
      .caller()
      .call('POST', '/guest-links/enter', { link: guest.link, name: 'Gus' });
    expect(other.body.person).not.toBe(guest.person);
    const again = await backend
      .caller()
      .call('POST', '/guest-links/enter', { link: guest.link, name: 'Gina B.', guestToken: guest.token });
    expect(again.body.person).toBe(guest.person);
    const { welcome } = await enter(caller, studioId);
    expect(Object.values(welcome.document?.people ?? {}).map((person) => person?.name)).toContain('Gina B.');
  });

  it('are told when a link is forged, revoked or expired', async () => {
    const { caller, studioId } = await backend.account();
    const guest = await guestOf(caller, studioId);
    const inspect = (link: string) => backend.caller().call('POST', '/guest-links/inspect', { link });
    expect((await inspect(guest.link)).body.role).toBe('guest');
    const forged = guest.link.slice(0, -4) + (guest.link.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    expect((await inspect(forged)).body.error.code).toBe('link_invalid');
    await caller.call('DELETE', `/studios/${studioId}/guest-links/${guest.linkId}`);
    expect((await inspect(guest.link)).body.error.code).toBe('link_revoked');

    const late = await guestOf(caller, studioId);
    const { db, close } = openDatabase(inject('databaseUrl'), 1, () => undefined);
    onTestFinished(close);
    await db
      .updateTable('guest_links')
      .set({ expires_at: new Date(Date.now() - 1_000) })
      .where('id', '=', late.linkId)
      .execute();
    expect((await inspect(late.link)).body.error.code).toBe('link_expired');
    const entering = await backend
      .caller()
      .call('POST', '/guest-links/enter', { link: late.link, name: 'Lea' });
    expect([entering.status, entering.body.error.code]).toEqual([410, 'link_expired']);
  });

  it('need the new link once the host has renewed it; who is in stays in', async () => {
    const { caller, studioId } = await backend.account();
    const early = await guestOf(caller, studioId);
    const renewed = await caller.call('POST', `/studios/${studioId}/guest-links`, {
      role: 'guest',
      replace: true,
    });
    const inspect = (link: string) => backend.caller().call('POST', '/guest-links/inspect', { link });
    expect((await inspect(early.link)).body.error.code).toBe('link_revoked');
    expect((await inspect(renewed.body.path.split('#')[1])).body.role).toBe('guest');
    const { welcome } = await enter(early.caller, studioId, { guestToken: early.token });
    expect(welcome.you.person).toBe(early.person);
  });

  it('are told when the studio is full, and get the seat of somebody who has gone', async () => {
    const { caller, studioId } = await backend.account();
    await enter(caller, studioId);
    const { link } = await guestOf(caller, studioId);
    const come = (n: number) =>
      backend
        .caller()
        .call(
          'POST',
          '/guest-links/enter',
          { link, name: `Guest ${n}` },
          { 'x-forwarded-for': `10.9.0.${n}` },
        );
    // The host and the guest who brought the link have a seat; the latter's tab is not open.
    const inside: RealtimeClient[] = [];
    for (let n = 1; n < STUDIO_PEOPLE_LIMIT; n += 1) {
      const { status, body } = await come(n);
      expect([n, status]).toEqual([n, 200]);
      inside.push((await enter(backend.caller(), studioId, { guestToken: body.guestToken })).client);
    }
    const refused = await come(200);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'studio_full']);
    inside[0]?.close();
    await expect.poll(async () => (await come(201)).status).toBe(200);
  });

  it('lose their seat, their socket and their way back when they are removed', async () => {
    const { caller, studioId } = await backend.account();
    const guest = await guestOf(caller, studioId);
    const { client } = await enter(guest.caller, studioId, { guestToken: guest.token });
    const host = await enter(caller, studioId);
    await host.client.send(command({ type: 'remove-person', person: guest.person }));
    expect((await client.next('bye')).code).toBe('removed_from_studio');
    expect(await client.closed).toBe(4000);
    const back = await backend
      .caller()
      .call('POST', '/guest-links/enter', { link: guest.link, name: 'Gina', guestToken: guest.token });
    expect(back.body.error.code).toBe('removed_from_studio');
  });

  it('cannot remove the host', async () => {
    const { caller, studioId } = await backend.account();
    const host = await enter(caller, studioId);
    const moderator = await guestOf(caller, studioId, 'moderator');
    const answer = await moderator.caller.call('POST', `/studios/${studioId}/commands`, {
      id: randomUUID(),
      command: { type: 'remove-person', person: host.welcome.you.person },
    });
    expect(answer.body.error.code).toBe('not_allowed');
  });
});

describe('the composer lease', () => {
  const claim = (caller: Caller, studioId: string, body: object) =>
    caller.call('POST', `/studios/${studioId}/composer`, body);

  it('goes to one tab; another is told and can take over', async () => {
    const { caller, studioId } = await backend.account();
    const first = await enter(caller, studioId);
    const second = await enter(caller, studioId);
    const granted = await claim(caller, studioId, {
      connection: first.welcome.you.connection,
      takeOver: false,
    });
    expect(granted.body).toMatchObject({ epoch: 1, room: { identity: 'composer:1' } });
    const refused = await claim(caller, studioId, {
      connection: second.welcome.you.connection,
      takeOver: false,
    });
    expect(refused.body.error.code).toBe('composer_elsewhere');
    const taken = await claim(caller, studioId, {
      connection: second.welcome.you.connection,
      takeOver: true,
    });
    expect(taken.body.epoch).toBe(2);
    const news = await first.client.next('composer', (m) => m.composer?.epoch === 2);
    expect(news.composer?.connection).toBe(second.welcome.you.connection);
  });

  it('is free as soon as its tab closes, and goes on under the same epoch after a lost socket', async () => {
    const { caller, studioId } = await backend.account();
    const watcher = await enter(caller, studioId);
    const first = await enter(caller, studioId);
    await claim(caller, studioId, { connection: first.welcome.you.connection, takeOver: false });
    first.client.close();
    await watcher.client.next('composer', (m) => m.composer === null);
    const back = await enter(caller, studioId);
    const resumed = await claim(caller, studioId, {
      connection: back.welcome.you.connection,
      takeOver: false,
      resumeEpoch: 1,
    });
    expect(resumed.body.epoch).toBe(1);
  });

  it('is not for guests, nor for a connection that is not one’s own', async () => {
    const { caller, studioId } = await backend.account();
    const guest = await guestOf(caller, studioId);
    const inside = await enter(guest.caller, studioId, { guestToken: guest.token });
    const body = { connection: inside.welcome.you.connection, takeOver: true };
    expect((await claim(guest.caller, studioId, body)).body.error.code).toBe('not_allowed');
    expect((await claim(caller, studioId, body)).status).toBe(404);
  });
});
