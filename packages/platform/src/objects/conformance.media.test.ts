import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type S3Server, startS3Server } from '@streamus/testkit/s3-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../secret.ts';
import { folderObjectStore, type ObjectStore, ObjectStoreError, removeAll, s3ObjectStore } from './index.ts';

let folder: string;
let server: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-objects-'));
  server = await startS3Server();
});
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const bucket = (other: { endpoint?: string; secret?: string; bucket?: string } = {}): ObjectStore =>
  s3ObjectStore({
    endpoint: other.endpoint ?? server.endpoint,
    region: server.region,
    bucket: other.bucket ?? server.bucket,
    accessKeyId: server.accessKeyId,
    secretAccessKey: new Secret(other.secret ?? server.secretAccessKey),
    pathStyle: true,
  });

async function keys(store: ObjectStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found;
}

describe.each([
  ['a folder', () => folderObjectStore(join(folder, 'objects'))],
  ['a bucket', () => bucket()],
])('%s', (_name, open) => {
  test('passes its own check and leaves nothing of it', async () => {
    await open().check();
    expect(await keys(open(), '')).toEqual([]);
  });

  test('keeps, reads, measures, replaces and removes', async () => {
    const store = open();
    await store.put('a/b.bin', Buffer.from('0123456789'));
    expect(await store.size('a/b.bin')).toBe(10);
    expect(String(await buffer(store.read('a/b.bin')))).toBe('0123456789');
    expect(String(await buffer(store.read('a/b.bin', { start: 2, end: 4 })))).toBe('234');
    await store.put('a/b.bin', Buffer.from('new'));
    expect(String(await buffer(store.read('a/b.bin')))).toBe('new');
    await store.remove('a/b.bin');
    await store.remove('a/b.bin');
    expect(await store.size('a/b.bin')).toBeNull();
    await expect(buffer(store.read('a/b.bin'))).rejects.toThrow();
  });

  test('takes files over, small and of several parts', async () => {
    const store = open();
    for (const bytes of [randomBytes(5), randomBytes(17 * 1024 * 1024)]) {
      const path = join(folder, 'take.mp4');
      await writeFile(path, bytes);
      await store.putFile('files/take.mp4', path);
      expect(await readdir(folder)).not.toContain('take.mp4');
      expect(await store.size('files/take.mp4')).toBe(bytes.length);
      expect((await buffer(store.read('files/take.mp4'))).equals(bytes)).toBe(true);
    }
    expect(await keys(store, 'files/')).toEqual(['files/take.mp4']);
    await store.remove('files/take.mp4');
  });

  test('lists by prefix in the order of keys, however many, and removes them all', async () => {
    const store = open();
    const wanted = ['t/1-x/b', 't/1/a', 't/1/b/c', 't/10/a', 't/2/a'];
    for (const key of [...wanted, 'u/1']) await store.put(key, Buffer.from(key));
    expect(await keys(store, 't/')).toEqual(wanted);
    expect(await keys(store, 't/1/')).toEqual(['t/1/a', 't/1/b/c']);
    expect(await keys(store, 't/1')).toEqual(['t/1-x/b', 't/1/a', 't/1/b/c', 't/10/a']);
    expect(await keys(store, 'nothing/')).toEqual([]);
    await removeAll(store, 't/');
    expect(await keys(store, '')).toEqual(['u/1']);
    await store.remove('u/1');
  });

  test('lets a reader go in the middle', async () => {
    const store = open();
    await store.put('big', randomBytes(4 * 1024 * 1024));
    const stream = store.read('big');
    for await (const _chunk of stream) break;
    expect(stream.destroyed).toBe(true);
    await store.remove('big');
  });
});

test('more objects than one answer holds are all listed', async () => {
  const store = bucket();
  const names = Array.from({ length: 1_010 }, (_, n) => `many/${String(n).padStart(4, '0')}`);
  for (let at = 0; at < names.length; at += 100) {
    await Promise.all(names.slice(at, at + 100).map((key) => store.put(key, new Uint8Array())));
  }
  expect(await keys(store, 'many/')).toEqual(names);
});

test('a wrong key and a bucket that is not there are told apart from a server that is away', async () => {
  const trouble = (store: ObjectStore) =>
    store.check().then(
      () => 'none',
      (error: unknown) => (error instanceof ObjectStoreError ? [error.unreachable, error.message] : error),
    );
  expect(await trouble(bucket({ secret: 'wrong' }))).toEqual([false, expect.stringMatching(/Signature/)]);
  expect(await trouble(bucket({ bucket: 'nowhere' }))).toEqual([
    false,
    expect.stringMatching(/NoSuchBucket/),
  ]);
  expect(await trouble(bucket({ endpoint: 'http://127.0.0.1:9' }))).toEqual([
    true,
    expect.stringMatching(/ECONNREFUSED/),
  ]);
});

test('bytes that change on the way are refused and never become an object', async () => {
  const between = await flipping(server.endpoint);
  try {
    const store = bucket({ endpoint: between.url });
    const bytes = Buffer.alloc(100_000, 7);
    await expect(store.put('flipped', bytes)).rejects.toThrow(/Digest|SHA256|[Cc]hecksum/);
    expect(await store.size('flipped')).toBeNull();
    await store.put('flipped', bytes);
    expect((await readFile(join(server.folder, 'flipped'))).equals(bytes)).toBe(true);
  } finally {
    between.server.closeAllConnections();
    between.server.close();
  }
});

/** An HTTP server that hands everything on, signed host name included, and changes one byte of the first body it sees. */
async function flipping(target: string): Promise<{ url: string; server: Server }> {
  let flipped = false;
  const between = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    if (body.length > 0 && !flipped) {
      flipped = true;
      body.writeUInt8(body.readUInt8(body.length >> 1) ^ 1, body.length >> 1);
    }
    const { method, headers } = incoming;
    const onward = request(target + (incoming.url ?? '/'), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const address = between.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return { url: `http://127.0.0.1:${address.port}`, server: between };
}
