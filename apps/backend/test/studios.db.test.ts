import { randomUUID } from 'node:crypto';
import { DEFAULT_BRAND } from '@streamus/studio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackendUnderTest, type Caller, enter, startBackendUnderTest } from './backend-under-test.ts';
import { comeAs } from './brand-support.ts';

let backend: BackendUnderTest;
beforeAll(async () => {
  backend = await startBackendUnderTest();
});
afterAll(() => backend.close());

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
