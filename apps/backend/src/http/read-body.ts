import type { IncomingMessage } from 'node:http';
import { AppError } from './app-error.ts';

/** Bytes a request says it brings; 0 when it does not say. */
export function declaredLength(request: IncomingMessage): number {
  return Number(request.headers['content-length'] ?? 0);
}

/**
 * Reads a request body of at most `maxBytes`; returns null when it is larger. A declared length is
 * refused before a byte is read, an undeclared one at the first byte too many.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (declaredLength(request) > maxBytes) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** A request body as it comes; throws at the first byte over `maxBytes`, and when the sender goes away. */
export async function* bodyChunks(request: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  // The answer still has to go out on the same socket when reading ends early.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxBytes) throw new AppError('body_too_large');
    yield bytes;
  }
}
