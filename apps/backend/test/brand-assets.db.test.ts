import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { BRAND_MAX_BYTES } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { folderObjectStore, type ObjectStore } from '@streamus/platform/objects';
import { assetIdSchema } from '@streamus/studio';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { BrandFoldersRepository } from '../src/modules/brand/brand-folders-repository.ts';
import { BrandKitsRepository } from '../src/modules/brand/brand-kits-repository.ts';
import { BrandRepository } from '../src/modules/brand/brand-repository.ts';
import { PurgeBrand } from '../src/modules/brand/purge-brand.ts';
import { type BackendUnderTest, type Caller, startBackendUnderTest } from './backend-under-test.ts';
import {
  anImage,
  blackPng,
  boastfulAvif,
  boastfulJpeg,
  comeAs,
  picture,
  uploadImage,
} from './brand-support.ts';

let backend: BackendUnderTest;
let database: OpenDatabase;
let objects: ObjectStore;
let purge: PurgeBrand;
/** For tests that do not care what else is in the library. */
let visitor: Awaited<ReturnType<BackendUnderTest['account']>>;
beforeAll(async () => {
  backend = await startBackendUnderTest();
  visitor = await backend.account();
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
  objects = folderObjectStore(join(backend.dataFolder, 'objects'));
  const { db } = database;
  const logger = createLogger('test', 'silent');
  const kits = new BrandKitsRepository(db);
  purge = new PurgeBrand(new BrandRepository(db), new BrandFoldersRepository(db), kits, objects, logger);
});
afterAll(async () => {
  await database.close();
  await backend.close();
});

const list = async (caller: Caller, studioId: string) =>
  (await caller.call('GET', `/studios/${studioId}/brand-assets`)).body;
const fetched = async (path: string) => {
  const response = await fetch(backend.origin + path);
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};
const keys = async () => {
  const found: string[] = [];
  for await (const { key } of objects.list('brand/')) found.push(key);
  return found;
};
const soon = () => new Date(Date.now() + 60_000);

/** Nothing of an upload stays on disk but what is in the store. */
async function expectCleanSpool(): Promise<void> {
  const spool = join(backend.dataFolder, 'uploads');
  for (const folder of await readdir(spool)) expect(await readdir(join(spool, folder))).toEqual([]);
}

describe('an upload', () => {
  it('is re-encoded, upright, without metadata, with a thumbnail, and is served to everybody', async () => {
    const { caller, studioId } = await backend.account();
    const original = await picture(3000, 1500)
      .withExif({ IFD0: { Copyright: 'private note' } })
      .withMetadata({ orientation: 6 })
      .flatten()
      .jpeg()
      .toBuffer();
    const saved = await uploadImage(caller, studioId, original);
    expect(saved.body).toMatchObject({
      width: 512,
      height: 1024,
      type: 'logo',
      name: 'Club.png',
      folder: null,
    });
    const { response, bytes } = await fetched(saved.body.path);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toContain('immutable');
    const { width, height, exif, orientation } = await sharp(bytes).metadata();
    expect([width, height, exif, orientation]).toEqual([512, 1024, undefined, undefined]);
    const thumbnail = await sharp((await fetched(saved.body.thumbnailPath)).bytes).metadata();
    expect([thumbnail.width, thumbnail.height]).toEqual([240, 480]);
    const library = await list(caller, studioId);
    expect(library.assets).toEqual([saved.body]);
    expect(library).toMatchObject({ usedBytes: saved.body.bytes, maxBytes: BRAND_MAX_BYTES });
    await expectCleanSpool();
  });

  it.each([
    ['png', 'image/png', true],
    ['webp', 'image/png', true],
    ['gif', 'image/png', true],
    ['avif', 'image/png', true],
    ['jpeg', 'image/jpeg', false],
    ['avif', 'image/jpeg', false],
  ] as const)('of a %s becomes %s, and keeps what shines through (%s)', async (format, type, alpha) => {
    const { caller, studioId } = visitor;
    const drawn = alpha ? picture(40, 20, '#ff000000') : picture(40, 20).flatten();
    const saved = await uploadImage(caller, studioId, await drawn.toFormat(format).toBuffer());
    const { response, bytes } = await fetched(saved.body.path);
    expect(response.headers.get('content-type')).toBe(type);
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(alpha);
  });

  it('of an animation keeps the first picture', async () => {
    const { caller, studioId } = visitor;
    const frames = ['#00ff00', '#0000ff'].map((colour) => picture(30, 20, colour).png().toBuffer());
    const animation = await sharp(await Promise.all(frames), { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const saved = await uploadImage(caller, studioId, animation);
    expect([saved.body.width, saved.body.height]).toEqual([30, 20]);
    const { data } = await sharp((await fetched(saved.body.path)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([0, 255, 0]);
  });

  it('is known by its content, not by its name', async () => {
    const { caller, studioId } = visitor;
    const jpeg = await picture(20, 20).flatten().jpeg().toBuffer();
    expect((await uploadImage(caller, studioId, jpeg, { name: 'really.png' })).status).toBe(200);
  });

  it.each([
    ['nothing', () => Buffer.alloc(0), 'image_unreadable'],
    ['what only begins like an image', () => Buffer.from('GIF89a not really'), 'image_unreadable'],
    ['a truncated image', async () => (await noise()).subarray(0, 30_000), 'image_unreadable'],
    ['a TIFF', () => picture(20, 20).tiff().toBuffer(), 'image_unreadable'],
    ['an SVG with a script', () => Buffer.from('<svg><script>alert(1)</script></svg>'), 'image_svg'],
    ['300 megapixels', () => blackPng(20_000, 15_000), 'image_too_large'],
    ['300 megapixels, from the header alone', () => blackPng(20_000, 15_000, true), 'image_too_large'],
    ['25 megapixels as AVIF', () => boastfulAvif(5_000, 5_000), 'image_too_large'],
    ['an AVIF that is not as large as it says', () => boastfulAvif(64, 64), 'image_unreadable'],
    ['60 megapixels as JPEG', () => boastfulJpeg(10_000, 6_000), 'image_too_large'],
  ])('of %s is refused in words', async (_, make, code) => {
    const { caller, studioId } = visitor;
    const before = (await list(caller, studioId)).assets;
    const answer = await uploadImage(caller, studioId, await make());
    expect(answer.body.error).toMatchObject({ code, culprit: 'user' });
    expect((await list(caller, studioId)).assets).toEqual(before);
    await expectCleanSpool();
  });

  it('is accepted up to 50 megapixels', async () => {
    const { caller, studioId } = visitor;
    const saved = await uploadImage(caller, studioId, blackPng(10_000, 5_000), { type: 'background' });
    expect(saved.body).toMatchObject({ width: 3840, height: 1920 });
  });

  it('that declares 21 MB is refused before a byte is read, one that does not at the first byte too many', async () => {
    const { caller, studioId } = await backend.account();
    const send = (headers: Record<string, string | number>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const call = request(
          `${backend.origin}/api/v1/studios/${studioId}/brand-assets?type=logo&name=x`,
          { method: 'POST', headers: { cookie: caller.cookieHeader(), ...headers } },
          (response) => {
            resolve(response.statusCode);
            call.destroy();
          },
        );
        call.once('error', reject);
        if ('content-length' in headers) call.flushHeaders();
        else call.write(Buffer.alloc(21 * 1024 * 1024));
      });
    expect(await send({ 'content-length': 21 * 1024 * 1024 })).toBe(413);
    expect(await send({})).toBe(413);
    await expectCleanSpool();
  });

  it('that breaks off leaves nothing behind', async () => {
    const { caller, studioId } = await backend.account();
    const call = request(`${backend.origin}/api/v1/studios/${studioId}/brand-assets?type=logo&name=x`, {
      method: 'POST',
      headers: { cookie: caller.cookieHeader(), 'content-length': 1_000_000 },
    });
    call.on('error', () => undefined);
    call.write(Buffer.alloc(100_000));
    const spool = join(backend.dataFolder, 'uploads');
    const held = async () => {
      const folders = await readdir(spool);
      return (await Promise.all(folders.map((folder) => readdir(join(spool, folder))))).flat().length;
    };
    await expect.poll(held).toBe(1);
    call.destroy();
    await expect.poll(held).toBe(0);
    expect((await list(caller, studioId)).assets).toEqual([]);
  });

  it('is refused while the library is full, and goes through when room is made', async () => {
    const { caller, studioId } = await backend.account();
    const first = await anImage(caller, studioId);
    await database.db
      .updateTable('brand_assets')
      .set({ bytes: BRAND_MAX_BYTES })
      .where('id', '=', assetIdSchema.parse(first))
      .execute();
    const bytes = await picture(10, 10).png().toBuffer();
    const refused = await uploadImage(caller, studioId, bytes);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'brand_storage_full']);
    await caller.call('DELETE', `/studios/${studioId}/brand-assets/${first}`);
    expect((await uploadImage(caller, studioId, bytes)).status).toBe(200);
    const restored = await caller.call('POST', `/studios/${studioId}/brand-assets/${first}/restore`);
    expect(restored.body.error.code).toBe('brand_storage_full');
    expect((await list(caller, studioId)).assets).toHaveLength(1);
  });

  it('of two at once into the last room lets one through', async () => {
    const { caller, studioId } = await backend.account();
    const first = await anImage(caller, studioId);
    const bytes = await picture(400, 400).png().toBuffer();
    const size = (await uploadImage(visitor.caller, visitor.studioId, bytes)).body.bytes;
    await database.db
      .updateTable('brand_assets')
      .set({ bytes: BRAND_MAX_BYTES - size })
      .where('id', '=', assetIdSchema.parse(first))
      .execute();
    const stored = await keys();
    const answers = await Promise.all([0, 1, 2, 3].map(() => uploadImage(caller, studioId, bytes)));
    const library = await list(caller, studioId);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(library.usedBytes).toBe(BRAND_MAX_BYTES);
    expect((await keys()).length - stored.length).toBe(2);
  });
});

describe('the library', () => {
  it('is the same in all of the owner’s studios, and nobody else’s', async () => {
    const { caller, studioId } = await backend.account();
    const other = (await caller.call('POST', '/studios', { name: 'Second' })).body.id;
    const id = await anImage(caller, studioId);
    expect((await list(caller, other)).assets).toMatchObject([{ id }]);
    const stranger = await backend.account();
    expect((await list(stranger.caller, studioId)).error.code).toBe('not_found');
    expect((await list(stranger.caller, stranger.studioId)).assets).toEqual([]);
    for (const [method, path] of [
      ['DELETE', `brand-assets/${id}`],
      ['PATCH', `brand-assets/${id}`],
      ['POST', `brand-assets/${id}/restore`],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'Mine' } : undefined;
      const answer = await stranger.caller.call(method, `/studios/${stranger.studioId}/${path}`, body);
      expect(answer.status).toBe(404);
    }
  });

  it('is managed by host and co-host; others see what their studio shows', async () => {
    const { caller, studioId } = await backend.account();
    const [shown] = [await anImage(caller, studioId), await anImage(caller, studioId)];
    const command = { type: 'set-logo', logo: { asset: shown, corner: 'top-left' } };
    await caller.call('POST', `/studios/${studioId}/commands`, { id: randomUUID(), command });
    const cohost = await comeAs(backend, caller, studioId, 'co-host');
    expect((await list(cohost, studioId)).assets).toHaveLength(2);
    expect(await anImage(cohost, studioId)).toEqual(expect.any(String));
    for (const role of ['guest', 'moderator']) {
      const someone = await comeAs(backend, caller, studioId, role);
      expect((await list(someone, studioId)).assets).toMatchObject([{ id: shown }]);
      const bytes = await picture(8, 8).png().toBuffer();
      expect((await uploadImage(someone, studioId, bytes)).status).toBe(403);
      expect((await someone.call('DELETE', `/studios/${studioId}/brand-assets/${shown}`)).status).toBe(403);
      expect((await someone.call('GET', `/studios/${studioId}/brand-kits`)).status).toBe(403);
    }
  });

  it('has folders: named, renamed, deleted with undo; images move between them and outlive them', async () => {
    const { caller, studioId } = await backend.account();
    const folders = `/studios/${studioId}/brand-folders`;
    const a = (await caller.call('POST', folders, { name: ' Spring ' })).body;
    const b = (await caller.call('POST', folders, { name: 'autumn' })).body;
    expect(a.name).toBe('Spring');
    const id = await anImage(caller, studioId, { folder: a.id });
    const asset = `/studios/${studioId}/brand-assets/${id}`;
    expect((await list(caller, studioId)).folders.map(({ name }: { name: string }) => name)).toEqual([
      'autumn',
      'Spring',
    ]);
    expect((await caller.call('PATCH', asset, { folder: b.id, name: 'Logo' })).body).toMatchObject({
      folder: b.id,
      name: 'Logo',
    });
    expect((await caller.call('PATCH', `${folders}/${b.id}`, { name: 'Winter' })).body.name).toBe('Winter');
    expect((await caller.call('DELETE', `${folders}/${b.id}`)).status).toBe(204);
    expect((await list(caller, studioId)).assets).toMatchObject([{ id, folder: null }]);
    expect((await caller.call('PATCH', asset, { folder: b.id })).status).toBe(404);
    expect((await caller.call('POST', `${folders}/${b.id}/restore`)).body.name).toBe('Winter');
    expect((await list(caller, studioId)).assets).toMatchObject([{ id, folder: b.id }]);
    expect((await caller.call('PATCH', asset, { folder: null })).body.folder).toBe(null);
    await caller.call('DELETE', `${folders}/${a.id}`);
    await purge.purge(soon());
    expect((await caller.call('POST', `${folders}/${a.id}/restore`)).status).toBe(404);
    const stranger = await backend.account();
    const theirs = `/studios/${stranger.studioId}/brand-folders/${b.id}`;
    expect((await stranger.caller.call('PATCH', theirs, { name: 'Mine' })).status).toBe(404);
    expect((await stranger.caller.call('DELETE', theirs)).status).toBe(404);
  });

  it('refuses names of nothing, of 10,000 characters and with control characters', async () => {
    const { caller, studioId } = await backend.account();
    for (const name of ['  ', 'x'.repeat(10_000), 'a\u0000b']) {
      const answer = await caller.call('POST', `/studios/${studioId}/brand-folders`, { name });
      expect([answer.status, Object.keys(answer.body.error.fields)]).toEqual([400, ['name']]);
    }
  });

  it('gives back what was deleted for a day; then only what is shown somewhere stays', async () => {
    const { caller, studioId } = await backend.account();
    const [gone, shown, inKit] = [
      await anImage(caller, studioId),
      await anImage(caller, studioId),
      await anImage(caller, studioId),
    ];
    const at = (id: string) => `/studios/${studioId}/brand-assets/${id}`;
    const ids = async () => (await list(caller, studioId)).assets.map(({ id }: { id: string }) => id);
    await caller.call('DELETE', at(gone));
    expect(await ids()).not.toContain(gone);
    expect((await caller.call('DELETE', at(gone))).status).toBe(404);
    await purge.purge(new Date(Date.now() - 60_000));
    expect((await caller.call('POST', `${at(gone)}/restore`)).body.id).toBe(gone);
    expect(await ids()).toContain(gone);

    const command = { type: 'set-background', background: { kind: 'image', asset: shown } };
    await caller.call('POST', `/studios/${studioId}/commands`, { id: randomUUID(), command });
    await database.db
      .insertInto('brand_kits')
      .columns(['user_id', 'name', 'content'])
      .expression((eb) =>
        eb
          .selectFrom('brand_assets')
          .select((s) => ['user_id', s.val('Kit').as('name'), s.val(`{"asset":"${inKit}"}`).as('content')])
          .where('id', '=', assetIdSchema.parse(inKit)),
      )
      .execute();
    for (const id of [gone, shown, inKit]) await caller.call('DELETE', at(id));
    await purge.purge(soon());
    const file = async (id: string) => (await fetched(`/api/v1/brand-assets/${id}/file`)).response.status;
    expect(await Promise.all([gone, shown, inKit].map(file))).toEqual([404, 200, 200]);
    expect((await caller.call('POST', `${at(gone)}/restore`)).status).toBe(404);
    expect((await keys()).filter((key) => key.includes(gone))).toEqual([]);
  });
});

/** A picture that cannot be compressed. */
function noise(): Promise<Buffer> {
  const size = { width: 300, height: 200, channels: 3 } as const;
  return sharp({ create: { ...size, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
    .png()
    .toBuffer();
}
