import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { BRAND_MAX_KITS, KIT_CONTENT_MAX_BYTES } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { folderObjectStore } from '@streamus/platform/objects';
import { DEFAULT_BRAND } from '@streamus/studio';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ZipFile } from 'yazl';
import { BrandFoldersRepository } from '../src/modules/brand/brand-folders-repository.ts';
import { BrandKitsRepository } from '../src/modules/brand/brand-kits-repository.ts';
import { BrandRepository } from '../src/modules/brand/brand-repository.ts';
import { PurgeBrand } from '../src/modules/brand/purge-brand.ts';
import { type BackendUnderTest, type Caller, startBackendUnderTest } from './backend-under-test.ts';
import { anImage, blackPng, comeAs, picture } from './brand-support.ts';

let backend: BackendUnderTest;
let database: OpenDatabase;
beforeAll(async () => {
  backend = await startBackendUnderTest();
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(async () => {
  await database.close();
  await backend.close();
});

const STRANGER = '00000000-0000-4000-8000-000000000000';
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const banner = (n: number, text: string) => ({ id: uuid(n), kind: 'banner', text, style: 'solid' });
const box = { x: 0, y: 0, width: 5000, height: 5000 };
const slot = {
  ...{ id: uuid(1), box, holds: { kind: 'person', index: 0 }, fit: 'cover' },
  ...{ crop: { left: 0, top: 0, right: 0, bottom: 0 }, radius: 500, border: null },
};

/** A kit with these images as logo and second overlay. */
function contentWith(logo: string | null, overlay: string | null, text = 'Welcome مرحبا 欢迎') {
  const { kit: _, ...brand } = DEFAULT_BRAND;
  return {
    brand: {
      ...{ ...brand, font: 'inter', theme: 'bold' },
      logo: logo === null ? null : { asset: logo, corner: 'top-left', size: 'medium' },
    },
    overlays: [
      banner(1, text),
      ...(overlay === null
        ? []
        : [{ id: uuid(2), kind: 'image', name: 'Frame', asset: overlay, box, opacity: 100 }]),
    ],
    layouts: [{ id: uuid(1), name: 'Mine', slots: [slot] }],
  };
}

async function withKit() {
  const { caller, studioId } = await backend.account();
  const [logo, overlay] = [
    await anImage(caller, studioId, { name: 'Club logo' }),
    await anImage(caller, studioId, { name: 'Frame', type: 'overlay' }),
  ];
  const kits = `/studios/${studioId}/brand-kits`;
  const content = contentWith(logo, overlay);
  const kit = (await caller.call('POST', kits, { name: 'Club', content })).body;
  return { caller, studioId, kits, kit, content, logo, overlay };
}

const kitsOf = async (caller: Caller, kits: string) => (await caller.call('GET', kits)).body.kits;

describe('a brand kit', () => {
  it('is saved, listed in every studio of its owner, changed, duplicated and deleted with undo', async () => {
    const { caller, kits, kit, content, studioId } = await withKit();
    expect(kit).toMatchObject({ name: 'Club', version: 1, content });
    const other = (await caller.call('POST', '/studios', { name: 'Second' })).body.id;
    expect(await kitsOf(caller, `/studios/${other}/brand-kits`)).toEqual([kit]);
    const next = contentWith(null, null, 'Other');
    const changed = await caller.call('PATCH', `${kits}/${kit.id}`, { version: 1, name: 'B', content: next });
    expect(changed.body).toMatchObject({ name: 'B', version: 2, content: next });
    expect((await caller.call('PATCH', `${kits}/${kit.id}`, { version: 2, name: 'C' })).body).toMatchObject({
      ...{ name: 'C', version: 3, content: next },
    });
    const copy = await caller.call('POST', `${kits}/${kit.id}/duplicate`, { name: 'A' });
    expect(copy.body).toMatchObject({ name: 'A', version: 1, content: next });
    const cohost = await comeAs(backend, caller, studioId, 'co-host');
    expect((await kitsOf(cohost, kits)).map(({ name }: { name: string }) => name)).toEqual(['A', 'C']);
    expect((await caller.call('DELETE', `${kits}/${kit.id}`)).status).toBe(204);
    expect(await kitsOf(caller, kits)).toEqual([copy.body]);
    expect((await caller.call('GET', `${kits}/${kit.id}/export`)).status).toBe(404);
    expect((await caller.call('POST', `${kits}/${kit.id}/restore`)).body.name).toBe('C');
    expect(await kitsOf(caller, kits)).toHaveLength(2);
  });

  it('that a colleague has changed meanwhile is not overwritten', async () => {
    const { caller, studioId, kits, kit } = await withKit();
    const cohost = await comeAs(backend, caller, studioId, 'co-host');
    const at = `${kits}/${kit.id}`;
    const both = await Promise.all([
      caller.call('PATCH', at, { version: 1, name: 'Mine' }),
      cohost.call('PATCH', at, { version: 1, name: 'Theirs' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = both.find(({ status }) => status === 409);
    expect(lost?.body.error).toMatchObject({
      code: 'kit_changed',
      message: expect.stringMatching(/changed/),
    });
    const [now] = await kitsOf(caller, kits);
    expect(now).toMatchObject({ version: 2, name: both.find(({ status }) => status === 200)?.body.name });
  });

  it('may use the owner’s images only', async () => {
    const { caller, kits, kit, logo } = await withKit();
    const stranger = await backend.account();
    const theirs = `/studios/${stranger.studioId}/brand-kits`;
    const refused = [
      await stranger.caller.call('POST', theirs, { name: 'X', content: contentWith(logo, null) }),
      await caller.call('POST', kits, { name: 'X', content: contentWith(logo, STRANGER) }),
      await caller.call('PATCH', `${kits}/${kit.id}`, { version: 1, content: contentWith(STRANGER, logo) }),
    ];
    expect(refused.map(({ body }) => [body.error.code, Object.keys(body.error.fields)])).toEqual([
      ['kit_image_missing', ['content.brand.logo.asset']],
      ['kit_image_missing', ['content.overlays.1.asset']],
      ['kit_image_missing', ['content.brand.logo.asset']],
    ]);
    for (const [method, path, body] of [
      ['PATCH', '', { version: 1, name: 'Mine' }],
      ['DELETE', '', undefined],
      ['POST', '/duplicate', { name: 'Mine' }],
      ['GET', '/export', undefined],
    ] as const) {
      expect((await stranger.caller.call(method, `${theirs}/${kit.id}${path}`, body)).status).toBe(404);
    }
  });

  it('refuses what is no kit, too much of everything, and bodies that are too long', async () => {
    const { caller, studioId } = await backend.account();
    const content = contentWith(null, null);
    const kits = `/studios/${studioId}/brand-kits`;
    const save = (changes: object, name = 'X') =>
      caller.call('POST', kits, { name, content: { ...content, ...changes } });
    const refused = [
      await save({ brand: { ...content.brand, colours: { accent: 'red' } } }),
      await save({ overlays: Array.from({ length: 201 }, (_, at) => banner(at, 'x')) }),
      await save({ overlays: [banner(1, 'x'), banner(1, 'y')] }),
      await save({ overlays: [banner(1, 'x'.repeat(10_000))] }),
      await save({ overlays: [banner(1, 'a\u0000b')] }),
      await save({ layouts: [{ id: uuid(1), name: 'Mine', slots: Array.from({ length: 21 }, () => slot) }] }),
      await save({}, 'x'.repeat(10_000)),
    ];
    expect(refused.map(({ body }) => body.error.code)).toEqual(refused.map(() => 'invalid_input'));
    const long = await save({ overlays: [banner(1, 'x'.repeat(KIT_CONTENT_MAX_BYTES))] });
    expect(long.body.error.code).toBe('body_too_large');
    expect(await kitsOf(caller, kits)).toEqual([]);
  });

  it('is refused when there are a hundred already', async () => {
    const { caller, kits, kit } = await withKit();
    const { id, ...one } = await database.db
      .selectFrom('brand_kits')
      .select(['id', 'user_id', 'name', 'content'])
      .where('id', '=', kit.id)
      .executeTakeFirstOrThrow();
    const row = { ...one, content: JSON.stringify(one.content) };
    await database.db
      .insertInto('brand_kits')
      .values(Array.from({ length: BRAND_MAX_KITS - 1 }, () => row))
      .execute();
    const answer = await caller.call('POST', `${kits}/${id}/duplicate`, { name: 'One more' });
    expect(answer.body.error.code).toBe('brand_limit_reached');
  });

  it('keeps the images it uses, also when they are deleted from the library; gone, it keeps them no more', async () => {
    const { caller, studioId, kits, kit, logo } = await withKit();
    const { db } = database;
    const objects = folderObjectStore(join(backend.dataFolder, 'objects'));
    const repositories = [
      new BrandRepository(db),
      new BrandFoldersRepository(db),
      new BrandKitsRepository(db),
    ] as const;
    const purge = new PurgeBrand(...repositories, objects, createLogger('test', 'silent'));
    const soon = () => new Date(Date.now() + 60_000);
    const file = async () => (await fetch(`${backend.origin}/api/v1/brand-assets/${logo}/file`)).status;
    await caller.call('DELETE', `/studios/${studioId}/brand-assets/${logo}`);
    await purge.purge(soon());
    expect(await file()).toBe(200);
    expect((await caller.call('POST', `${kits}/${kit.id}/duplicate`, { name: 'Again' })).status).toBe(200);
    for (const { id } of await kitsOf(caller, kits)) await caller.call('DELETE', `${kits}/${id}`);
    await purge.purge(soon());
    expect(await file()).toBe(404);
    expect((await caller.call('POST', `${kits}/${kit.id}/restore`)).status).toBe(404);
  });
});

describe('an exported brand kit', () => {
  const exported = async (caller: Caller, kits: string, id: string) => {
    const response = await fetch(`${backend.origin}/api/v1${kits}/${id}/export`, {
      headers: { cookie: caller.cookieHeader() },
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const upload = (caller: Caller, studioId: string, bytes: Uint8Array) =>
    caller.call('POST', `/studios/${studioId}/brand-kits/import`, bytes, {
      'content-type': 'application/octet-stream',
    });
  const held = async (caller: Caller, studioId: string) => {
    const { assets, usedBytes } = (await caller.call('GET', `/studios/${studioId}/brand-assets`)).body;
    return { assets, usedBytes, kits: await kitsOf(caller, `/studios/${studioId}/brand-kits`) };
  };

  it('is one file from which somebody else makes the same kit, with images of their own', async () => {
    const { caller, kits, kit, logo, overlay } = await withKit();
    const { response, bytes } = await exported(caller, kits, kit.id);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toContain('Club.zip');
    const other = await backend.account();
    const imported = await upload(other.caller, other.studioId, bytes);
    const library = await held(other.caller, other.studioId);
    expect(library.kits).toEqual([imported.body]);
    const named = (name: string) => library.assets.find((asset: { name: string }) => asset.name === name);
    expect(named('Club logo')).toMatchObject({ type: 'logo', width: 64, height: 32 });
    expect(named('Frame')).toMatchObject({ type: 'overlay' });
    expect(imported.body).toMatchObject({ name: 'Club', version: 1 });
    expect(imported.body.content).toEqual(contentWith(named('Club logo').id, named('Frame').id));
    expect([named('Club logo').id, named('Frame').id]).not.toEqual([logo, overlay]);
    const file = await fetch(backend.origin + named('Frame').path);
    expect(file.status).toBe(200);
  });

  it('that would miss an image is not made', async () => {
    const { caller, kits, kit, overlay } = await withKit();
    await folderObjectStore(join(backend.dataFolder, 'objects')).remove(`brand/${overlay}/image.png`);
    const { response, bytes } = await exported(caller, kits, kit.id);
    expect(response.status).toBe(422);
    expect(JSON.parse(bytes.toString()).error).toMatchObject({
      code: 'kit_image_missing',
      fields: { 'content.overlays.1.asset': expect.any(String) },
    });
  });

  const manifest = (changes: object = {}) => ({
    ...{ format: 'streamus-brand-kit', version: 1, name: 'Club', content: contentWith(STRANGER, null) },
    images: [{ asset: STRANGER, type: 'logo', name: 'Club logo', entry: 'images/1.png' }],
    ...changes,
  });
  const good = () => picture(20, 10).png().toBuffer();
  const zip = (entries: Record<string, Buffer>) => {
    const file = new ZipFile();
    for (const [name, bytes] of Object.entries(entries)) file.addBuffer(bytes, name);
    file.end();
    return buffer(file.outputStream);
  };
  const kitFile = async (value: object, images: Record<string, Buffer>) =>
    zip({ 'brand-kit.json': Buffer.from(JSON.stringify(value)), ...images });
  const uint32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes.toString('latin1');
  };
  /** Other bytes of the same length, in both places where an archive has them. */
  const renamed = (archive: Buffer, from: string, to: string) =>
    Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');

  it.each<[string, () => Promise<Buffer>, string, RegExp]>([
    ['nothing', async () => Buffer.alloc(0), 'kit_file_unreadable', /not a brand kit/],
    [
      'a file that is no archive',
      async () => Buffer.from('hello'.repeat(100)),
      'kit_file_unreadable',
      /not a/,
    ],
    [
      'an archive of something else',
      async () => zip({ 'a.txt': Buffer.from('a') }),
      'kit_file_unreadable',
      /not a/,
    ],
    [
      'half a file',
      async () => (await kitFile(manifest(), { 'images/1.png': await good() })).subarray(0, 200),
      'kit_file_unreadable',
      /damaged/,
    ],
    [
      'no JSON',
      async () => zip({ 'brand-kit.json': Buffer.from('{') }),
      'kit_file_unreadable',
      /not a brand/,
    ],
    [
      'a newer version, whatever else is new in it',
      () => kitFile({ format: 'streamus-brand-kit', version: 2, surprise: true }, {}),
      'kit_file_newer',
      /newer version of StreamUs/,
    ],
    [
      'content that is no kit',
      async () => kitFile(manifest({ content: { brand: {} } }), { 'images/1.png': await good() }),
      'kit_file_unreadable',
      /content\.brand\.colours/,
    ],
    [
      'an image missing in the archive',
      () => kitFile(manifest(), {}),
      'kit_file_incomplete',
      /“Club logo” is missing/,
    ],
    [
      'an image nobody lists',
      async () => kitFile(manifest({ images: [] }), { 'images/1.png': await good() }),
      'kit_file_incomplete',
      /content\.brand\.logo\.asset/,
    ],
    [
      'an image that is none',
      () => kitFile(manifest(), { 'images/1.png': Buffer.from('hello') }),
      'image_unreadable',
      /fault is with “Club logo”/,
    ],
    [
      'an image of 300 megapixels',
      () => kitFile(manifest(), { 'images/1.png': blackPng(20_000, 15_000) }),
      'image_too_large',
      /“Club logo”/,
    ],
    [
      'a bomb of 100 MB of nothing',
      () => kitFile(manifest(), { 'images/1.png': Buffer.alloc(100 * 1024 * 1024) }),
      'kit_file_unreadable',
      /damaged/,
    ],
    [
      'a bomb that says it is small',
      async () => {
        const size = 100 * 1024 * 1024;
        const file = await kitFile(manifest(), { 'images/1.png': Buffer.alloc(size) });
        return renamed(file, uint32(size), uint32(1_000));
      },
      'kit_file_unreadable',
      /damaged/,
    ],
    [
      'a manifest that is a bomb',
      () => zip({ 'brand-kit.json': Buffer.alloc(50 * 1024 * 1024, ' ') }),
      'kit_file_unreadable',
      /damaged/,
    ],
    [
      'names that lead out of the archive',
      async () =>
        renamed(await kitFile(manifest(), { 'aa/aa/aa.png': await good() }), 'aa/aa/aa', '../../aa'),
      'kit_file_unreadable',
      /damaged/,
    ],
    [
      '1,000 entries',
      async () =>
        zip(Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`${at}`, Buffer.from('x')]))),
      'kit_file_unreadable',
      /damaged/,
    ],
  ])('of %s is refused in words, and nothing of it stays', async (_, make, code, words) => {
    const { caller, studioId } = await visitor();
    const before = await held(caller, studioId);
    const answer = await upload(caller, studioId, await make());
    expect(answer.body.error.code).toBe(code);
    expect(JSON.stringify(answer.body.error)).toMatch(words);
    expect(await held(caller, studioId)).toEqual(before);
  });

  it('of which a later image is broken leaves none of the earlier ones', async () => {
    const { caller, studioId } = await backend.account();
    const broken = '00000000-0000-4000-8000-000000000001';
    const value = manifest({
      content: contentWith(STRANGER, broken),
      images: [
        { asset: STRANGER, type: 'logo', name: 'Good', entry: 'images/1.png' },
        { asset: broken, type: 'overlay', name: 'Bad', entry: 'images/2.png' },
      ],
    });
    const png = await good();
    const file = await kitFile(value, {
      'images/1.png': png,
      'images/2.png': png.subarray(0, png.length - 30),
    });
    expect((await upload(caller, studioId, file)).body.error.code).toBe('image_unreadable');
    expect(await held(caller, studioId)).toEqual({ assets: [], usedBytes: 0, kits: [] });
    const whole = await upload(
      caller,
      studioId,
      await kitFile(value, { 'images/1.png': png, 'images/2.png': png }),
    );
    expect(whole.status).toBe(200);
    expect((await held(caller, studioId)).assets).toHaveLength(2);
  });

  /** A new one when the last has used up its ten imports a minute. */
  const visitor = (() => {
    let uses = 0;
    let account: ReturnType<BackendUnderTest['account']> | null = null;
    return () => {
      if (uses % 10 === 0) account = null;
      uses += 1;
      account ??= backend.account();
      return account;
    };
  })();
});
