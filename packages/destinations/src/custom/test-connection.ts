import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { connect, isIP, type Socket } from 'node:net';
import { rootCertificates, connect as tlsConnect } from 'node:tls';
import type { ErrorCode } from '@streamus/contracts';
import { RTMP_HANDSHAKE_BYTES } from '@streamus/media-formats';
import type { Secret } from '@streamus/platform';
import { RtmpDialogue } from './rtmp-dialogue.ts';
import { resolveTarget, type Target, type TargetResult } from './target.ts';

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
  const [address] = resolved.addresses;
  if (address === undefined) return { ok: false, code: 'target_dns' };
  const ca = options.caFile === null ? undefined : await readFile(options.caFile, 'utf8');
  const code = await converse(resolved.target, address, ca, options.timeoutMs);
  return code === undefined ? { ok: true } : { ok: false, code };
}

/** Connects to the very address that was checked, whatever the name says a moment later. */
function open(target: Target, address: string, ca: string | undefined): Socket {
  if (!target.tls) return connect({ host: address, port: target.port });
  return tlsConnect({
    host: address,
    port: target.port,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  });
}

function converse(
  target: Target,
  address: string,
  ca: string | undefined,
  timeoutMs: number,
): Promise<ErrorCode | undefined> {
  const { promise, resolve } = Promise.withResolvers<ErrorCode | undefined>();
  const socket = open(target, address, ca);
  const dialogue = new RtmpDialogue(target.application, tcUrl(target));
  let stage: 'tcp' | 'tls' | 'handshake' | 'rtmp' = 'tcp';
  const finish = (code: ErrorCode | undefined) => {
    clearTimeout(timer);
    socket.destroy();
    resolve(code);
  };
  const timer = setTimeout(() => finish('target_timeout'), timeoutMs);
  const greet = () => {
    stage = 'handshake';
    socket.write(dialogue.begin(randomBytes(RTMP_HANDSHAKE_BYTES)));
  };
  socket.once('connect', () => {
    if (target.tls) stage = 'tls';
    else greet();
  });
  socket.once('secureConnect', greet);
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const event of dialogue.receive(chunk)) {
        if (event.kind === 'send') socket.write(event.bytes);
        else if (event.kind === 'handshaken') stage = 'rtmp';
        else finish(event.kind === 'ready' ? undefined : 'target_rejected');
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      finish('target_handshake');
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => finish(socketFailure(error.code, stage)));
  socket.on('close', () => finish(closedDuring(stage)));
  return promise;
}

function socketFailure(code: string | undefined, stage: 'tcp' | 'tls' | 'handshake' | 'rtmp'): ErrorCode {
  switch (code) {
    case 'ECONNREFUSED':
      return 'target_refused';
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'target_timeout';
    default:
      return closedDuring(stage);
  }
}

function closedDuring(stage: 'tcp' | 'tls' | 'handshake' | 'rtmp'): ErrorCode {
  switch (stage) {
    case 'tcp':
      return 'target_refused';
    case 'tls':
      return 'target_tls';
    case 'handshake':
      return 'target_handshake';
    case 'rtmp':
      return 'target_closed';
  }
}

function tcUrl({ tls, host, port, application }: Target): string {
  return `${tls ? 'rtmps' : 'rtmp'}://${host.includes(':') ? `[${host}]` : host}:${port}/${application}`;
}
