import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type GuestLinkId, guestLinkIdSchema } from '@streamus/contracts';
import type { Secret } from '@streamus/platform';

const ID_BYTES = 16;
const TIME_BYTES = 6;
/** 128 bits: no forged link in the lifetime of the universe. */
const SIGNATURE_BYTES = 16;

/**
 * Signs an invitation link: link id and expiry in milliseconds, then their HMAC, in base64url. The same input gives
 * the same link, so the host can copy it again while the database holds only its hash.
 */
export function signLink(secret: Secret, id: GuestLinkId, expiresAt: Date): string {
  const body = Buffer.alloc(ID_BYTES + TIME_BYTES);
  body.write(id.replaceAll('-', ''), 'hex');
  body.writeUIntBE(expiresAt.getTime(), ID_BYTES, TIME_BYTES);
  return Buffer.concat([body, signature(secret, body)]).toString('base64url');
}

/** Link id and expiry of a genuine link, null for any other text. */
export function readLink(secret: Secret, text: string): { id: GuestLinkId; expiresAt: Date } | null {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== ID_BYTES + TIME_BYTES + SIGNATURE_BYTES) return null;
  const body = bytes.subarray(0, ID_BYTES + TIME_BYTES);
  if (!timingSafeEqual(bytes.subarray(body.length), signature(secret, body))) return null;
  const hex = body.toString('hex', 0, ID_BYTES);
  const id = guestLinkIdSchema.safeParse(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'));
  return id.success ? { id: id.data, expiresAt: new Date(body.readUIntBE(ID_BYTES, TIME_BYTES)) } : null;
}

export const hashLink = (text: string): Buffer => createHash('sha256').update(text).digest();

function signature(secret: Secret, body: Buffer): Buffer {
  return createHmac('sha256', secret.reveal())
    .update('guest-link')
    .update(body)
    .digest()
    .subarray(0, SIGNATURE_BYTES);
}
