import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import type { Answer, BackendUnderTest, Caller } from './backend-under-test.ts';

/** A picture of one colour. */
export function picture(width: number, height: number, background = '#ff0000'): Sharp {
  return sharp({ create: { width, height, channels: 4, background } });
}

export function uploadImage(
  caller: Caller,
  studioId: string,
  bytes: Uint8Array,
  query: Record<string, string> = {},
): Promise<Answer> {
  const search = new URLSearchParams({ type: 'logo', name: 'Club.png', ...query });
  return caller.call('POST', `/studios/${studioId}/brand-assets?${search}`, bytes, {
    'content-type': 'application/octet-stream',
  });
}

/** Uploads a small picture; resolves to its id. */
export async function anImage(
  caller: Caller,
  studioId: string,
  query: Record<string, string> = {},
): Promise<string> {
  const { body } = await uploadImage(caller, studioId, await picture(64, 32).png().toBuffer(), query);
  return body.id;
}

/** Somebody who came by a link of this role. */
export async function comeAs(backend: BackendUnderTest, host: Caller, studioId: string, role: string) {
  const created = await host.call('POST', `/studios/${studioId}/guest-links`, { role });
  const link: string = created.body.path.split('#')[1];
  const caller = backend.caller();
  const entered = await caller.call('POST', '/guest-links/enter', { link, name: 'Gina' });
  caller.bearer = entered.body.guestToken;
  return caller;
}

/** A black PNG of one bit per pixel: a few kilobytes, however many pixels; `cut` leaves the picture itself out. */
export function blackPng(width: number, height: number, cut = false): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = cut ? Buffer.alloc(0) : deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A small JPEG that says it is this large. */
export async function boastfulJpeg(width: number, height: number): Promise<Buffer> {
  const bytes = await picture(16, 16).flatten().jpeg().toBuffer();
  // The frame header: marker, length, precision, then height and width (ITU-T T.81, B.2.2).
  const at = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(height, at + 5);
  bytes.writeUInt16BE(width, at + 7);
  return bytes;
}

/** A small AVIF that says it is this large. */
export async function boastfulAvif(width: number, height: number): Promise<Buffer> {
  const bytes = await picture(16, 16).flatten().avif().toBuffer();
  // The property of the image's extent: version and flags, then width and height (ISO/IEC 23008-12, 6.5.3).
  const at = bytes.indexOf('ispe');
  bytes.writeUInt32BE(width, at + 8);
  bytes.writeUInt32BE(height, at + 12);
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
