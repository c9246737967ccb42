import { readFile } from 'node:fs/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { ErrorCode } from '@streamus/contracts';
import type { Secret } from '@streamus/platform';
import { openRtmp } from './rtmp-connection.ts';
import { resolveTarget, type TargetResult } from './target.ts';

export interface TestOptions {
  readonly allowPrivate: boolean;
  /** PEM file with certificates to trust besides the usual ones. */
  readonly caFile: string | null;
  readonly timeoutMs: number;
}

/**
 * Goes as far as a server lets a publisher go without publishing: name, TCP, TLS, RTMP handshake, connect, createStream.
 * The key is not sent, since servers judge it at publish time only.
 */
export async function testConnection(url: string, _key: Secret, options: TestOptions): Promise<TargetResult> {
  const resolved = await resolveTarget(url, options.allowPrivate);
  if (!resolved.ok) return resolved;
  const secureContext = await trusting(options.caFile);
  const { promise, resolve } = Promise.withResolvers<ErrorCode | undefined>();
  const { target, addresses } = resolved;
  const { socket } = openRtmp(
    { target, addresses, secureContext, key: null },
    {
      created: () => resolve(undefined),
      publishing: () => undefined,
      acknowledged: () => undefined,
      ponged: () => undefined,
      ended: (code) => resolve(code),
    },
  );
  const timer = setTimeout(() => resolve('target_timeout'), options.timeoutMs);
  const code = await promise;
  clearTimeout(timer);
  socket.destroy();
  return code === undefined ? { ok: true } : { ok: false, code };
}

async function trusting(caFile: string | null): Promise<SecureContext | undefined> {
  if (caFile === null) return undefined;
  return createSecureContext({ ca: [...rootCertificates, await readFile(caFile, 'utf8')] });
}
