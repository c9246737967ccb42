import { pipeline } from 'node:stream/promises';
import type { ObjectStore } from '@streamus/platform/objects';
import type { Request, Response } from 'express';
import { AppError } from './app-error.ts';

/** Bytes `start`–`end` (both included) a Range header asks of `size` bytes; null: everything; 'bad': not satisfiable. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null | 'bad' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start > end || start >= size ? 'bad' : { start, end };
}

/** Sends an object, whole or the range asked for. A browser that goes away in the middle is no error. */
export async function sendObject(
  request: Request,
  response: Response,
  objects: ObjectStore,
  key: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const size = await objects.size(key);
  if (size === null) throw new AppError('not_found');
  const range = parseRange(request.headers.range, size);
  response.setHeader('accept-ranges', 'bytes');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (range === 'bad') {
    response.status(416).setHeader('content-range', `bytes */${size}`).end();
    return;
  }
  if (range !== null)
    response.status(206).setHeader('content-range', `bytes ${range.start}-${range.end}/${size}`);
  response.setHeader('content-length', String(range === null ? size : range.end - range.start + 1));
  try {
    await pipeline(objects.read(key, range ?? undefined), response);
  } catch (error) {
    if (!request.destroyed && !response.destroyed) throw error;
  }
}
