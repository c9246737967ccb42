import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Secret } from './secret.ts';

/** What was sealed cannot be opened: unknown key id, cut off or changed. */
export class SealBrokenError extends Error {
  readonly reason: 'format' | 'unknown_key' | 'tampered';

  constructor(reason: SealBrokenError['reason']) {
    super(`A stored secret cannot be opened (${reason}). Was ENCRYPTION_KEY changed?`);
    this.reason = reason;
  }
}

export interface Sealer {
  /** AES-256-GCM; `context` binds the text to its place, so that it cannot be moved to another row. */
  seal(secret: Secret, context: string): string;
  open(sealed: string, context: string): Secret;
}

const NONCE_BYTES = 12;

/**
 * Seals with the first key and opens with any: put a new key in front to rotate.
 * Keys are 32 bytes in base64, several separated by commas.
 */
export function createSealer(keys: Secret): Sealer {
  const ring = keys
    .reveal()
    .split(',')
    .map((text) => Buffer.from(text.trim(), 'base64'))
    .map((key) => {
      if (key.length !== 32) throw new Error('ENCRYPTION_KEY must hold keys of 32 bytes in base64.');
      return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
    });
  const first = ring[0];
  if (first === undefined) throw new Error('ENCRYPTION_KEY is empty.');

  return {
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.from(context));
      const text = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return [
        'v1',
        first.id,
        nonce.toString('base64'),
        cipher.getAuthTag().toString('base64'),
        text.toString('base64'),
      ].join('.');
    },
    open(sealed, context) {
      const [version, id, nonce, tag, text] = sealed.split('.');
      if (version !== 'v1' || nonce === undefined || tag === undefined || text === undefined) {
        throw new SealBrokenError('format');
      }
      const entry = ring.find((candidate) => candidate.id === id);
      if (entry === undefined) throw new SealBrokenError('unknown_key');
      try {
        const decipher = createDecipheriv('aes-256-gcm', entry.key, Buffer.from(nonce, 'base64'))
          .setAAD(Buffer.from(context))
          .setAuthTag(Buffer.from(tag, 'base64'));
        return new Secret(
          Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8'),
        );
      } catch {
        throw new SealBrokenError('tampered');
      }
    },
  };
}

/** Context of a stream key: the row it belongs to. */
export const streamKeyContext = (table: 'destinations' | 'stream_destinations', id: string): string =>
  `${table}:${id}`;
