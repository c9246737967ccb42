import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSealer, folderObjectStore, redact, Secret } from './index.ts';

const newKey = () => randomBytes(32).toString('base64');

describe('Secret', () => {
  it('shows itself nowhere', () => {
    const secret = new Secret('live_key_123');
    const shown = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(Object.values(secret)),
    ];
    expect(shown.join()).not.toContain('live_key_123');
  });

  it('is taken out of texts, also where it is URL-encoded', () => {
    const text = 'open rtmp://host/app/a?b=c&d failed: a%3Fb%3Dc%26d';
    expect(redact(text, [new Secret('a?b=c&d'), new Secret('')])).toBe(
      'open rtmp://host/app/[secret] failed: [secret]',
    );
  });
});

describe('sealing', () => {
  it('opens what it sealed, in its own place only', () => {
    const sealer = createSealer(new Secret(newKey()));
    const sealed = sealer.seal(new Secret('key'), 'destinations:1');
    expect(sealed).not.toContain('key');
    expect(sealer.open(sealed, 'destinations:1').reveal()).toBe('key');
    expect(() => sealer.open(sealed, 'destinations:2')).toThrow(/tampered/);
  });

  it('never seals twice alike', () => {
    const sealer = createSealer(new Secret(newKey()));
    expect(sealer.seal(new Secret('key'), 'x')).not.toBe(sealer.seal(new Secret('key'), 'x'));
  });

  it('opens what an older key of the ring sealed, and nothing without its key', () => {
    const [older, newer] = [newKey(), newKey()];
    const sealed = createSealer(new Secret(older)).seal(new Secret('key'), 'x');
    expect(
      createSealer(new Secret(`${newer},${older}`))
        .open(sealed, 'x')
        .reveal(),
    ).toBe('key');
    expect(() => createSealer(new Secret(newer)).open(sealed, 'x')).toThrow(/unknown_key/);
  });

  it('refuses keys of a wrong size', () => {
    expect(() => createSealer(new Secret('c2hvcnQ='))).toThrow(/32 bytes/);
  });
});

describe('folder object store', () => {
  async function store() {
    const folder = await mkdtemp(join(tmpdir(), 'streamus-objects-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return { folder, objects: folderObjectStore(join(folder, 'objects')) };
  }

  it('keeps, reads, measures and removes', async () => {
    const { objects } = await store();
    await objects.put('a/b.bin', Buffer.from('0123456789'));
    expect(await objects.size('a/b.bin')).toBe(10);
    expect((await buffer(objects.read('a/b.bin', { start: 2, end: 4 }))).toString()).toBe('234');
    await objects.remove('a/b.bin');
    expect(await objects.size('a/b.bin')).toBeNull();
  });

  it('takes a file over and leaves no partial one', async () => {
    const { folder, objects } = await store();
    await writeFile(join(folder, 'take.mp4'), 'movie');
    await objects.putFile('recordings/1.mp4', join(folder, 'take.mp4'));
    expect(await readdir(folder)).toEqual(['objects']);
    expect(await readdir(join(folder, 'objects', 'recordings'))).toEqual(['1.mp4']);
  });

  it('never leaves its folder', async () => {
    const { objects } = await store();
    await expect(objects.put('../outside', Buffer.from('x'))).rejects.toThrow(/leaves the store/);
  });
});
