import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeVideo } from '../judge-media/index.ts';
import { type Clip, makeClip } from './media-file.ts';
import { packetiseVp8 } from './packetise.ts';

const SIZE = { width: 160, height: 90 };
const PICTURE_BYTES = (SIZE.width * SIZE.height * 3) / 2;
const CLIP = { ...SIZE, fps: 10, seconds: 2, kbps: 200, codec: 'vp8', temporalLayers: 2 } as const;

test('of a clip with two layers every other picture can be left out without changing the others', async () => {
  const { pictures } = await makeClip(CLIP);
  const all = await decoded(pictures);
  expect(all).toHaveLength(pictures.length);
  expect(new Set(all).size, 'the picture moves').toBeGreaterThan(pictures.length / 2);
  expect(await decoded(pictures.filter((_, n) => n % 2 === 0))).toEqual(all.filter((_, n) => n % 2 === 0));
});

test('packets of a picture say which one it is, on which layer, and which picture it needs', () => {
  const frame = new Uint8Array(1_500);
  const headers = (picture: number) =>
    packetiseVp8(frame, { picture }).map((packet) => [...packet.slice(0, 6)]);
  expect(headers(0x1234)).toEqual([
    [0x90, 0xe0, 0x92, 0x34, 0x1a, 0x00],
    [0x80, 0xe0, 0x92, 0x34, 0x1a, 0x00],
  ]);
  expect(headers(0x1235)[0], 'on top: none needs it, any who has the base can read it').toEqual([
    0xb0, 0xe0, 0x92, 0x35, 0x1a, 0x60,
  ]);
});

test('layers are for VP8 with an even rate', async () => {
  await expect(makeClip({ ...CLIP, fps: 15 })).rejects.toThrow('even rate');
  await expect(makeClip({ ...CLIP, codec: 'h264' })).rejects.toThrow('only VP8');
});

/** A sum of each picture, in order. */
async function decoded(pictures: Clip['pictures']): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-layers-'));
  const path = join(folder, 'layers.ivf');
  try {
    await writeFile(path, ivfFile(pictures));
    let raw = Buffer.alloc(0);
    await decodeVideo(path, 'yuv420p', (chunk) => {
      raw = Buffer.concat([raw, chunk]);
    });
    return Array.from({ length: raw.length / PICTURE_BYTES }, (_, n) =>
      createHash('sha256')
        .update(raw.subarray(n * PICTURE_BYTES, (n + 1) * PICTURE_BYTES))
        .digest('hex'),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function ivfFile(pictures: Clip['pictures']): Buffer {
  const header = Buffer.alloc(32);
  header.write('DKIF', 0, 'latin1');
  header.writeUInt16LE(32, 6);
  header.write('VP80', 8, 'latin1');
  header.writeUInt16LE(SIZE.width, 12);
  header.writeUInt16LE(SIZE.height, 14);
  header.writeUInt32LE(CLIP.fps, 16);
  header.writeUInt32LE(1, 20);
  header.writeUInt32LE(pictures.length, 24);
  const frames = pictures.map(({ nals }, n) => {
    const frame = Buffer.concat(nals);
    const head = Buffer.alloc(12);
    head.writeUInt32LE(frame.length, 0);
    head.writeUInt32LE(n, 4);
    return Buffer.concat([head, frame]);
  });
  return Buffer.concat([header, ...frames]);
}
