import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@streamus/platform';
import { makeCertificate } from '@streamus/testkit/certificate';
import { startRtmpSink } from '@streamus/testkit/rtmp-sink';
import { afterEach, expect, test } from 'vitest';
import { testConnection } from './test-connection.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const attempt = (url: string, options: { caFile?: string; timeoutMs?: number } = {}) =>
  testConnection(url, new Secret('key'), {
    allowPrivate: true,
    caFile: options.caFile ?? null,
    timeoutMs: options.timeoutMs ?? 5_000,
  });

async function rawServer(answer: string | null): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    if (answer !== null) socket.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a server that takes streams is found good, and nothing is published', async () => {
  const sink = await startRtmpSink();
  closers.push(() => sink.close());
  expect(await attempt(sink.url)).toEqual({ ok: true });
  expect(sink.publications).toEqual([]);
});

test('TLS: a certificate for the address is accepted, an unknown one is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamus-test-'));
  closers.push(() => rm(folder, { recursive: true }));
  const certificate = await makeCertificate();
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificate.cert);
  const sink = await startRtmpSink({ tls: certificate });
  closers.push(() => sink.close());
  expect(await attempt(sink.url, { caFile })).toEqual({ ok: true });
  expect(await attempt(sink.url)).toEqual({ ok: false, code: 'target_tls' });
});

test('a closed port is refused', async () => {
  const sink = await startRtmpSink();
  await sink.close();
  expect(await attempt(sink.url)).toEqual({ ok: false, code: 'target_refused' });
});

test('an unknown name is a DNS failure', async () => {
  expect(await attempt('rtmp://no-such-host.invalid/live')).toEqual({ ok: false, code: 'target_dns' });
});

test('a web server does not speak RTMP', async () => {
  const port = await rawServer('HTTP/1.1 400 Bad Request\r\n\r\n');
  expect(await attempt(`rtmp://127.0.0.1:${port}/live`)).toEqual({ ok: false, code: 'target_handshake' });
});

test('a silent server times out', async () => {
  const port = await rawServer(null);
  expect(await attempt(`rtmp://127.0.0.1:${port}/live`, { timeoutMs: 200 })).toEqual({
    ok: false,
    code: 'target_timeout',
  });
});
