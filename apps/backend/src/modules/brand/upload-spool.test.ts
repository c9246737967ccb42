import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IMAGE_MAX_BYTES, KIT_FILE_MAX_BYTES, userIdSchema } from '@streamus/contracts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { UploadSpool } from './upload-spool.ts';

let folder: string;
let spool: UploadSpool;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamus-spool-'));
  spool = new UploadSpool(
    readConfig({
      DATABASE_URL: 'postgres://nowhere',
      DATA_DIR: folder,
      JWT_SECRET: randomBytes(32).toString('base64'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      LIVEKIT_API_KEY: 'test',
      LIVEKIT_API_SECRET: 'test',
    }),
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const someone = () => userIdSchema.parse(randomUUID());
async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}
/** Holds an upload until it is let go. */
function holdOpen(owner: ReturnType<typeof someone>, maxBytes: number) {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const done = spool.hold(owner, chunks('x'), maxBytes, async () => {
    begin();
    await held;
  });
  return { begun, letGo, done };
}

it('an upload lies in a folder of its own while there is work on it, and not longer, whether it succeeds or fails', async () => {
  await spool.onApplicationBootstrap();
  let path = '';
  const size = await spool.hold(someone(), chunks('hello ', 'world'), 100, async (at) => {
    path = at;
    await writeFile(`${at}.more`, 'beside it');
    return (await readFile(at, 'utf8')).length;
  });
  expect(size).toBe(11);
  const failing = spool.hold(someone(), chunks('x'), 100, () => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  expect(await readdir(dirname(dirname(path)))).toEqual([]);
});

it('one user cannot take all of the disk, nor can all together', async () => {
  await spool.onApplicationBootstrap();
  const one = someone();
  const first = holdOpen(one, KIT_FILE_MAX_BYTES);
  await first.begun;
  const work = async () => 'done';
  await expect(spool.hold(one, chunks('x'), KIT_FILE_MAX_BYTES, work)).rejects.toMatchObject({
    code: 'images_busy',
  });
  expect(await spool.hold(one, chunks('x'), IMAGE_MAX_BYTES, work)).toBe('done');
  const others = Array.from({ length: 9 }, () => holdOpen(someone(), KIT_FILE_MAX_BYTES));
  await Promise.all(others.map(({ begun }) => begun));
  await expect(spool.hold(someone(), chunks('x'), IMAGE_MAX_BYTES, work)).rejects.toMatchObject({
    code: 'images_busy',
  });
  first.letGo();
  await first.done;
  expect(await spool.hold(one, chunks('x'), KIT_FILE_MAX_BYTES, work)).toBe('done');
  for (const { letGo } of others) letGo();
  await Promise.all(others.map(({ done }) => done));
});

it('what a killed process left a day ago goes at the next start, what others hold now stays', async () => {
  const [old, current] = ['old', 'current'].map((name) => join(folder, 'uploads', name));
  if (old === undefined || current === undefined) throw new Error('two were made');
  for (const left of [old, current]) await mkdir(left, { recursive: true });
  await utimes(old, new Date(), new Date(Date.now() - 90_000_000));
  await spool.onApplicationBootstrap();
  const left = await readdir(join(folder, 'uploads'));
  expect(left).toContain('current');
  expect(left).not.toContain('old');
  await spool.onApplicationShutdown();
  expect(await readdir(join(folder, 'uploads'))).toEqual(['current']);
});
