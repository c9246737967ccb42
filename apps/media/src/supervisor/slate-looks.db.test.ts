import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StreamId, streamIdSchema } from '@streamus/contracts';
import { type OpenDatabase, openDatabase } from '@streamus/db';
import { createLogger } from '@streamus/platform';
import { folderObjectStore, type ObjectStore } from '@streamus/platform/objects';
import { assetIdSchema, type Background, type Brand, type Logo, newStudioDocument } from '@streamus/studio';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { PLAIN_LOOK } from '../egress/slate.ts';
import { storeStream } from '../testing/stored-stream.ts';
import { SlateLooks } from './slate-looks.ts';

let database: OpenDatabase;
let folder: string;
let store: ObjectStore;
let looks: SlateLooks;
beforeAll(() => {
  database = openDatabase(inject('databaseUrl'), 2, () => undefined);
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-looks-'));
  store = folderObjectStore(join(folder, 'objects'));
  looks = new SlateLooks(database.db, store, folder, createLogger('test', 'silent'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A stream of a studio that shows these pictures. */
async function streamOf(brand: {
  readonly background: string | null;
  readonly logo: string | null;
}): Promise<StreamId> {
  const { db } = database;
  const colour: Background = { kind: 'colour', colour: '#204060' };
  const fresh = newStudioDocument();
  const background: Background =
    brand.background === null ? colour : { kind: 'image', asset: assetIdSchema.parse(brand.background) };
  const logo: Logo | null =
    brand.logo === null
      ? null
      : { asset: assetIdSchema.parse(brand.logo), corner: 'top-left', size: 'medium' };
  const shown: Brand = { ...fresh.brand, background, logo };
  const document = { ...fresh, brand: shown, onAir: { ...fresh.onAir, brand: shown, background } };
  const { id, user } = await storeStream(db, document, 'live');
  for (const [type, asset] of Object.entries(brand)) {
    if (asset === null) continue;
    await db
      .insertInto('brand_assets')
      .values({
        ...{
          id: assetIdSchema.parse(asset),
          user_id: user,
          type: type === 'logo' ? 'logo' : 'background',
        },
        ...{ file_url: `brand/${asset}.png`, file_name: 'a.png', settings: JSON.stringify({}) },
      })
      .execute();
  }
  return id;
}

test('a studio’s pictures are brought here, and go when the stream does', async () => {
  const [background, logo] = [randomUUID(), randomUUID()];
  for (const asset of [background, logo]) await store.put(`brand/${asset}.png`, Buffer.from(asset));
  const id = await streamOf({ background, logo });
  const look = await looks.of(id);
  expect(look.backgroundColour).toBe(PLAIN_LOOK.backgroundColour);
  expect(await readFile(look.backgroundFile ?? '', 'utf8')).toBe(background);
  expect(await readFile(look.logoFile ?? '', 'utf8')).toBe(logo);
  await looks.forget(id);
  expect(await readdir(folder)).toEqual(['objects']);
});

test('what is missing is left out', async () => {
  const id = await streamOf({ background: null, logo: randomUUID() });
  expect(await looks.of(id)).toEqual({
    backgroundColour: '#204060',
    backgroundFile: null,
    logoFile: null,
  });
  expect(await looks.of(streamIdSchema.parse(randomUUID()))).toEqual(PLAIN_LOOK);
});
