import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultProxy, startFaultProxy } from './index.ts';

let server: Server;
let proxy: FaultProxy;
const clients: Socket[] = [];
const behind: Socket[] = [];
let received = 0;

beforeEach(async () => {
  received = 0;
  server = createServer((socket) => {
    behind.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += chunk.length;
      socket.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  proxy = await startFaultProxy({
    target: typeof address === 'object' && address !== null ? address.port : 0,
  });
});

afterEach(async () => {
  await proxy.close();
  for (const socket of [...clients.splice(0), ...behind.splice(0)]) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  clients.push(socket);
  await once(socket, 'connect');
  return socket;
}

/** What the socket says next. */
function next(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.once('close', () => resolve('closed'));
  });
}

/** Sends, and gives what is said within a while: nothing, where nothing must come. */
function unanswered(socket: Socket, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  void echo(socket, text).then(resolve);
  setTimeout(() => resolve('nothing'), 100);
  return promise;
}

async function echo(socket: Socket, text: string): Promise<string> {
  const answer = next(socket);
  socket.write(text);
  return answer;
}

test('without a fault bytes pass both ways and are counted', async () => {
  expect(await echo(await client(), 'hello')).toBe('hello');
  expect([proxy.connections, proxy.open, proxy.forwarded]).toEqual([1, 1, { up: 5, down: 5 }]);
});

test('refuse ends what is open and lets nobody in until it ends', async () => {
  const socket = await client();
  const end = next(socket);
  await proxy.set({ kind: 'refuse' });
  expect(await end).toBe('closed');
  await expect(client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await proxy.set({ kind: 'none' });
  expect(await echo(await client(), 'again')).toBe('again');
});

test('reset resets what is open and what comes', async () => {
  const socket = await client();
  await echo(socket, 'x');
  const end = next(socket);
  await proxy.set({ kind: 'reset' });
  expect(await end).toBe('ECONNRESET');
  const refused = connect(proxy.port, '127.0.0.1');
  clients.push(refused);
  expect(await next(refused)).toMatch(/ECONNRESET|closed/);
});

test('a black hole holds bytes back and hands them on when it ends; one that was there from the start ends', async () => {
  const socket = await client();
  await echo(socket, 'x');
  await proxy.set({ kind: 'black-hole' });
  expect(await unanswered(socket, 'lost?')).toBe('nothing');
  const late = await client();
  expect(await unanswered(late, 'y')).toBe('nothing');
  const [held, end] = [next(socket), next(late)];
  await proxy.set({ kind: 'none' });
  expect(await held).toBe('lost?');
  expect(await end).toMatch(/ECONNRESET|closed/);
});

test('half-open: the server is gone and the client is not told until the fault ends', async () => {
  const socket = await client();
  await echo(socket, 'x');
  await proxy.set({ kind: 'half-open' });
  expect(await unanswered(socket, 'y')).toBe('nothing');
  expect(behind[0]?.destroyed).toBe(true);
  const end = next(socket);
  await proxy.set({ kind: 'none' });
  expect(await end).toMatch(/ECONNRESET|closed/);
});

test('slow hands on as much as it may and no more', async () => {
  await proxy.set({ kind: 'slow', bytesPerSecond: 400_000 });
  const socket = await client();
  socket.resume();
  socket.write(new Uint8Array(2_000_000));
  const began = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (received < 200_000) return;
      clearInterval(timer);
      resolve();
    }, 10);
  });
  const rate = received / ((performance.now() - began) / 1000);
  expect(rate).toBeGreaterThan(150_000);
  // A chunk of 64 KiB may come on top.
  expect(rate).toBeLessThan(560_000);
});

test('TLS ends in the middle of the handshake; another protocol answers', async () => {
  await proxy.set({ kind: 'tls-abort' });
  const secure = tlsConnect({ port: proxy.port, host: '127.0.0.1' });
  clients.push(secure);
  expect(await next(secure)).toMatch(/ECONNRESET|ERR_SSL|closed/);
  await proxy.set({ kind: 'garbage' });
  expect(await echo(await client(), 'C0')).toContain('HTTP/1.1 400');
});
